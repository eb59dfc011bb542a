//! Listing: options, `where`, warnings, and how many requests it takes.

use super::Desk;
use crate::sim::realvnc::{Operation, PageSizes};

#[test]
fn an_unknown_option_says_which_is_near() {
    let desk = Desk::new();
    for (code, message, hint) in [
        (
            "list_computers(#{ grups: true })",
            "`list_computers` has no option `grups`",
            "did you mean `groups`?",
        ),
        (
            "list_audit_events(#{ form: now() })",
            "`list_audit_events` has no option `form`",
            "did you mean `from`?",
        ),
        (
            "group_remove(\"Servers\", \"DC-01\", #{ defaultAccess: \"EVERYONE\" })",
            "`group_remove` has no option `defaultAccess`",
            "did you mean `default_access`?",
        ),
        (
            "realvnc::list_members(#{ stat: \"INVITED\" })",
            "`list_members` has no option `stat`",
            "did you mean `state`?",
        ),
    ] {
        let error = desk.fails(code);
        assert_eq!(
            (error.message.as_str(), error.hint.as_str()),
            (message, hint),
            "{code}"
        );
        assert_eq!(error.kind, "invalid");
    }
}

#[test]
fn an_option_of_the_wrong_type_is_an_error() {
    let desk = Desk::new();
    for (code, wanted) in [
        (
            "list_computers(#{ groups: 1 })",
            "`groups` of `list_computers` must be true or false",
        ),
        ("list_computers(#{ presence: \"yes\" })", "must be true or false"),
        ("list_computers(#{ groups: () })", "must be true or false"),
        (
            "list_computers(#{ where: true })",
            "`where` of `list_computers` must be a string",
        ),
        (
            "list_audit_events(#{ from: 5 })",
            "must be a moment or an ISO 8601 date",
        ),
        (
            "list_audit_events(#{ connections_only: 1 })",
            "must be true or false",
        ),
        (
            "realvnc::list_members(#{ state: \"Invited\" })",
            "must be one of JOINED, INVITED",
        ),
        (
            "group_remove(\"Servers\", \"DC-01\", #{ default_access: \"ALL\" })",
            "must be \"NO_ONE\" or \"EVERYONE\"",
        ),
    ] {
        let error = desk.fails(code);
        assert!(error.message.contains(wanted), "{code}: {error:?}");
        assert_eq!(error.kind, "invalid");
    }
    assert_eq!(desk.writes(), 0);
}

#[test]
fn what_the_vendor_cannot_do_is_unsupported() {
    let error = Desk::new().fails("list_computers(#{ user: \"a@b.example\" })");
    assert_eq!(error.kind, "unsupported");
    assert!(error.message.contains("RealVNC"), "{error:?}");
}

