//! RealVNC Connect. The mock forgets everything, and each of its lists has a link to one more page; a client that stops
//! nowhere would read them for ever.

use super::{WHY_IGNORED, answers, ask_from};
use crate::desk::{Desk, Ran};

fn ask(script: &str) -> Ran {
    let url = std::env::var("DESKHAND_MOCK_URL").expect(WHY_IGNORED);
    let desk = Desk::with_account(&url, "kid-0123456789", "kEy-0123456789ab");
    ask_from(desk, script, "")
}

#[track_caller]
fn is(script: &str, answer: &serde_json::Value) {
    answers(&ask(script), answer);
}

#[test]
#[ignore = "needs the vendor's mock: run .ci/contract"]
fn what_is_read_alone_is_read_as_the_contract_has_it() {
    is("realvnc::read_entry(\"x\").name", &"Server Name".into());
    is(
        "realvnc::list_groups_of_entry(\"x\").map(|g| g.name)",
        &serde_json::json!(["My Group"]),
    );
    is("realvnc::list_entry_groups()[0].members.len", &1.into());
    is("realvnc::read_entry_group(\"x\").name", &"My Group".into());
    is(
        "realvnc::read_member(\"x\").roles",
        &serde_json::json!(["USER", "MANAGER"]),
    );
    is("realvnc::list_member_groups(\"x\").len", &1.into());
    is(
        "realvnc::list_user_groups().map(|g| g.name)",
        &serde_json::json!(["My Group"]),
    );
    is(
        "realvnc::read_user_group(\"x\").members[0].email",
        &"user@example.com".into(),
    );
}

#[test]
#[ignore = "needs the vendor's mock: run .ci/contract"]
fn the_fleet_functions_read_the_examples_too() {
    is(
        "get_computer(\"x\").macs",
        &serde_json::json!(["e8:6a:64:00:00:98"]),
    );
    is("get_computer(\"x\").last_seen != ()", &true.into());
    is(
        "groups_of(get_computer(\"x\")).map(|g| g.name)",
        &serde_json::json!(["My Group"]),
    );
    is("find_computer_group(\"my group\").size", &1.into());
}

#[test]
#[ignore = "needs the vendor's mock: run .ci/contract"]
fn a_list_that_does_not_end_is_an_error_and_no_loop() {
    for list in [
        "realvnc::list_entries()",
        "realvnc::list_members()",
        "realvnc::list_members(#{ state: \"INVITED\", role: \"USER\" })",
        "realvnc::list_entry_presence()",
        "realvnc::list_entry_presence(#{ status: \"ONLINE\", last_seen_sort: \"DESC\" })",
        "list_computers()",
        "list_users()",
    ] {
        let ran = ask(&format!(
            "let told = (); try {{ {list} }} catch (e) {{ told = [e.kind, e.causes] }} told"
        ));
        ran.succeeds()
            .prints("\"vendor\"")
            .prints("the list does not end");
        let pages = ran
            .log
            .lines()
            .filter(|line| line.contains("answered") && line.contains("method=\"GET\""))
            .count();
        assert!(
            pages >= 2,
            "the link of the first page was not followed\n{}",
            ran.log
        );
    }
}

/// The link to the next page in the contract's example has no `to`, which the contract itself wants of every request. A link is
/// followed as it is, and the mock refuses it.
#[test]
#[ignore = "needs the vendor's mock: run .ci/contract"]
fn the_example_of_audit_events_leads_to_a_page_that_the_contract_does_not_allow() {
    let ran = ask("realvnc::get_team_events(#{ from: ago(\"2d\"), to: now() })");
    ran.ends_with(2).prints_nothing();
    let paths: Vec<&str> = ran
        .log
        .lines()
        .filter(|line| line.contains("sending") && line.contains("/1.0/audit"))
        .collect();
    assert_eq!(paths.len(), 2, "{}", ran.log);
}
