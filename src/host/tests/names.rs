//! Who is meant by a name.

use super::Desk;
use crate::sim::realvnc::Operation;

#[test]
fn an_exact_name_is_found_else_the_only_one_of_another_case() {
    let desk = Desk::new();
    desk.holds("find_computer(\"DC-01\").name == \"DC-01\"");
    desk.holds("find_computer(\"dc-01\").name == \"DC-01\"");
    desk.holds("find_computer(\"BÜRO-zürich-02\").name == \"Büro-Zürich-02\"");
    desk.holds("find_computer_group(\"servers\").name == \"Servers\"");
    desk.holds(
        "let email = list_users().find(|u| u.email != ()).email; find_user(email.to_upper()).email == email",
    );
    desk.holds("find_computer(\"DC-0\") == () && find_computer_group(\"Server\") == () && find_user(\"x@y.z\") == ()");
    // One name begins with the other.
    desk.holds("find_computer(\"KIOSK-1\").name == \"KIOSK-1\" && find_computers(\"kiosk-1\").len == 2");
}

#[test]
fn a_name_of_two_computers_is_refused_and_both_are_named() {
    let desk = Desk::new();
    let ids: Vec<String> = desk
        .team()
        .entries_named("Meeting Room")
        .map(|e| e.id.clone())
        .collect();
    assert_eq!(ids.len(), 2);
    for code in [
        "find_computer(\"Meeting Room\")",
        "find_computer(\"MEETING ROOM\")",
        "rename(\"Meeting Room\", \"X\")",
        "group_add(\"Servers\", \"Meeting Room\")",
        "group_remove(\"Servers\", \"Meeting Room\")",
        "groups_of(\"Meeting Room\")",
        "remove_computer(\"Meeting Room\")",
    ] {
        let error = desk.fails(code);
        assert_eq!(error.kind, "ambiguous", "{code}: {error:?}");
        assert!(error.hint.contains("get_computer(id)"), "{code}: {error:?}");
        for id in &ids {
            assert!(error.message.contains(id), "{code}: {error:?}");
        }
    }
    assert_eq!(desk.writes(), 0);
}

#[test]
fn one_of_two_computers_of_a_name_can_be_renamed_by_its_id() {
    let desk = Desk::new();
    let id = desk
        .team()
        .entries_named("Meeting Room")
        .nth(1)
        .unwrap()
        .id
        .clone();
    desk.holds(&format!(
        "rename(get_computer(\"{id}\"), \"Meeting Room 2F\").id == \"{id}\""
    ));
    assert_eq!(desk.team().find_entry(&id).unwrap().name, "Meeting Room 2F");
    assert_eq!(desk.team().entries_named("Meeting Room").count(), 1);
}

#[test]
fn a_name_that_nobody_has_says_which_is_near() {
    let desk = Desk::new();
    for (code, message, hint) in [
        (
            "rename(\"DC-O1\", \"X\")",
            "there is no computer named 'DC-O1'",
            "did you mean `DC-01`?",
        ),
        (
            "group_add(\"Servrs\", \"DC-01\")",
            "there is no computer group named 'Servrs'",
            "did you mean `Servers`?",
        ),
        (
            "groups_of(\"pumphouse\")",
            "there is no computer named 'pumphouse'",
            "did you mean `pump-house`?",
        ),
        (
            "throw no_such(\"computer group\", \"Servrs\")",
            "there is no computer group named 'Servrs'",
            "did you mean `Servers`?",
        ),
    ] {
        let error = desk.fails(code);
        assert_eq!(
            (error.kind.as_str(), error.message.as_str(), error.hint.as_str()),
            ("not_found", message, hint),
            "{code}"
        );
    }
    assert_eq!(desk.writes(), 0);
}

#[test]
fn an_id_that_nobody_bears_is_not_found() {
    let desk = Desk::new();
    assert_eq!(desk.fails("get_computer(\"no-such-id\")").kind, "not_found");
    assert_eq!(desk.fails("get_computer(\"..\")").kind, "invalid");
    assert_eq!(
        desk.fails("realvnc::read_member(\"no-such-id\")").kind,
        "not_found"
    );
}

#[test]
fn an_empty_name_is_an_error_and_finds_nobody() {
    let desk = Desk::new();
    for code in [
        "find_computer(\"\")",
        "find_computer(\" \")",
        "get_computer(\"\")",
        "rename(\"\", \"X\")",
        "rename(\"DC-01\", \"\")",
        "group_add(\"\", \"DC-01\")",
        "group_add(\"Servers\", \"\")",
        "find_user(\"\")",
    ] {
        let error = desk.fails(code);
        assert_eq!(error.kind, "invalid", "{code}: {error:?}");
        assert!(error.message.contains("is empty"), "{code}: {error:?}");
    }
    assert_eq!(desk.received(Operation::ReadEntry), 0);
}

#[test]
fn an_argument_of_the_wrong_type_is_an_error_with_the_signature() {
    let desk = Desk::new();
    for code in [
        "find_computer(5)",
        "find_computer(())",
        "find_computers([])",
        "get_computer(list_computers()[0])",
        "rename(5, \"X\")",
        "rename((), \"X\")",
        "rename(list_users()[0], \"X\")",
        "rename(list_computers(), \"X\")",
        "rename(\"DC-01\", 5)",
        "group_add(5, \"DC-01\")",
        "group_add(\"Servers\", 5)",
        "group_add(\"Servers\", ())",
        "group_add(\"Servers\", [\"DC-01\"])",
        "group_add(list_user_groups()[0], \"DC-01\")",
        "group_add(list_computer_groups()[0], list_users()[0])",
        "list_computers(5)",
        "table(5, [\"name\"])",
        "table([], 5)",
        "error(5, \"x\")",
    ] {
        let error = desk.fails(code);
        assert_eq!(error.kind, "invalid", "{code}: {error:?}");
        assert!(error.hint.starts_with("call it as "), "{code}: {error:?}");
    }
    assert_eq!(desk.writes(), 0);
}

#[test]
fn a_computer_that_was_removed_meanwhile_is_found_no_more() {
    let desk = Desk::new();
    let (at, id) = (
        "2026-11-20T00:00:00Z".parse().unwrap(),
        desk.team().entries_named("DC-01").next().unwrap().id.clone(),
    );
    desk.holds("find_computer(\"DC-01\") != ()");
    desk.vendor().edit(|world| world.remove_entry(&id, at));
    desk.holds("find_computer(\"DC-01\") == ()");
    let error = desk.fails("rename(\"DC-01\", \"X\")");
    assert_eq!(error.kind, "not_found", "{error:?}");
}
