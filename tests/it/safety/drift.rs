//! Rule 7: what has changed since it was decided on is left alone.

use deskhand::sim::realvnc::Operation;
use deskhand::sim::remotepc;
use serde_json::json;

use crate::desk::Ran;

use super::devices::{Account, device};
use super::fleet::{Fleet, machine, now, person};
use super::{CHOOSE, CLEAN, NAMED};

/// Saves the plan of a script, lets something happen, and applies it.
fn meanwhile(fleet: &Fleet, script: &str, change: impl FnOnce(&Fleet)) -> Ran {
    let desk = fleet.desk().file("s.rhai", script);
    desk.run("./s.rhai --plan-out p.json").ends_with(6);
    change(fleet);
    desk.run("apply p.json")
}

fn join(fleet: &Fleet, group: &str, id: &str) {
    fleet.edit(|world| {
        let mut made = serde_json::to_value(&*world).unwrap();
        for known in made["entry_groups"].as_array_mut().unwrap() {
            if known["name"] == group {
                known["members"].as_array_mut().unwrap().push(id.into());
            }
        }
        *world = serde_json::from_value(made).unwrap();
    });
}

/// What happens in between, the exit code, and what is told of it.
type Meanwhile = (fn(&Fleet), i32, &'static str);

#[test]
fn a_removal_is_left_alone_if_what_it_rests_on_has_changed_since_it_was_saved() {
    let changes: [Meanwhile; 5] = [
        (
            |fleet| fleet.edit(|w| w.change_entry("id-PC-1", |e| e.name = "Till-7".to_owned())),
            5,
            "Till-7",
        ),
        (
            |fleet| {
                let seen = Some("2026-11-19T08:00:00Z".to_owned());
                fleet.edit(|w| w.change_entry("id-PC-1", |e| e.last_seen = seen));
            },
            5,
            "last seen 2026-11-19T08:00:00Z",
        ),
        (
            |fleet| fleet.edit(|w| w.change_entry("id-PC-1", |e| e.presence.as_mut().unwrap().online = true)),
            7,
            "is online",
        ),
        (|fleet| join(fleet, "Servers", "id-PC-1"), 5, "in Desks, Servers"),
        (
            |fleet| fleet.edit(|w| w.change_entry("id-PC-1", |e| e.last_seen = None)),
            5,
            "never seen",
        ),
    ];
    for (change, code, told) in changes {
        let fleet = Fleet::of([machine("PC-1").in_group("Desks")]);
        let ran = meanwhile(&fleet, CHOOSE, change);
        ran.ends_with(code);
        assert!(
            ran.stdout.contains(told) || ran.stderr.contains(told),
            "{}",
            ran.transcript()
        );
        assert_eq!((fleet.writes(), fleet.len()), (0, 1), "{told}");
    }
}

#[test]
fn what_was_removed_meanwhile_is_so_already() {
    let fleet = Fleet::of([machine("PC-1"), machine("PC-2")]);
    let ran = meanwhile(&fleet, CHOOSE, |fleet| {
        fleet.edit(|w| w.remove_entry("id-PC-1", now()));
    });
    ran.succeeds().says("1 done, 1 so already");
    assert_eq!(fleet.received(Operation::DeleteEntry), 1);
}

#[test]
fn of_several_only_those_that_have_changed_are_left_alone() {
    let fleet = Fleet::of([machine("PC-1"), machine("PC-2"), machine("PC-3")]);
    let ran = meanwhile(&fleet, CHOOSE, |fleet| {
        fleet.edit(|w| w.change_entry("id-PC-2", |e| e.name = "Till-7".to_owned()));
    });
    ran.ends_with(5).prints("drifted").says("2 done");
    assert_eq!(fleet.names(), ["Till-7"]);
}

#[test]
fn each_computer_is_read_again_right_before_it_goes() {
    // The last thing that is read of it before its removal says that somebody has just used it.
    let late = [
        (
            "/serverLastSeenTime",
            json!("2026-11-20T08:59:59Z"),
            "last seen 2026-11-20T08:59:59Z",
        ),
        ("/name", json!("Till-7"), "Till-7"),
    ];
    for (pointer, value, told) in late {
        let fleet = Fleet::of([machine("PC-1"), machine("PC-2")]);
        fleet.falsify(Operation::ReadEntry, 0, pointer, value);
        let ran = fleet.run(CLEAN, "30d --output csv");
        ran.ends_with(5).prints("drifted").prints(told);
        assert_eq!((fleet.writes(), fleet.len()), (0, 2));
    }
}

#[test]
fn who_is_online_is_asked_again_when_applying_begins() {
    for (word, told) in [("ONLINE", "online"), ("AWAY", "not known to be offline")] {
        let fleet = Fleet::of([machine("PC-1"), machine("PC-2")]);
        // The guards have seen it offline.
        fleet.falsify(Operation::ListEntryPresence, 1, "/events/0/status", word);
        let ran = fleet.run(CLEAN, "30d --output csv");
        ran.ends_with(5)
            .prints("drifted")
            .prints(told)
            .says("1 done, 1 failed");
        assert_eq!(fleet.names(), ["PC-1"]);
    }
}

#[test]
fn remotepc_is_listed_again_before_each_call() {
    for status in [json!("Online"), json!("Away"), json!(""), json!(null)] {
        let account = Account::of(vec![device("A"), device("B")]);
        // The script and the guards have seen it offline.
        account.falsify(2, "/message/devices/0/host_status_text", status.clone());
        let ran = account.run(CLEAN, "30d");
        ran.ends_with(5).says("1 done, 1 failed");
        assert_eq!(account.names(), ["A"], "{status}");
    }
}

#[test]
fn a_second_machine_of_the_name_stops_a_removal_of_remotepc_at_the_last_moment() {
    let account = Account::of(vec![device("A"), device("B")]);
    // It came up between the guards' look and the call.
    account.falsify(2, "/message/devices/1/host_name", "a ");
    let ran = account.run(NAMED, "A");
    assert_ne!(ran.code, Some(0), "{}", ran.transcript());
    assert_eq!(
        account.received(remotepc::Operation::RemoveComputers),
        0,
        "{}",
        ran.transcript()
    );
}

#[test]
fn a_rename_is_left_alone_if_somebody_else_has_renamed_it() {
    let fleet = Fleet::of([machine("PC-1")]);
    let ran = meanwhile(
        &fleet,
        "//! Renames.\nlet p = plan(); p.rename(\"PC-1\", \"Till-1\"); p.apply()",
        |fleet| {
            fleet.edit(|w| w.change_entry("id-PC-1", |e| e.name = "Till-7".to_owned()));
        },
    );
    ran.ends_with(5).prints("drifted");
    assert_eq!((fleet.writes(), fleet.names()), (0, vec!["Till-7".to_owned()]));
}

#[test]
fn roles_that_somebody_else_has_changed_are_left_alone() {
    use deskhand::sim::realvnc::Role;
    let fleet = Fleet::of_people(vec![
        person("mia", &[Role::Manager]),
        person("ann", &[Role::User]),
    ]);
    let script = "//! Sets roles.\n\
        let p = plan(); p.update_roles(find_user(\"ann@kestrel.example\"), [\"TECHNICIAN\"]); p.apply()";
    let ran = meanwhile(&fleet, script, |fleet| {
        fleet.edit(|w| w.change_member("id-ann", |m| m.roles = vec![Role::Manager]));
    });
    ran.ends_with(5).prints("drifted");
    assert_eq!(fleet.writes(), 0);
}
