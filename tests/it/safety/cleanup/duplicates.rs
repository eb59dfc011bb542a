//! `clean-duplicates`.

use super::devices::device;
use super::*;

/// A machine that was set up anew: `PC-7` is its old record, and `PC-7 (2)` the living one.
fn anew() -> [Machine; 2] {
    [
        machine("PC-7").macs(&[A]).in_group("Servers"),
        machine("PC-7 (2)")
            .id("new")
            .macs(&[A])
            .seen(ago(DAY))
            .online(true)
            .in_group("Desks"),
    ]
}

/// Two records of one machine of which nobody can say which one lives on.
fn doubtful() -> [Machine; 2] {
    ["LAB-1", "LAB-2"].map(|name| machine(name).macs(&[B]).seen(ago(5 * DAY)))
}

fn all(parts: impl IntoIterator<Item = Vec<Machine>>) -> Fleet {
    Fleet::of(parts.into_iter().flatten())
}

#[test]
fn planned_applied_and_applied_again() {
    let fleet = all([anew().into(), doubtful().into(), vec![machine("PC-8")]]);
    let desk = fleet.desk();
    let plan = desk.run("clean-duplicates --all --dry-run --output json");
    plan.ends_with(6)
        .says("'LAB-1' (id-LAB-1), 'LAB-2' (id-LAB-2): of a set without one clear survivor")
        .says("left alone: 2 of a set without one clear survivor, 1 surviving, 1 without duplicates");
    let rows = plan.json();
    let changes: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["change"].as_str().unwrap())
        .collect();
    assert_eq!(changes, ["group_add", "remove_computer", "rename"]);
    assert_eq!(fleet.writes(), 0);
    let applied = desk.run("clean-duplicates --all --force");
    applied.succeeds().says("3 done");
    assert_eq!(fleet.names(), ["LAB-1", "LAB-2", "PC-7", "PC-8"]);
    assert_eq!(fleet.world().groups_of("new"), ["Desks", "Servers"]);
    let writes = fleet.writes();
    desk.run("clean-duplicates --all --force").succeeds();
    assert_eq!((fleet.writes(), fleet.len()), (writes, 4));
}

#[test]
fn a_prefix_leaves_what_is_called_otherwise_and_sets_that_are_only_in_part_called_so() {
    let other = [
        machine("DESK-1").macs(&[B]),
        machine("PC-9").macs(&[B]).seen(ago(DAY)).online(true),
    ];
    let fleet = all([anew().into(), other.into()]);
    fleet
        .desk()
        .run("clean-duplicates pc-9 --force")
        .succeeds()
        .says("'DESK-1' (id-DESK-1), 'PC-9' (id-PC-9): of a set with other names too")
        .says("2 not asked for");
    assert_eq!((fleet.writes(), fleet.len()), (0, 4));
    fleet.desk().run("clean-duplicates pc-7 --force").succeeds();
    assert_eq!(fleet.names(), ["DESK-1", "PC-7", "PC-9"]);
}

#[test]
fn it_has_to_be_said_which() {
    let fleet = all([anew().into()]);
    for (words, why) in [
        ("", "a PREFIX is needed, or else --all"),
        ("pc --all", "PREFIX and --all exclude each other"),
    ] {
        let ran = fleet.desk().run(&format!("clean-duplicates {words} --force"));
        ran.ends_with(2).says(why);
    }
    assert_eq!(fleet.writes(), 0);
}

#[test]
fn a_name_that_another_computer_has_is_not_taken() {
    let namesake = machine("PC-7").id("other").host("elsewhere");
    let fleet = all([anew().into(), vec![namesake]]);
    fleet.desk().run("clean-duplicates --all --force").succeeds();
    assert_eq!(fleet.names(), ["PC-7", "PC-7 (2)"]);
    assert_eq!(fleet.world().entries()[0].id, "other");
}

#[test]
fn a_set_whose_groups_cannot_be_read_is_told_and_left_alone() {
    let fleet = Fleet::lacking(&["LIST_ENTRY_GROUPS"], anew());
    fleet
        .desk()
        .run("clean-duplicates --all --force")
        .succeeds()
        .says("of a set with groups that cannot be read");
    assert_eq!((fleet.writes(), fleet.len()), (0, 2));
}

#[test]
fn a_set_with_a_protected_computer_is_left_alone() {
    for entry in ["PC-7", "PC-7 (2)"] {
        let fleet = all([anew().into()]);
        let desk = fleet.desk_with(&format!("protect = [\"{entry}\"]"));
        desk.run("clean-duplicates --all --force")
            .succeeds()
            .says("2 of a set with a protected computer");
        assert_eq!(fleet.writes(), 0);
    }
}

#[test]
fn laptops_at_one_dock_are_no_duplicates_of_each_other() {
    const DOCK: &str = "F8-E4-3B-00-00-07";
    let laptops = (1..=5).map(|n| {
        let own = format!("E8-6A-64-00-01-0{n}");
        let laptop = machine(format!("LT-{n}")).macs(&[DOCK, &own]);
        if n == 1 {
            laptop.seen(ago(DAY)).online(true)
        } else {
            laptop
        }
    });
    let fleet = Fleet::of(laptops);
    fleet
        .desk()
        .run("clean-duplicates --all --force")
        .succeeds()
        .says("left alone: 5 without duplicates");
    assert_eq!(fleet.writes(), 0);
}

#[test]
fn on_remotepc_sets_are_only_told() {
    let mut other = device("A");
    other.machine_id = "M-other".to_owned();
    let account = Account::of(vec![device("A"), other, device("B")]);
    let ran = account.desk().run("clean-duplicates --all --force");
    ran.succeeds()
        .says("'A' (M-A), 'A' (M-other): of a set on RemotePC, which removes by name");
    assert_eq!(account.writes(), 0);
}
