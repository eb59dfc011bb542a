//! The policies that come as examples: each does what it says.

use super::*;

/// Cleans up by an example, and returns who is left.
fn left(example: &str, machines: Vec<Machine>, told: &str) -> Vec<String> {
    let fleet = Fleet::of(machines);
    let desk = fleet.desk();
    desk.run(&format!("new policy mine.rhai --example {example}"))
        .succeeds();
    desk.run("clean-stale-computers 90d --force --policy mine.rhai")
        .succeeds()
        .says(told);
    let mut names = fleet.names();
    names.sort();
    names
}

#[test]
fn servers_stay_longer_than_laptops() {
    let machines = vec![
        machine("SRV-1"),
        machine("SRV-2").seen(ago(400 * DAY)),
        machine("BOX")
            .with(|entry| entry.data.as_mut().unwrap().os_name = Some("Windows Server 2022".to_owned())),
        machine("LT-1"),
    ];
    let left = left(
        "keep-servers-longer",
        machines,
        "left alone: 2 kept by the policy",
    );
    assert_eq!(left, ["BOX", "SRV-1"]);
}

#[test]
fn a_group_is_never_touched() {
    let machines = vec![
        machine("A").in_group("Servers"),
        machine("B").in_group("Desks"),
        machine("C"),
    ];
    let left = left(
        "never-touch-a-group",
        machines,
        "left alone: 1 in the group Servers",
    );
    assert_eq!(left, ["A"]);
}

#[test]
fn the_newest_two_of_each_user_stay() {
    let aged = |name: &str, days| machine(name).seen(ago(days * DAY));
    let machines = vec![
        aged("mia-desk", 110),
        aged("mia-lab", 130),
        aged("Mia-laptop", 100),
        aged("tom-laptop", 200),
        aged("tom-desk", 95),
        aged("old-nas", 300),
        aged("mia-tablet", 120),
        machine("mia-new").never_seen(),
    ];
    let left = left(
        "keep-newest-two",
        machines,
        "2 of the newest 2 of mia, 1 of the newest 2 of old, 2 of the newest 2 of tom",
    );
    assert_eq!(
        left,
        [
            "Mia-laptop",
            "mia-desk",
            "mia-new",
            "old-nas",
            "tom-desk",
            "tom-laptop"
        ]
    );
}
