//! The module `remotepc`: the vendor's own words.

use super::{Desk, USER, assigned, device};
use crate::sim::remotepc::Operation;

#[test]
fn the_vendors_records_come_as_they_are() {
    let desk = Desk::new();
    let world = desk.team();
    desk.holds(&format!(
        "let d = remotepc::get_devices(); d.len == {} && d[0].machine_id == \"{}\" && d.all(|d| \"host_status_text\" in d)",
        world.devices.len(),
        world.devices[0].machine_id
    ));
    desk.holds(&format!(
        "remotepc::get_users_devices(\"{USER}\").len == {}",
        world.devices_of(USER).count()
    ));
    desk.holds(
        "let u = remotepc::get_users(); u.len == list_users().len && u[0].username == list_users()[0].email",
    );
    let error = desk.fails("remotepc::get_users_devices(\"nobody@kestrel.example\")");
    assert_eq!(error.kind, "not_found", "{error:?}");
}

#[test]
fn the_vendors_own_functions_change_the_same() {
    let desk = Desk::new();
    desk.holds(&format!(
        "remotepc::assign_computer(\"{USER}\", [\"pump-house\", \"DC-01\"]).map(|r| r.outcome) == [\"done\", \"done\"]"
    ));
    assert!(assigned(&desk.team()).contains(&"pump-house".to_owned()));
    desk.holds(&format!(
        "remotepc::unassign_computer(\"{USER}\", [\"pump-house\"])[0].outcome == \"done\""
    ));
    assert!(!assigned(&desk.team()).contains(&"pump-house".to_owned()));
    desk.holds("remotepc::create_group(\"Cellar\") == ()");
    desk.holds("remotepc::create_group(\"Attic\", [\"DC-01\"]) == ()");
    assert_eq!(device(&desk.team(), "DC-01").group.as_deref(), Some("Attic"));
    desk.holds("remotepc::move_computers(\"Cellar\", [\"DC-01\", \"old-nas\"]).len == 2");
    assert_eq!(device(&desk.team(), "old-nas").group.as_deref(), Some("Cellar"));
    desk.holds("remotepc::add_comment(\"DC-01\", \"on loan until May\") == ()");
    assert_eq!(device(&desk.team(), "DC-01").comment, "on loan until May");
    assert_eq!(desk.writes(), 6);
}

#[test]
fn names_are_looked_up_with_one_list() {
    let desk = Desk::new();
    let before = desk.received(Operation::GetDevices);
    desk.says("remotepc::move_computers(\"Spare pool\", [\"DC-01\", \"old-nas\", \"pump-house\"])");
    // One for the names, one that makes sure of them before the question and one after it.
    assert!(desk.received(Operation::GetDevices) - before <= 4);
    for code in [
        format!("remotepc::assign_computer(\"{USER}\", [\"DC-O1\"])"),
        "remotepc::add_comment(\"DC-O1\", \"on loan\")".to_owned(),
        "remotepc::move_computers(\"Spare pool\", [\"DC-O1\"])".to_owned(),
        "remotepc::create_group(\"Cellar\", [\"DC-O1\"])".to_owned(),
    ] {
        let error = desk.fails(&code);
        assert_eq!(error.kind, "not_found", "{code}: {error:?}");
        assert_eq!(error.hint, "did you mean `DC-01`?", "{code}");
    }
    for code in [
        "remotepc::assign_computer(\"\", [\"DC-01\"])",
        "remotepc::get_users_devices(\"\")",
        "remotepc::create_group(\" \")",
        "remotepc::move_computers(\"Spare pool\", [])",
    ] {
        assert_eq!(desk.fails(code).kind, "invalid", "{code}");
    }
}
