//! Rules 8 and 9: what goes by name, and what makes two records one machine.

use deskhand::sim::realvnc::Operation;
use deskhand::sim::{Effect, Fault};

use crate::desk::Ran;

use super::devices::{self, Account, device};
use super::fleet::{DAY, Fleet, HOUR, Machine, ago, machine, now, refused};
use super::{CHOOSE, NAMED};

#[test]
fn a_name_that_two_computers_bear_names_neither() {
    for touch in [
        "remove_computer(\"PC-1\")",
        "rename(\"PC-1\", \"PC-9\")",
        "group_add(\"Desks\", \"PC-1\")",
        "let p = plan(); p.remove(\"PC-1\", chosen(\"old\")); p.apply()",
    ] {
        let fleet = Fleet::of([machine("PC-1"), machine("PC-1").id("other"), machine("PC-2")]);
        let ran = fleet.run(&format!("//! Touches.\n{touch}"), "");
        ran.ends_with(2).says("id-PC-1").says("other");
        assert_eq!((fleet.writes(), fleet.len()), (0, 3));
    }
}

#[test]
fn by_their_records_two_of_a_name_are_told_apart() {
    let fleet = Fleet::of([machine("PC-1"), machine("PC-1").id("other")]);
    let script = "//! Removes one.\n\
        let p = plan();\n\
        for c in list_computers() { if c.id == \"other\" { p.remove(c, chosen(\"old\")); } }\n\
        p.apply()";
    fleet.run(script, "").succeeds();
    assert_eq!(fleet.world().entries()[0].id, "id-PC-1");
}

#[test]
fn remotepc_removes_by_name_and_so_nothing_whose_name_is_not_its_own() {
    for double in ["A", "a", " A "] {
        let mut other = device(double);
        other.machine_id = "M-other".to_owned();
        let account = Account::of(vec![device("A"), other, device("B")]);
        devices::refused(
            &account,
            &account.run(CHOOSE, ""),
            &["RemotePC Enterprise removes by name, and 2 machines bear it: `M-A`, `M-other`"],
        );
        account.run(NAMED, "B").succeeds();
        assert_eq!(account.names().len(), 2);
    }
}

#[test]
fn a_name_of_remotepc_that_has_become_anothers_since_it_was_planned_is_refused() {
    let account = Account::of(vec![device("A"), device("B")]);
    let desk = account.desk().file("s.rhai", NAMED);
    desk.run("./s.rhai A --plan-out p.json").ends_with(6);
    account.edit(|world| {
        let mut other = device("A");
        other.machine_id = "M-other".to_owned();
        world.devices.push(other);
    });
    devices::refused(&account, &desk.run("apply p.json"), &["2 machines bear it"]);
    // The machine was exchanged for another one of its name.
    account.edit(|world| world.devices.remove(0));
    desk.run("apply p.json").succeeds().says("1 so already");
    assert_eq!(account.writes(), 0);
}

/// Removes `OLD` as a duplicate of `NEW`, after the survivor has got its groups.
const MERGE: &str = "//! Merges.\n\
     let old = find_computer(\"OLD\"); let kept = find_computer(\"NEW\");\n\
     let p = plan();\n\
     for g in groups_of(old) { if !groups_of(kept).some(|h| h.id == g.id) { p.group_add(g, kept); } }\n\
     p.remove(old, duplicate_of(old, kept));\n\
     p.apply()";

const A: &str = "E8-6A-64-00-00-01";
const B: &str = "E8-6A-64-00-00-02";
const DOCK: &str = "F8-E4-3B-00-00-07";

fn old() -> Machine {
    machine("OLD").macs(&[A])
}

fn new() -> Machine {
    machine("NEW").macs(&[A]).seen(ago(DAY)).online(true)
}

#[track_caller]
fn merge(machines: impl IntoIterator<Item = Machine>) -> (Fleet, Ran) {
    let fleet = Fleet::of(machines);
    let ran = fleet.run(MERGE, "");
    (fleet, ran)
}

