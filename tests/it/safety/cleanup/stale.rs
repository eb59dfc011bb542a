//! `clean-stale-computers`.

use super::devices::device;
use super::*;

/// A team of whose computers one is stale.
fn team() -> Fleet {
    Fleet::of([
        machine("OLD"),
        machine("LATELY").seen(ago(DAY)),
        machine("NEVER").never_seen(),
        machine("FUTURE").seen("2027-01-01T00:00:00Z"),
        machine("EPOCH").seen("1970-01-01T00:00:00Z"),
        machine("ONLINE").online(true),
    ])
}

const KEPT: [&str; 5] = ["EPOCH", "FUTURE", "LATELY", "NEVER", "ONLINE"];

#[test]
fn planned_applied_and_applied_again() {
    let fleet = team();
    let desk = fleet.desk();
    let plan = desk.run("clean-stale-computers 90d --dry-run --output json");
    plan.ends_with(6)
        .says("left alone: 1 not surely offline, 1 seen since, 3 unknown");
    assert_eq!(plan.json().as_array().unwrap().len(), 1, "{}", plan.transcript());
    assert_eq!((fleet.writes(), fleet.len()), (0, 6));
    desk.run("clean-stale-computers 90d --force")
        .succeeds()
        .prints("OLD");
    assert_eq!(
        (fleet.writes(), fleet.names()),
        (1, KEPT.map(str::to_owned).to_vec())
    );
    desk.run("clean-stale-computers 90d --force").succeeds();
    assert_eq!((fleet.writes(), fleet.len()), (1, 5));
}

#[test]
fn what_the_profile_protects_stays_whatever_its_age() {
    let fleet = Fleet::of([
        machine("DC-1"),
        machine("PC-1"),
        machine("PC-2").in_group("Servers"),
    ]);
    let desk = fleet.desk_with("protect = [\"DC-*\", \"group:Servers\"]");
    desk.run("clean-stale-computers 90d --force")
        .succeeds()
        .says("left alone: 2 protected");
    assert_eq!(fleet.names(), ["DC-1", "PC-2"]);
}

#[test]
fn a_key_that_reads_neither_presence_nor_groups_is_enough() {
    let fleet = Fleet::lacking(
        &["LIST_PRESENCE", "LIST_ENTRY_GROUPS"],
        [machine("OLD"), machine("LATELY").seen(ago(DAY))],
    );
    fleet.desk().run("clean-stale-computers 90d --force").succeeds();
    assert_eq!(fleet.names(), ["LATELY"]);
}

#[test]
fn on_remotepc_what_shares_its_name_stays() {
    let mut other = device("A");
    other.machine_id = "M-other".to_owned();
    let account = Account::of(vec![device("A"), other, device("B")]);
    let desk = account.desk();
    desk.run("clean-stale-computers 180d --force")
        .succeeds()
        .says("left alone: 2 of several of one name");
    assert_eq!(account.names(), ["A", "A"]);
}
