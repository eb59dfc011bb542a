//! Rules 5, 6 and 18: whole lists, protected computers, and profiles that are only read.

use deskhand::sim::realvnc::Operation;
use deskhand::sim::{Effect, Fault};

use super::devices::{Account, device};
use super::fleet::{DAY, Fleet, ago, machine, machines, refused};
use super::{CHOOSE, CLEAN, NAMED};

#[test]
fn a_list_that_is_not_whole_makes_no_plan() {
    let spoiled: [(Operation, Effect); 5] = [
        (Operation::ListEntries, Effect::TruncatedJson),
        (Operation::ListEntries, Effect::LinkToItself),
        (Operation::ListEntries, Effect::Html),
        (Operation::ListEntryPresence, Effect::TruncatedJson),
        (Operation::ListEntryGroups, Effect::TruncatedJson),
    ];
    for (operation, effect) in spoiled {
        let fleet = Fleet::of(machines(120));
        // Of the lists that the guards read, one page is bad; the script itself had a good one.
        fleet.fault(
            Fault::on(operation, effect.clone())
                .after(u64::from(operation == Operation::ListEntries) * 3)
                .always(),
        );
        let ran = fleet.run(CLEAN, "30d --max-removals 120");
        assert!(matches!(ran.code, Some(4)), "{effect:?}\n{}", ran.transcript());
        assert_eq!((fleet.writes(), fleet.len()), (0, 120), "{effect:?}");
    }
}

#[test]
fn a_list_that_comes_back_empty_makes_no_plan() {
    let fleet = Fleet::of(machines(120));
    // The second page of the guards' own list.
    fleet.falsify(Operation::ListEntries, 4, "/entries", serde_json::json!([]));
    let ran = fleet.run(CLEAN, "30d --max-removals 120");
    assert_ne!(ran.code, Some(0), "{}", ran.transcript());
    assert_eq!((fleet.writes(), fleet.len()), (0, 120), "{}", ran.transcript());
}

#[test]
fn a_list_that_leaves_out_what_is_there_cannot_be_relied_upon() {
    let fleet = Fleet::of(machines(2));
    let first = serde_json::json!([{ "entryId": "id-PC-1", "name": "PC-1" }]);
    // The script's list was whole.
    fleet.falsify(Operation::ListEntries, 1, "/entries", first);
    refused(
        &fleet,
        &fleet.run(CLEAN, "30d"),
        &[
            "decided on is incomplete: the list of computers leaves out 'PC-2'",
            "make the plan again",
        ],
    );
}

#[test]
fn a_list_of_remotepc_whose_second_page_repeats_the_first_makes_no_plan() {
    let account = Account::of((0..600).map(|n| device(&format!("A-{n}"))).collect());
    account.falsify(0, "/message/pagination/current_page_index", 1);
    let ran = account.run(CLEAN, "30d --max-removals 600");
    assert!(matches!(ran.code, Some(4)), "{}", ran.transcript());
    assert_eq!((account.writes(), account.names().len()), (0, 600));
}

/// Every way to touch the computer `DC-1`.
const TOUCHES: [&str; 5] = [
    "let p = plan(); p.remove(find_computer(\"DC-1\"), chosen(\"old\")); p.apply()",
    "remove_computer(\"DC-1\")",
    "rename(\"DC-1\", \"PC-9\")",
    "group_add(\"Desks\", \"DC-1\")",
    "group_remove(\"Servers\", \"DC-1\")",
];

#[test]
fn what_is_protected_is_not_touched_whatever_the_flags() {
    for protect in ["DC-*", "dc-?", "id-DC-1", "group:Servers", "group:s*"] {
        for touch in TOUCHES {
            let fleet = Fleet::of([
                machine("DC-1").in_group("Servers"),
                machine("PC-2").in_group("Desks"),
            ]);
            let desk = fleet
                .desk_with(&format!("protect = [\"{protect}\"]"))
                .file("s.rhai", &format!("//! Touches.\n{touch}"));
            let ran = desk.run("./s.rhai --force --max-removals 9 --allow-short-period");
            refused(
                &fleet,
                &ran,
                &[
                    "not allowed to touch 1 computer ('DC-1')",
                    &format!("protected by \"{protect}\""),
                    "`protect` in the profile",
                ],
            );
        }
    }
}

#[test]
fn what_is_not_protected_is_touched_beside_it() {
    let fleet = Fleet::of([
        machine("DC-1").in_group("Servers"),
        machine("XDC-1"),
        machine("PC-2").in_group("Desks"),
    ]);
    let desk = fleet
        .desk_with("protect = [\"DC-*\", \"group:Servers\"]")
        .file("s.rhai", NAMED);
    desk.run("./s.rhai --force XDC-1 PC-2").succeeds();
    assert_eq!(fleet.names(), ["DC-1"]);
}