#[test]
fn where_looks_at_each_record() {
    let desk = Desk::new();
    for (options, condition) in [
        ("presence: true", "online == true"),
        ("presence: true", "online == ()"),
        ("groups: true", "\"Servers\" in groups"),
        ("groups: true", "groups.len == 0"),
        ("groups: false", "name == \"DC-01\""),
        ("groups: false", "name.starts_with(\"ACC\") && os != ()"),
        ("groups: false", "last_seen != () && last_seen < ago(\"90d\")"),
        ("groups: false", "last_seen == ()"),
        ("groups: false", "raw.name == \"DC-01\""),
    ] {
        let quoted = condition.replace('"', "\\\"");
        let dotted = ["online", "groups", "name", "os", "last_seen", "raw", "id"]
            .into_iter()
            .fold(format!(" {condition} "), |text, field| {
                text.replace(&format!(" {field} "), &format!(" c.{field} "))
                    .replace(&format!(" {field}."), &format!(" c.{field}."))
            });
        desk.holds(&format!(
            "let all = list_computers(#{{ {options} }});
             let some = all.filter(|c| {dotted});
             let chosen = list_computers(#{{ {options}, where: \"{quoted}\" }});
             some.len > 0 && some.len < all.len && some.map(|c| c.id) == chosen.map(|c| c.id)"
        ));
    }
}

#[test]
fn where_refuses_what_is_not_true_or_false_and_what_it_does_not_know() {
    let desk = Desk::new();
    for (condition, message, hint) in [
        ("name", "it is a value of type string for '", ""),
        ("1", "it is a value of type i64", ""),
        ("nmae == 5", "Undefined variable: nmae", "did you mean `name`?"),
        (
            "groups.len > 0",
            "groups of '",
            "load it with list_computers(#{ groups: true })",
        ),
        (
            "online == true",
            "not loaded",
            "load it with list_computers(#{ presence: true })",
        ),
        (
            "name == \\\"pump-house\\\" && last_seen < now()",
            "cannot compare a moment with nothing: the vendor did not say (at 'pump-house')",
            "ask first whether it is known: `c.last_seen != () && …`, or `last_seen != () && …` in --where",
        ),
        ("name = \\\"x\\\"", "cannot be used", ""),
        ("name ==", "cannot be used", ""),
        ("let x = 1; true", "cannot be used", ""),
        ("", "cannot be used", ""),
    ] {
        let error = desk.fails(&format!("list_computers(#{{ where: \"{condition}\" }})"));
        assert_eq!(error.kind, "invalid", "{condition}: {error:?}");
        assert!(error.message.contains(message), "{condition}: {error:?}");
        assert!(
            error.hint.contains(hint) && hint.is_empty() == error.hint.is_empty(),
            "{condition}: {error:?}"
        );
    }
}

#[test]
fn where_is_checked_in_an_empty_team_too() {
    let desk = Desk::with(|setup| setup.team.size = 0);
    desk.holds("list_computers(#{ where: \"name == \\\"x\\\"\" }).len == 0");
    let error = desk.fails("list_computers(#{ where: \"nmae == \\\"x\\\"\" })");
    assert_eq!(error.hint, "did you mean `name`?");
}

#[test]
fn presence_that_is_refused_is_a_warning_and_leaves_the_rest() {
    let desk = Desk::with(|setup| setup.team.deny = vec!["LIST_PRESENCE".to_owned()]);
    desk.holds("list_computers(#{ presence: true }).all(|c| c.online == ())");
    assert_eq!(desk.warnings().len(), 1);
    assert!(
        desk.warnings()[0].contains("LIST_PRESENCE"),
        "{:?}",
        desk.warnings()
    );
    let error = desk.fails("list_presence()");
    assert_eq!(error.kind, "permission");
}

#[test]
fn groups_and_presence_take_one_list_each_and_not_one_request_for_each_computer() {
    let desk = Desk::with(|setup| setup.team.pages = PageSizes::all(50));
    desk.holds("list_computers(#{ groups: true, presence: true }).len == 200");
    let with_presence = desk
        .team()
        .entries()
        .iter()
        .filter(|e| e.presence.is_some())
        .count() as u64;
    assert_eq!(desk.received(Operation::ListEntries), 4);
    assert_eq!(desk.received(Operation::ListEntryGroups), 1);
    assert_eq!(
        desk.received(Operation::ListEntryPresence),
        with_presence.div_ceil(50)
    );
    let all: u64 = Operation::ALL.into_iter().map(|o| desk.received(o)).sum();
    assert_eq!(all, 1 + 4 + 1 + with_presence.div_ceil(50), "and one session");
}

#[test]
fn audit_events_come_oldest_first_and_within_the_days_asked_for() {
    let desk = Desk::new();
    desk.holds(
        "let all = list_audit_events(#{}); let week = list_audit_events(#{ from: ago(\"7d\") });
         week.len > 0 && week.len < all.len && week[0].at >= ago(\"7d\") && all[0].at <= all[-1].at",
    );
    desk.holds("list_audit_events(#{ connections_only: true }).all(|e| e.category == \"SESSION_LOG\")");
    desk.holds(
        "let day = list_audit_events(#{ from: \"2026-11-10\", to: \"2026-11-10\" });
         day.len > 0 && day.all(|e| e.at >= time(\"2026-11-10T00:00:00Z\") && e.at < time(\"2026-11-11T00:00:00Z\"))",
    );
    let error = desk.fails("list_audit_events(#{ from: now(), to: ago(\"1d\") })");
    assert!(
        error.message.contains("is not before the end of `to`"),
        "{error:?}"
    );
}
