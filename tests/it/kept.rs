//! What a clean-up leaves alone: each with why, and the counts add up to the fleet.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::desk::Desk;

const VENDORS: [&str; 2] = ["realvnc", "remotepc"];

/// The report of the last command.
fn report(desk: &Desk) -> Value {
    let text = std::fs::read_to_string(desk.desk().join("run.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn size(desk: &Desk) -> usize {
    let listed = desk.run("list-computers --output json").json();
    listed.as_array().unwrap().len()
}

/// Checks that what is removed and what is left alone are the whole fleet, in the list as in the counts and in what is said.
/// Returns how many computers are removed.
#[track_caller]
fn adds_up(desk: &Desk, line: &str, code: i32, fleet: usize) -> usize {
    let ran = desk.run(&format!("{line} --report run.json"));
    ran.ends_with(code);
    let report = report(desk);
    let profile = &report["profiles"][0];
    let changes = profile["changes"].as_array().unwrap().iter();
    let removed = changes.filter(|row| row["change"] == "remove_computer").count();
    let kept = profile["notes"]["kept"].as_array().unwrap();
    assert_eq!(removed + kept.len(), fleet, "{}", ran.transcript());
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for one in kept {
        let why = one["why"].as_str().unwrap();
        assert!(
            !why.is_empty() && !one["name"].as_str().unwrap().is_empty(),
            "{one}"
        );
        assert!(one["id"].is_string(), "{one}");
        *counts.entry(why).or_default() += 1;
    }
    let told = &profile["notes"]["left_alone"];
    assert_eq!(told, &serde_json::to_value(&counts).unwrap(), "{line}");
    let told: Vec<String> = counts
        .iter()
        .map(|(why, count)| format!("{count} {why}"))
        .collect();
    ran.says(&format!("left alone: {}", told.join(", ")));
    if removed > 0 {
        ran.says(&format!("the inventory had {fleet} computers"));
    }
    removed
}

#[test]
fn what_is_planned_and_what_is_left_alone_are_the_whole_fleet() {
    for vendor in VENDORS {
        let desk = Desk::demo_of(vendor);
        let fleet = size(&desk);
        let stale = adds_up(&desk, "clean-stale-computers 180d --dry-run", 6, fleet);
        assert!(stale > 1, "{vendor}");
        assert_eq!(
            adds_up(&desk, "clean-stale-computers 180d --plan-out plan.json", 6, fleet),
            stale
        );
        // Nothing to do is told with the same counts.
        assert_eq!(adds_up(&desk, "clean-stale-computers 9y --dry-run", 0, fleet), 0);
        assert_eq!(adds_up(&desk, "clean-stale-computers 9y --force", 0, fleet), 0);
        let code = if vendor == "realvnc" { 6 } else { 0 };
        adds_up(&desk, "clean-duplicates --all --dry-run", code, fleet);
        adds_up(&desk, "clean-duplicates DSN- --dry-run", code, fleet);
    }
}

#[test]
fn they_are_the_whole_fleet_by_any_policy() {
    for vendor in VENDORS {
        let desk = Desk::demo_of(vendor);
        let fleet = size(&desk);
        for example in ["keep-newest-two", "keep-servers-longer", "never-touch-a-group"] {
            if (vendor, example) == ("remotepc", "never-touch-a-group") {
                // RemotePC does not tell the groups.
                continue;
            }
            let file = format!("{example}.rhai");
            desk.run_bare(&format!("new policy {file} --example {example}"))
                .succeeds();
            let line = format!("clean-stale-computers 180d --dry-run --policy {file}");
            let shipped = adds_up(&desk, "clean-stale-computers 180d --dry-run", 6, fleet);
            assert!(adds_up(&desk, &line, 6, fleet) < shipped, "{vendor}: {example}");
            let code = if vendor == "realvnc" { 6 } else { 0 };
            let line = format!("clean-duplicates --all --dry-run --policy {file}");
            adds_up(&desk, &line, code, fleet);
        }
    }
}

#[test]
fn they_are_the_whole_fleet_after_the_removal_too() {
    for vendor in VENDORS {
        let desk = Desk::demo_of(vendor);
        let fleet = size(&desk);
        let line = "clean-stale-computers 180d --state team.json";
        adds_up(&desk, &format!("{line} --plan-out plan.json"), 6, fleet);
        // The report of the plan that is applied has what was left alone when it was made.
        let applied = adds_up(&desk, "apply plan.json --state team.json", 0, fleet);
        let left = fleet - applied;
        assert_eq!(adds_up(&desk, &format!("{line} --force"), 0, left), 0);
        let line = "clean-stale-computers 120d --state team.json --force --max-removals 90";
        adds_up(&desk, line, 0, left);
    }
}

#[test]
fn a_saved_plan_shows_what_it_leaves_alone() {
    let desk = Desk::demo();
    desk.run("clean-stale-computers 90d --plan-out plan.json")
        .ends_with(6);
    let kept = desk.run("plan show plan.json --kept --output json").json();
    let kept = kept.as_array().unwrap();
    assert_eq!(kept.len(), 187);
    let unknown = kept.iter().filter(|one| one["why"] == "unknown").count();
    assert_eq!(unknown, 8);
    desk.run("plan show plan.json --kept --where 'why == \"unknown\"' --sort name --output csv")
        .succeeds()
        .prints("Name,Why,ID\n")
        .says("left alone: 179 seen since, 8 unknown");
    desk.run("plan show plan.json --output text")
        .succeeds()
        .prints("backup-vault\n");
}

#[test]
fn a_policy_that_loses_a_computer_among_the_duplicates_is_an_error() {
    let desk = Desk::demo().file("lost.rhai", "fn machines(alike) { [] }\n");
    for line in ["clean-duplicates --all --dry-run", "explain DSN-IMAC-17"] {
        desk.run(&format!("{line} --policy lost.rhai"))
            .ends_with(3)
            .prints_nothing()
            .says("each computer is to be in one list")
            .says("lost.rhai:1:4");
    }
}
