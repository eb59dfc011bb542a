//! Audit events: ranges and their zone, and the export that goes on where the last one ended.

use std::collections::HashSet;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::desk::Desk;

const TEAM: &str = "--demo --state team.json";
const FOLLOW: &str = "list-audit-events --demo --state team.json --cursor siem --out events.jsonl";

fn file(desk: &Desk) -> Vec<Value> {
    let text = std::fs::read_to_string(desk.desk().join("events.jsonl")).unwrap();
    assert!(text.ends_with('\n'));
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn ids(events: &[Value]) -> HashSet<String> {
    let ids: HashSet<String> = events
        .iter()
        .map(|event| event["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), events.len(), "an event is there twice");
    ids
}

/// All events that there are.
fn listed(desk: &Desk) -> HashSet<String> {
    let ran = desk.run(&format!("list-audit-events {TEAM} --output json"));
    ids(ran.succeeds().json().as_array().unwrap())
}

/// Has something happen in the team.
fn rename(desk: &Desk, from: &str, to: &str) {
    desk.run(&format!("rename-computer {from} {to} {TEAM} --force"))
        .succeeds();
}

#[test]
fn a_range_of_days_includes_its_last_day_and_the_zone_is_printed() {
    let desk = Desk::demo();
    let ran = desk.run("list-audit-events --from 2026-11-16 --to 2026-11-17 --output csv");
    ran.succeeds().says("events from 2026-11-16 to 2026-11-17 (UTC)");
    let (header, rows) = ran.csv();
    let wanted = [
        "Time",
        "Category",
        "Type",
        "User",
        "Computer",
        "Description",
        "EventID",
    ];
    assert_eq!(header[..7], wanted);
    let days: HashSet<&str> = rows.iter().map(|row| &row[0][..10]).collect();
    assert_eq!(days, HashSet::from(["2026-11-16", "2026-11-17"]));
    let part =
        desk.run("list-audit-events --from 2026-11-16T07:00:00+02:00 --to 2026-11-16T17:59:59Z --output csv");
    let (_, part) = part.succeeds().csv();
    let within = |at: &str| ("2026-11-16T05:00:00Z".."2026-11-16T18").contains(&at);
    assert!(!part.is_empty() && part.len() < rows.len() && part.iter().all(|row| within(&row[0])));
    let sessions = desk.run("list-audit-events --connections-only --output csv");
    sessions
        .succeeds()
        .says("events from 2026-10-21T09:00:00Z to 2026-11-20T09:00:00Z (UTC)");
    let (_, sessions) = sessions.csv();
    assert!(sessions.len() > 50 && sessions.iter().all(|row| row[1] == "SESSION_LOG"));
}

#[test]
fn a_range_that_can_be_read_in_two_ways_or_lies_backwards_is_refused() {
    let desk = Desk::demo();
    for (range, says) in [
        ("--from 01/02/2026", "can be read in two ways"),
        ("--to 2.1.2026", "2024-02-01"),
        ("--from 2026-11-16T10:00:00", "no zone"),
        ("--from 2026-02-30", "not in the calendar"),
        ("--from 2026-11-18 --to 2026-11-16", "is not before the end of"),
        (
            "--from 2026-11-18 --to 2026-11-17",
            "`from` (2026-11-18T00:00:00Z) is not before the end of `to` (2026-11-18T00:00:00Z)",
        ),
    ] {
        desk.run(&format!("list-audit-events {range}"))
            .ends_with(2)
            .prints_nothing()
            .says(says);
    }
    desk.run("list-audit-events --from 2026-09-01 --output text")
        .succeeds()
        .says("keeps audit events for 30 days");
}

#[test]
fn each_run_adds_what_is_new_and_nothing_twice() {
    let desk = Desk::new();
    desk.run(FOLLOW)
        .succeeds()
        .prints_nothing()
        .says("cursor `siem`: ");
    let first = file(&desk);
    assert_eq!(ids(&first), listed(&desk));
    assert!(first.len() > 100 && first.iter().all(|event| event["raw"]["eventBody"].is_object()));
    desk.run(FOLLOW).succeeds().says("cursor `siem`: 0 events added");
    rename(&desk, "DC-01", "DC-1");
    desk.run(FOLLOW).succeeds().says("cursor `siem`: 1 event added");
    // At the very same moment, as the clock stands still.
    rename(&desk, "DC-1", "DC-01");
    desk.run(FOLLOW).succeeds().says("cursor `siem`: 1 event added");
    assert_eq!(ids(&file(&desk)), listed(&desk));
    std::fs::rename(desk.desk().join("events.jsonl"), desk.desk().join("events.1")).unwrap();
    rename(&desk, "DC-01", "DC-2");
    desk.run(FOLLOW).succeeds().says("1 event added");
    assert_eq!(file(&desk).len(), 1);
}

#[test]
fn standard_output_and_a_dry_run() {
    let desk = Desk::new();
    let follow = format!("list-audit-events {TEAM} --cursor siem --connections-only");
    let all = desk.run(&format!("{follow} --dry-run"));
    all.succeeds().says("has not moved");
    let ran = desk.run(&follow);
    assert_eq!(ran.succeeds().stdout, all.stdout);
    assert!(ran.stdout.lines().count() > 50);
    desk.run(&follow).succeeds().prints_nothing();
    desk.run(&format!("{FOLLOW} --connections-only --dry-run"))
        .succeeds();
    assert!(!desk.desk().join("events.jsonl").exists());
}

#[test]
fn what_would_have_events_pass_by_is_refused() {
    let desk = Desk::new();
    desk.run(FOLLOW).succeeds();
    for (line, code, says) in [
        (format!("{FOLLOW} --connections-only"), 7, "under another name"),
        (format!("{FOLLOW} --where 'true'"), 2, "never come again"),
        (format!("{FOLLOW} --columns at"), 2, "never come again"),
        (format!("{FOLLOW} --output csv"), 2, "jsonl"),
        (format!("{FOLLOW} --to 2026-11-19"), 2, "exclude each other"),
        (
            format!("list-audit-events {TEAM} --cursor ../x"),
            2,
            "name of a cursor",
        ),
        (
            "list-audit-events --demo=remotepc --cursor siem".to_owned(),
            2,
            "web console",
        ),
    ] {
        desk.run(&line).ends_with(code).prints_nothing().says(says);
    }
}

#[test]
fn a_gap_that_nobody_can_fill_is_said_and_ends_with_5_once() {
    let desk = Desk::new();
    desk.run(FOLLOW).succeeds();
    let desk = desk.var("DESKHAND_NOW", "2026-12-25T09:00:00Z");
    rename(&desk, "DC-01", "DC-1");
    desk.run(FOLLOW)
        .ends_with(5)
        .says("events are missing")
        .says("from then to 2026-11-25T09:00:00Z cannot be had any more")
        .says("1 event added");
    desk.run(FOLLOW).succeeds();
}

#[test]
fn a_run_that_is_killed_loses_nothing_and_repeats_nothing() {
    let desk = Desk::new();
    let all = listed(&desk);
    for seed in 0..8_u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_deskhand"))
            .args(desk.words(FOLLOW))
            .current_dir(desk.desk())
            .env_clear()
            .envs(desk.vars().iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(seed * 37 % 160));
        child.kill().unwrap();
        child.wait().unwrap();
        if seed == 4 {
            rename(&desk, "DC-01", "DC-1");
        }
    }
    desk.run(FOLLOW).succeeds();
    let there = ids(&file(&desk));
    assert_eq!(there, listed(&desk));
    assert!(there.len() > all.len());
}

#[test]
fn a_cursor_that_cannot_be_read_is_not_taken_for_a_new_one() {
    let desk = Desk::new();
    desk.run(FOLLOW).succeeds();
    let cursor = desk.journals().parent().unwrap().join("cursors/siem.json");
    let text = std::fs::read_to_string(&cursor).unwrap();
    let before = file(&desk).len();
    for bad in [&text[..40], "", &text.replacen('{', "{\"later\":1,", 1)] {
        std::fs::write(&cursor, bad).unwrap();
        desk.run(FOLLOW)
            .ends_with(2)
            .says("siem.json")
            .says("a later deskhand may have written it");
        assert_eq!(file(&desk).len(), before);
    }
}

#[test]
fn a_file_that_cannot_be_added_to_leaves_the_cursor_where_it_is() {
    let desk = Desk::new();
    let follow = |out: &str| desk.run(&format!("list-audit-events {TEAM} --cursor siem --out {out}"));
    std::fs::create_dir(desk.desk().join("folder.jsonl")).unwrap();
    for out in ["folder.jsonl", "none/events.jsonl", "/dev/full"] {
        follow(out)
            .ends_with(2)
            .prints_nothing()
            .says(&format!("`{out}` cannot be written"));
    }
    follow("events.jsonl").succeeds();
    assert_eq!(ids(&file(&desk)), listed(&desk));
}

#[test]
fn a_cursor_does_not_begin_tomorrow() {
    let desk = Desk::new();
    desk.run(&format!("{FOLLOW} --from 2026-11-21"))
        .ends_with(2)
        .says("yet to come");
    desk.run(FOLLOW).succeeds();
    assert_eq!(ids(&file(&desk)), listed(&desk));
}

#[test]
fn where_a_name_begins_counts_only_once() {
    let desk = Desk::new();
    let line = format!("{FOLLOW} --from 2026-11-19");
    let first = desk.run(&line);
    assert!(
        !first.succeeds().stderr.contains("goes on"),
        "{}",
        first.transcript()
    );
    desk.run(&line).succeeds().says("`siem` goes on where it was");
}