#[test]
fn one_protected_computer_refuses_the_whole_plan() {
    let fleet = Fleet::of([machine("DC-1"), machine("PC-2")]);
    let desk = fleet.desk_with("protect = [\"DC-*\"]").file("s.rhai", CHOOSE);
    refused(&fleet, &desk.run("./s.rhai --force"), &["protected by \"DC-*\""]);
    assert_eq!(fleet.len(), 2);
}

#[test]
fn where_groups_are_protected_and_cannot_be_read_nothing_is_touched() {
    for touch in &TOUCHES[..3] {
        let fleet = Fleet::lacking(&["LIST_ENTRY_GROUPS"], [machine("DC-1")]);
        let desk = fleet
            .desk_with("protect = [\"group:Servers\"]")
            .file("s.rhai", &format!("//! Touches.\n{touch}"));
        let ran = desk.run("./s.rhai --force");
        assert!(matches!(ran.code, Some(4 | 7)), "{}", ran.transcript());
        assert_eq!((fleet.writes(), fleet.len()), (0, 1), "{}", ran.transcript());
    }
}

/// Saves a plan, lets something happen, and applies it.
fn meanwhile(touch: &str, change: impl FnOnce(&Fleet)) -> (Fleet, crate::desk::Ran) {
    let fleet = Fleet::of([
        machine("PC-1").in_group("Desks"),
        machine("DC-1").in_group("Servers"),
    ]);
    let desk = fleet
        .desk_with("protect = [\"DC-*\", \"group:Servers\"]")
        .file("s.rhai", &format!("//! Touches.\n{touch}"));
    desk.run("./s.rhai --plan-out p.json").ends_with(6);
    change(&fleet);
    let ran = desk.run("apply p.json");
    (fleet, ran)
}

#[test]
fn what_has_become_protected_since_it_was_planned_is_not_touched() {
    for touch in [
        "remove_computer(\"PC-1\")",
        "rename(\"PC-1\", \"PC-9\")",
        "group_add(\"Servers\", \"PC-1\")",
        "group_remove(\"Desks\", \"PC-1\")",
    ] {
        // Somebody puts it into a protected group at the portal.
        let (fleet, ran) = meanwhile(touch, |fleet| {
            fleet.edit(|world| {
                let mut made = serde_json::to_value(&*world).unwrap();
                for group in made["entry_groups"].as_array_mut().unwrap() {
                    if group["name"] == "Servers" {
                        group["members"].as_array_mut().unwrap().push("id-PC-1".into());
                    }
                }
                *world = serde_json::from_value(made).unwrap();
            });
        });
        refused(&fleet, &ran, &["protected by \"group:Servers\""]);
        // Somebody makes it a domain controller.
        let (fleet, ran) = meanwhile(touch, |fleet| {
            fleet.edit(|world| world.change_entry("id-PC-1", |entry| entry.name = "DC-2".to_owned()));
        });
        refused(&fleet, &ran, &["protected by \"DC-*\""]);
    }
}

#[test]
fn read_only_lets_no_write_function_do_anything() {
    let writes = [
        "rename(\"PC-1\", \"PC-9\")",
        "remove_computer(\"PC-1\")",
        "let p = plan(); p.rename(\"PC-1\", \"PC-9\"); p.apply()",
        "group_add(\"Desks\", \"PC-1\")",
        "invite_user(\"a@b.example\", [\"USER\"])",
    ];
    for write in writes {
        let fleet = Fleet::of([machine("PC-1").seen(ago(100 * DAY))]);
        let script = format!("//! Writes.\n{write}");
        let ran = fleet.run(&script, "--read-only");
        refused(&fleet, &ran, &["not allowed to ", "--read-only was given"]);
        let desk = fleet.desk_with("read_only = true").file("s.rhai", &script);
        refused(
            &fleet,
            &desk.run("./s.rhai --force --max-removals 9"),
            &["profile `acme` is read-only"],
        );
    }
}

#[test]
fn a_saved_plan_is_not_applied_where_nothing_may_be_written() {
    let fleet = Fleet::of(machines(1));
    let desk = fleet.desk().file("s.rhai", CHOOSE);
    desk.run("./s.rhai --plan-out p.json").ends_with(6);
    refused(
        &fleet,
        &desk.run("apply p.json --read-only"),
        &["--read-only was given"],
    );
    desk.run("apply p.json").succeeds();
    assert_eq!(fleet.len(), 0);
}