#[test]
fn one_machine_with_two_records_keeps_the_living_one_and_all_groups() {
    let (fleet, ran) = merge([
        old().in_group("Servers").in_group("Desks"),
        new().in_group("Desks"),
    ]);
    ran.succeeds().says("2 done");
    assert_eq!(fleet.names(), ["NEW"]);
    assert_eq!(fleet.world().groups_of("id-NEW"), ["Desks", "Servers"]);
}

#[test]
fn where_the_groups_cannot_be_given_nothing_is_removed() {
    let fleet = Fleet::of([old().in_group("Servers"), new()]);
    let effect = Effect::Status {
        status: 400,
        retry_after: None,
    };
    fleet.fault(Fault::on(Operation::AddEntryToGroup, effect).always());
    fleet.run(MERGE, "").ends_with(5).prints("not made");
    assert_eq!(fleet.received(Operation::DeleteEntry), 0);
    assert_eq!(fleet.len(), 2);
}

#[test]
fn the_groups_must_be_in_the_plan() {
    let script = "//! Merges.\nlet p = plan(); let old = find_computer(\"OLD\");\n\
        p.remove(old, duplicate_of(old, find_computer(\"NEW\"))); p.apply()";
    let fleet = Fleet::of([old().in_group("Servers"), new()]);
    refused(
        &fleet,
        &fleet.run(script, ""),
        &["it is in the group 'Servers', into which 'NEW' neither is nor is put before"],
    );
}

#[test]
fn what_is_not_shown_to_be_one_machine_stays() {
    let host = "pc.lan";
    let cases: [(&str, Vec<Machine>); 5] = [
        // Nothing in common.
        (
            "nothing shows that it is the machine",
            vec![machine("OLD"), machine("NEW").online(true)],
        ),
        // The same host name, and addresses that say otherwise.
        (
            "they have no hardware address in common",
            vec![old().host(host), new().host(host).macs(&[B])],
        ),
        // A dock that goes around.
        (
            "docks",
            vec![
                old().macs(&[A, DOCK]),
                new().macs(&[B, DOCK]),
                machine("X").macs(&[DOCK, "E8-6A-64-00-00-03"]),
                machine("Y").macs(&[DOCK, "E8-6A-64-00-00-04"]),
            ],
        ),
        // A dock that only these two share.
        (
            "may be that of a dock",
            vec![old().macs(&[A, DOCK]), new().macs(&[B, DOCK])],
        ),
        // Two virtual machines from one template.
        (
            "host name in common, and not surely the system",
            vec![
                machine("OLD").host(host),
                machine("NEW")
                    .host(host)
                    .online(true)
                    .with(|e| e.data.as_mut().unwrap().os_name = None),
            ],
        ),
    ];
    for (why, machines) in cases {
        let count = machines.len();
        let (fleet, ran) = merge(machines);
        refused(
            &fleet,
            &ran,
            &["not allowed to remove 1 computer ('OLD') as a duplicate", why],
        );
        assert_eq!(fleet.len(), count);
    }
}

#[test]
fn host_name_and_system_are_enough_where_no_address_conflicts() {
    let (fleet, ran) = merge([
        machine("OLD").host("pc.lan"),
        machine("NEW").host("PC.lan").macs(&[A]).online(true),
    ]);
    ran.succeeds();
    assert_eq!(fleet.names(), ["NEW"]);
}

