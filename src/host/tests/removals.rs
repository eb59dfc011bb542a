//! Removals of computers: by which reason, named by whom, and what the guards say to scripts.

use super::{Desk, RemotePcDesk};
use crate::fleet::{Protected, Protection};
use crate::plan::{Kept, KeptComputer, Presence, Reason};
use crate::sim::realvnc::Operation;
use crate::sim::remotepc::Operation as RemotePcOperation;

/// Offline for more than a year, in the group Servers.
const OLD: &str = "SRV-FILE-01";
/// Offline, in the groups Accounting and Laptops.
const LAPTOP: &str = "ACC-LT-026";

/// Fails unless a script is refused something, and nothing was sent.
#[track_caller]
fn is_refused(desk: &Desk, code: &str, part: &str) {
    let error = desk.fails(code);
    assert_eq!(error.kind, "refused", "{code}: {error:?}");
    assert!(error.tells(part), "{code}: {error:?}");
    assert_eq!(desk.writes(), 0, "{code}");
}

/// Returns the record that was kept of the last change.
fn kept(desk: &Desk) -> KeptComputer {
    let tally = desk.fleet.tally();
    let (proposal, _) = tally.rows.last().unwrap();
    match &proposal.before {
        Some(Kept::Computer(kept)) => (**kept).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_reason_is_one_or_it_is_an_error() {
    let desk = Desk::new();
    let cases = [
        ("p.remove(c, false)", "wants a reason"),
        ("p.remove(c, true)", "wants a reason"),
        ("p.remove(c, ())", "wants a reason"),
        ("p.remove(c, \"\")", "wants a reason"),
        ("p.remove(c, \"old\")", "wants a reason"),
        ("p.remove(c, #{ stale: true })", "wants a reason"),
        ("p.remove(c, cutoff)", "wants a reason"),
        ("p.remove(c, c)", "wants a reason"),
        ("p.remove(c, chosen(\"\"))", "is empty"),
        ("p.remove(c, chosen(\"  \"))", "is empty"),
        ("p.remove(c, chosen(()))", "a string"),
        (
            "p.remove(c, stale(other, cutoff))",
            "made for another computer than 'SRV-FILE-01'",
        ),
        (
            "p.remove(c.name, stale(other, cutoff))",
            "made for another computer",
        ),
        ("p.remove(c, duplicate_of(other, c))", "made for another computer"),
        ("p.remove(c, duplicate_of(c, c))", "is no duplicate of itself"),
        ("p.remove(c, stale(c.name, cutoff))", "the record of a computer"),
        (
            "p.remove(c, duplicate_of(c, other.name))",
            "the record of a computer",
        ),
        ("p.remove(c, stale(c, \"90d\"))", "wants a moment"),
        ("p.remove(c, stale(c, 90))", "wants a moment"),
        ("p.remove(c, stale(c, ()))", "wants a moment"),
        (
            "p.remove(c, stale(c, c.last_seen))",
            "is not stale: it was seen at",
        ),
        (
            "p.remove(\"pump-house\", stale(find_computer(\"pump-house\"), cutoff))",
            "the vendor does not say when it was last seen",
        ),
        (
            "let c = find_computer(\"clock-trouble\"); p.remove(c, stale(c, cutoff))",
            "is not stale: it was seen at",
        ),
        (
            "p.remove(c, duplicate_of(c, fleet(\"branch\").find_computer(\"DC-01\")))",
            "of profile `branch`",
        ),
        (
            "p.remove(c, stale(fleet(\"branch\").find_computer(c.name), cutoff))",
            "made for another computer",
        ),
    ];
    for (code, part) in cases {
        let code = format!(
            "let p = plan(); let cutoff = ago(\"90d\"); let c = find_computer(\"{OLD}\"); let other = find_computer(\"{LAPTOP}\"); {code}"
        );
        let error = desk.fails(&code);
        assert_eq!(error.kind, "invalid", "{code}: {error:?}");
        assert!(error.message.contains(part), "{code}: {error:?}");
    }
    assert_eq!(desk.writes(), 0);
}

#[test]
fn a_last_seen_time_that_no_clock_can_have_told_makes_nothing_stale() {
    let desk = Desk::new();
    let id = desk.team().entries_named(OLD).next().unwrap().id.clone();
    desk.vendor().edit(|world| {
        world.change_entry(&id, |entry| {
            entry.last_seen = Some("1970-01-01T00:00:00Z".to_owned());
        });
    });
    let error = desk.fails(&format!(
        "let c = find_computer(\"{OLD}\"); stale(c, ago(\"90d\"))"
    ));
    assert_eq!(error.kind, "invalid", "{error:?}");
}

#[test]
fn what_is_stale_is_removed_and_kept_whole_in_the_journal() {
    let desk = Desk::new();
    desk.holds(&format!(
        "let cutoff = ago(\"90d\"); let p = plan();
         for c in list_computers() {{ if c.name == \"{LAPTOP}\" {{ p.remove(c, stale(c, cutoff)); }} }}
         p.apply().rows[0].outcome == \"done\" && find_computer(\"{LAPTOP}\") == ()"
    ));
    assert_eq!(desk.team().entries_named(LAPTOP).count(), 0);
    let kept = kept(&desk);
    let groups: Vec<&str> = kept.groups.iter().flatten().map(|g| g.name.as_str()).collect();
    assert_eq!(groups, ["Accounting", "Laptops"]);
    assert_eq!(kept.online, Presence::Offline);
    assert!(!kept.macs.is_empty() && kept.host.is_some() && kept.last_seen.is_some() && !kept.raw.is_null());
}

#[test]
fn whatever_way_a_computer_goes_its_record_is_kept() {
    for remove in [
        format!("remove_computer(\"{LAPTOP}\")"),
        format!("remove_computer(find_computer(\"{LAPTOP}\"))"),
        format!("realvnc::delete_entry(find_computer(\"{LAPTOP}\").id)"),
        format!("let p = plan(); p.remove(\"{LAPTOP}\", chosen(\"sold\")); p.apply()"),
        format!("let p = plan(); p.remove(find_computers(\"{LAPTOP}\")[0], chosen(\"sold\")); p.apply()"),
    ] {
        let desk = Desk::new();
        desk.says(&remove);
        assert_eq!(desk.team().entries_named(LAPTOP).count(), 0, "{remove}");
        let kept = kept(&desk);
        assert_eq!(kept.groups.map(|groups| groups.len()), Some(2), "{remove}");
        assert_eq!(kept.online, Presence::Offline, "{remove}");
        assert!(!kept.macs.is_empty(), "{remove}");
    }
}

#[test]
fn the_guards_refusals_reach_the_script() {
    let desk = Desk::new();
    is_refused(&desk, "remove_computer(\"DC-01\")", "it is online");
    is_refused(
        &desk,
        "realvnc::delete_entry(find_computer(\"DC-01\").id)",
        "it is online",
    );
    is_refused(
        &desk,
        "let p = plan(); p.remove(\"DC-01\", chosen(\"x\")); p.apply()",
        "it is online",
    );
    is_refused(
        &desk,
        "let cutoff = ago(\"1d\"); let p = plan();
         for c in list_computers() { if p.len == 0 && c.last_seen != () && c.last_seen < cutoff { p.remove(c, stale(c, cutoff)); } }
         p.apply()",
        "the least for RealVNC Connect being 2 days",
    );
    is_refused(
        &desk,
        "let cutoff = ago(\"15d\"); let p = plan();
         for c in list_computers() { if c.last_seen != () && c.last_seen < cutoff { p.remove(c, stale(c, cutoff)); } }
         p.apply()",
        "a run may remove 20",
    );
    let all = "let a = find_computer(\"SRV-FILE-01\"); let b = find_computer(\"FRONTDESK-01\");";
    is_refused(
        &desk,
        &format!("{all} let p = plan(); p.remove(a, duplicate_of(a, b)); p.apply()"),
        "not allowed to remove",
    );
    // A script that catches the refusal cannot hand the plan in again.
    desk.holds(
        "let p = plan(); p.remove(\"DC-01\", chosen(\"x\")); let kinds = [];
         for n in 0..2 { try { p.apply(); } catch (e) { kinds += e.kind; } }
         kinds == [\"refused\", \"invalid\"]",
    );
    assert_eq!(desk.writes(), 0);
}

#[test]
fn what_the_user_has_named_goes_where_what_a_script_has_chosen_may_not() {
    // Nobody knows when it was last seen.
    let name = "training-07";
    let id = |desk: &Desk| desk.team().entries_named(name).next().unwrap().id.clone();
    for code in [
        format!("remove_computer(\"{name}\")"),
        format!("realvnc::delete_entry(find_computer(\"{name}\").id)"),
        format!("let p = plan(); p.remove(\"{name}\", chosen(\"sold\")); p.apply()"),
        format!("let p = plan(); p.remove(find_computer(\"{name}\"), chosen(\"sold\")); p.apply()"),
    ] {
        let desk = Desk::new();
        is_refused(&desk, &code, "unknown is never stale");
        desk.fleet.world().named.add(&name.to_uppercase());
        desk.says(&code);
        assert_eq!(desk.team().entries_named(name).count(), 0, "{code}");
        let tally = desk.fleet.tally();
        assert_eq!(tally.rows.last().unwrap().0.reason, Some(Reason::Named), "{code}");
        let desk = Desk::new();
        desk.fleet.world().named.add(&id(&desk));
        desk.says(&code);
    }
    // What is online stays even so.
    let desk = Desk::new();
    desk.fleet.world().named.add("DC-01");
    is_refused(&desk, "remove_computer(\"DC-01\")", "it is online");
}

#[test]
fn a_reason_of_age_is_held_to_be_one_of_what_the_user_has_named_too() {
    let desk = Desk::new();
    desk.fleet.world().named.add("KIOSK-10");
    is_refused(
        &desk,
        "let c = find_computer(\"KIOSK-10\"); let p = plan(); p.remove(c, stale(c, now())); p.apply()",
        "the least for RealVNC Connect being 2 days",
    );
}

#[test]
fn more_than_three_computers_go_only_by_a_plan() {
    let old = "list_computers().filter(|c| c.last_seen != () && c.last_seen < ago(\"90d\"))";
    for remove in ["remove_computer(c)", "realvnc::delete_entry(c.id)"] {
        let desk = Desk::new();
        let error = desk.fails(&format!("for c in {old} {{ {remove}; }}"));
        assert_eq!(error.kind, "refused", "{error:?}");
        assert!(error.message.contains("3 removals one by one"), "{error:?}");
        assert!(error.hint.contains("plan()"), "{error:?}");
        assert_eq!(desk.received(Operation::DeleteEntry), 3);
        // Nor by catching it.
        desk.says(&format!("for c in {old} {{ try {{ {remove}; }} catch {{ }} }}"));
        assert_eq!(desk.received(Operation::DeleteEntry), 3);
    }
    let desk = Desk::new();
    desk.says(&format!(
        "let cutoff = ago(\"90d\"); let p = plan(); for c in {old} {{ p.remove(c, stale(c, cutoff)); }} p.apply()"
    ));
    assert!(desk.received(Operation::DeleteEntry) > 3);
}

#[test]
fn a_dry_run_is_told_and_not_refused() {
    let old = "list_computers().filter(|c| c.last_seen != () && c.last_seen < ago(\"90d\"))";
    let desk = Desk::with(|setup| setup.rules.dry_run = true);
    desk.says(&format!(
        "for c in {old} {{ remove_computer(c); }} remove_computer(\"DC-01\")"
    ));
    assert!(desk.fleet.tally().planned.len() > 4);
    let told: Vec<String> = desk
        .warnings()
        .into_iter()
        .filter(|told| told.contains("one by one"))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("would be refused: not allowed to remove computer"),
        "{told:?}"
    );
    assert!(
        desk.fleet
            .tally()
            .notes
            .warnings
            .iter()
            .any(|told| told.contains("it is online")),
        "{:?}",
        desk.fleet.tally().notes
    );
    assert_eq!(desk.writes(), 0);
}

#[test]
fn a_computer_that_comes_back_to_life_after_it_was_listed_stays() {
    let desk = Desk::new();
    let listed = desk.run(&format!("find_computer(\"{OLD}\")")).unwrap();
    let id = desk.team().entries_named(OLD).next().unwrap().id.clone();
    desk.vendor().edit(|world| {
        world.change_entry(&id, |entry| {
            entry.last_seen = Some("2026-11-19T12:00:00Z".to_owned());
        });
    });
    let outcome = desk.run_on(
        "let p = plan(); p.remove(it, stale(it, ago(\"90d\"))); p.apply().rows[0].outcome",
        listed,
    );
    assert_eq!(outcome.to_string(), "drifted");
    assert_eq!(desk.writes(), 0);
}

#[test]
fn what_the_profile_protects_stays_and_a_script_can_tell() {
    let entries = ["srv-*", "group:Laptops"].map(|entry| Protection::parse(entry).unwrap());
    let desk = Desk::with(|setup| setup.rules.limits.protected = Protected::new(entries.to_vec()));
    for name in [OLD, LAPTOP] {
        is_refused(
            &desk,
            &format!("let p = plan(); p.remove(\"{name}\", chosen(\"x\")); p.apply()"),
            "protected by",
        );
    }
    desk.holds(&format!("protected_by(find_computer(\"{OLD}\")) == \"srv-*\""));
    desk.holds(&format!(
        "protected_by(find_computer(\"{LAPTOP}\")) == \"group:Laptops\""
    ));
    desk.holds("protected_by(find_computer(\"FRONTDESK-01\")) == ()");
    desk.holds(&format!(
        "protected_by(list_computers(#{{ groups: true }}).find(|c| c.name == \"{LAPTOP}\")) == \"group:Laptops\""
    ));
    assert_eq!(desk.fails("protected_by(\"DC-01\")").kind, "invalid");
    desk.says("let p = plan(); p.remove(\"FRONTDESK-01\", chosen(\"x\")); p.apply()");
}

#[test]
fn remotepc_removes_what_is_offline_and_alone_in_its_name_with_one_request() {
    let desk = RemotePcDesk::new();
    let stale =
        "list_computers().filter(|c| c.online == false && c.last_seen != () && c.last_seen < ago(\"180d\"))";
    desk.holds(&format!(
        "let cutoff = ago(\"180d\"); let p = plan(); for c in {stale} {{ p.remove(c, stale(c, cutoff)); }}
         p.apply().rows.all(|r| r.outcome == \"done\") && {stale}.is_empty()"
    ));
    assert_eq!(desk.received(RemotePcOperation::RemoveComputers), 1);
    let tally = desk.fleet.tally();
    assert!(tally.done > 4);
    for (proposal, _) in &tally.rows {
        let Some(Kept::Computer(kept)) = &proposal.before else {
            panic!("{proposal:?}")
        };
        assert_eq!(kept.online, Presence::Offline);
    }
}

#[test]
fn remotepcs_guards_reach_the_script() {
    let desk = RemotePcDesk::new();
    for (code, part) in [
        ("remove_computer(\"DC-01\")", "it is online"),
        ("remotepc::remove_computers([\"backup-vault\", \"DC-01\"])", "it is online"),
        // What is not surely offline is as good as online.
        (
            "let p = plan(); p.remove(\"pump-house\", chosen(\"x\")); p.apply()",
            "is not exactly `Offline`",
        ),
        (
            "let c = list_computers().find(|c| c.online == false && c.last_seen != () && c.last_seen < ago(\"10d\"));
             let p = plan(); p.remove(c, stale(c, ago(\"10d\"))); p.apply()",
            "the least for RemotePC Enterprise being 30 days",
        ),
        (
            "let c = list_computers().find(|c| c.name == \"Meeting Room\" && c.online != true);
             let p = plan(); p.remove(c, chosen(\"x\")); p.apply()",
            "2 machines bear it",
        ),
    ] {
        let error = desk.fails(code);
        assert_eq!(error.kind, "refused", "{code}: {error:?}");
        assert!(error.tells(part), "{code}: {error:?}");
    }
    assert_eq!(desk.writes(), 0);
    assert_eq!(desk.fails("remove_computer(\"Meeting Room\")").kind, "ambiguous");
}

#[test]
fn more_than_three_calls_of_remotepcs_own_removal_are_refused_too() {
    let desk = RemotePcDesk::new();
    let error = desk.fails(
        "let old = list_computers().filter(|c| c.online == false && c.last_seen != () && c.last_seen < ago(\"90d\"));
         for c in old { remotepc::remove_computers([c.name]); }",
    );
    assert_eq!(error.kind, "refused", "{error:?}");
    assert_eq!(desk.received(RemotePcOperation::RemoveComputers), 3);
}
