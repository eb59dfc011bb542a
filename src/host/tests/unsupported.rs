//! What a vendor lacks is said as such, with what there is instead, and before anything is sent.

use super::vendors::Simulated;
use super::{Desk, DeskOf, RemotePcDesk};
use crate::plan::Tally;

fn lacks<S: Simulated>(desk: &DeskOf<S>, cases: &[(&str, &str)]) {
    for (code, instead) in cases {
        let error = desk.fails(code);
        assert_eq!(error.kind, "unsupported", "{code}: {error:?}");
        assert!(error.hint.contains(instead), "{code}: {error:?}");
    }
    assert_eq!(desk.writes(), 0);
    assert_eq!(desk.fleet.tally(), Tally::default());
}

#[test]
fn realvnc_says_what_it_lacks_and_has_instead() {
    lacks(
        &Desk::new(),
        &[
            ("assign(\"DC-01\", list_users()[0])", "group_add"),
            (
                "assign([\"DC-01\", \"pump-house\"], list_users()[0])",
                "group_add",
            ),
            ("unassign([\"DC-01\"], list_users()[0])", "group_add"),
            ("create_group(\"Lab 2\")", "portal"),
            ("create_group(\"Lab 2\", [\"DC-01\"])", "portal"),
            ("move_to_group(\"Servers\", \"DC-01\")", "group_add"),
            (
                "move_to_group(find_computer_group(\"Servers\"), [\"DC-01\"])",
                "group_add",
            ),
            ("comment(\"DC-01\", \"on loan\")", "rename"),
            ("connect_url(\"DC-01\", list_users()[0])", "RealVNC Viewer"),
            ("invite_user(\"a@b\", [\"USER\"], #{ sso: false })", "portal"),
            (
                "plan().invite_user(\"a@b\", [\"USER\"], #{ two_factor: true })",
                "portal",
            ),
            ("plan().comment(\"DC-01\", \"on loan\")", "rename"),
            ("list_computers(#{ user: \"ann@example.com\" })", "groups: true"),
            ("remotepc::get_devices()", "--profile"),
            ("remotepc::get_users_devices(\"x\")", "--profile"),
            ("remotepc::assign_computer(\"x\", [\"DC-01\"])", "--profile"),
            ("remotepc::unassign_computer(\"x\", [\"DC-01\"])", "--profile"),
            ("remotepc::create_group(\"x\")", "--profile"),
            ("remotepc::create_group(\"x\", [\"DC-01\"])", "--profile"),
            ("remotepc::move_computers(\"x\", [\"DC-01\"])", "--profile"),
            ("remotepc::remove_computers([\"DC-01\"])", "--profile"),
            ("remotepc::add_comment(\"DC-01\", \"on loan\")", "--profile"),
            ("remotepc::get_web_viewer_url(\"x\", \"x\")", "--profile"),
            ("remotepc::get_users()", "--profile"),
            ("remotepc::invite_users([\"x\"])", "--profile"),
            ("remotepc::create_user(#{})", "--profile"),
            ("remotepc::delete_users([\"x\"], [])", "--profile"),
        ],
    );
}

#[test]
fn remotepc_says_what_it_lacks_and_has_instead() {
    lacks(
        &RemotePcDesk::new(),
        &[
            ("rename(\"DC-01\", \"DC-1\")", "comment"),
            ("rename(find_computer(\"DC-01\"), \"DC-1\")", "comment"),
            ("group_add(\"Servers\", \"DC-01\")", "move_to_group"),
            ("group_remove(\"Servers\", \"DC-01\")", "move_to_group"),
            ("list_computers(#{ groups: true })", "web console"),
            ("list_computer_groups()", "move_to_group"),
            ("find_computer_group(\"Servers\")", "move_to_group"),
            ("groups_of(\"DC-01\")", "web console"),
            ("groups_of(list_users()[0])", "assign("),
            ("list_user_groups()", "assign("),
            ("find_user_group(\"Staff\")", "assign("),
            ("group_add(\"Staff\", list_users()[0])", "assign("),
            ("list_presence()", "list_computers()"),
            ("list_audit_events()", "web console"),
            ("list_audit_events(#{ connections_only: true })", "web console"),
            ("update_roles(list_users()[0], [\"USER\"])", "assign("),
            ("invite_user(\"x@y\", [\"USER\"])", "invite_user(email, [])"),
            ("invite_user(\"x@y\", [], [\"Staff\"])", "assign("),
            ("plan().rename(\"DC-01\", \"DC-1\")", "comment"),
            ("plan().update_roles(list_users()[0], [\"USER\"])", "assign("),
            ("no_such(\"computer group\", \"x\")", "move_to_group"),
            ("realvnc::list_entries()", "--profile"),
            ("realvnc::update_entry(\"x\", \"y\")", "--profile"),
            ("realvnc::list_members()", "--profile"),
            ("realvnc::delete_entry(\"x\")", "--profile"),
            ("realvnc::invite_member(\"x@y\", [\"USER\"])", "--profile"),
            ("realvnc::update_member_roles(\"x\", [\"USER\"])", "--profile"),
            ("realvnc::remove_member(\"x\")", "--profile"),
            ("realvnc::remove_member_from_group(\"x\", \"y\")", "--profile"),
            ("realvnc::add_entry_to_group(\"x\", \"y\")", "--profile"),
        ],
    );
}