#[test]
fn where_no_survivor_can_be_told_the_set_is_left_alone() {
    let hours = |n| ago(n * HOUR);
    // Which of two offline records was seen later counts from 48 hours on, to the second.
    for (apart, code) in [(48 * HOUR - 1, 7), (48 * HOUR, 0)] {
        let (fleet, ran) = merge([
            old().seen(ago(100 * HOUR + apart)),
            new().seen(hours(100)).online(false),
        ]);
        ran.ends_with(code);
        assert_eq!(fleet.len() == 2, code == 7, "{}", ran.transcript());
    }
    // A third record of the machine that may be the living one.
    let (fleet, ran) = merge([
        old(),
        new().seen(hours(100)).online(false),
        machine("THIRD").macs(&[A]).seen(hours(90)),
    ]);
    refused(&fleet, &ran, &["'NEW' or 'THIRD' may be the living record"]);
    // Both are connected.
    let (fleet, ran) = merge([old().online(true), new()]);
    refused(&fleet, &ran, &["it is online"]);
}

#[test]
fn a_survivor_that_is_offline_does_not_outlive_one_that_is_online() {
    let (fleet, ran) = merge([
        old(),
        new().online(false).seen(ago(50 * DAY)),
        machine("THIRD").macs(&[A]).online(true),
    ]);
    refused(&fleet, &ran, &["'NEW' or 'THIRD' may be the living record"]);
}

#[test]
fn a_set_is_never_emptied() {
    let script = "//! Removes both.\n\
        let p = plan(); let old = find_computer(\"OLD\"); let kept = find_computer(\"NEW\");\n\
        p.remove(old, duplicate_of(old, kept)); p.remove(kept, chosen(\"old\")); p.apply()";
    let fleet = Fleet::of([old(), new().online(false).seen(ago(50 * DAY))]);
    fleet
        .run(script, "")
        .ends_with(2)
        .says("stays in the place of 'OLD'");
    assert_eq!((fleet.writes(), fleet.len()), (0, 2));
    // Each for the other, in two plans.
    let script = "//! Removes both.\n\
        let old = find_computer(\"OLD\"); let kept = find_computer(\"NEW\");\n\
        let p = plan(); p.remove(old, duplicate_of(old, kept)); p.apply();\n\
        let p = plan(); p.remove(kept, duplicate_of(kept, old)); p.apply()";
    let ran = fleet.run(script, "");
    ran.ends_with(5).says("were not read");
    assert_eq!(fleet.names(), ["NEW"]);
}

#[test]
fn a_survivor_that_has_gone_since_it_was_planned_keeps_the_other() {
    let fleet = Fleet::of([old(), new()]);
    let desk = fleet.desk().file("s.rhai", MERGE);
    desk.run("./s.rhai --plan-out p.json").ends_with(6);
    fleet.edit(|world| world.remove_entry("id-NEW", now()));
    refused(
        &fleet,
        &desk.run("apply p.json"),
        &["not allowed to remove 1 computer ('OLD')"],
    );
    assert_eq!(fleet.names(), ["OLD"]);
}

#[test]
fn a_survivor_that_goes_at_the_last_moment_keeps_the_other() {
    let make = || Fleet::of([old().in_group("Servers"), new()]);
    // On a calm day the last two that are read are the survivor, and then what has gone.
    let calm = make();
    calm.run(MERGE, "").succeeds();
    let before = calm.received(Operation::ReadEntry) - 2;
    let fleet = make();
    let effect = Effect::Status {
        status: 404,
        retry_after: None,
    };
    fleet.fault(Fault::on(Operation::ReadEntry, effect).after(before));
    let ran = fleet.run(MERGE, "--output csv");
    ran.ends_with(5).prints("'NEW' is not in the team any more");
    assert_eq!(fleet.received(Operation::DeleteEntry), 0, "{}", ran.transcript());
}

#[test]
fn remotepc_only_reports_duplicates() {
    let account = Account::of(vec![device("OLD"), device("NEW")]);
    let script = "//! Merges.\nlet p = plan(); let old = find_computer(\"OLD\");\n\
        p.remove(old, duplicate_of(old, find_computer(\"NEW\"))); p.apply()";
    devices::refused(
        &account,
        &account.run(script, ""),
        &["RemotePC Enterprise removes by name, so that duplicates are only reported"],
    );
}
