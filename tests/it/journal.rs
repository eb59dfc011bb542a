//! `deskhand journal`, as a user meets it.

use std::path::PathBuf;

use deskhand::clock::Clock;
use deskhand::fleet::{Change, ComputerId, ComputerRef, Error, Kind, Outcome, Vendor};
use deskhand::plan::journal::{self, Head, Journal, RunId};
use deskhand::plan::{Kept, KeptComputer, Notes, Presence, Proposal, Reason};
use deskhand::secret::Redactor;
use jiff::Timestamp;

use crate::desk::Desk;

fn folder(desk: &Desk) -> PathBuf {
    let data = desk.vars().iter().find(|(name, _)| name == "DESKHAND_DATA_DIR");
    PathBuf::from(&data.unwrap().1).join("journals")
}

fn computer(name: &str) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(format!("id-{name}")),
        name: name.to_owned(),
    }
}

fn removal(name: &str) -> Proposal {
    let last_seen: Timestamp = "2026-01-31T08:30:00Z".parse().unwrap();
    let computer = computer(name);
    let kept = KeptComputer {
        id: computer.id.to_string(),
        name: name.to_owned(),
        online: Presence::Offline,
        last_seen: Some(last_seen),
        groups: None,
        host: Some("host\u{1b}[2J".to_owned()),
        os: None,
        macs: Vec::new(),
        user: None,
        comment: None,
        raw: serde_json::json!({ "entryId": "1" }).into(),
    };
    Proposal {
        change: Change::RemoveComputer { computer },
        reason: Some(Reason::Stale {
            last_seen,
            cutoff: "2026-08-22T00:00:00Z".parse().unwrap(),
        }),
        before: Some(Kept::Computer(Box::new(kept))),
    }
}

/// Makes the journal of a run at a time of the day: one change done, one failed, one in flight, one not begun. Returns its name.
fn made(desk: &Desk, time: &str, ends: bool) -> String {
    let started = format!("2026-11-20T{time}Z").parse().unwrap();
    let head = Head {
        run: RunId::new(started, "acme"),
        profile: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        host: "connect-api.services.vnc.com".to_owned(),
        program: "0.1.0".to_owned(),
        started,
        what: "clean-stale-computers".to_owned(),
    };
    let clock = Clock::Frozen(started);
    let journal = Journal::create(&folder(desk), &head, clock, &Redactor::default()).unwrap();
    let rename = Proposal::of(Change::Rename {
        computer: computer("PC-2"),
        to: "PC-3".to_owned(),
    });
    let proposals = [removal("PC-1"), rename, removal("PC-4"), removal("PC-5")];
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let notes = Notes {
        relaxed: vec!["--max-removals 60".to_owned()],
        ..Notes::default()
    };
    let numbers = journal.plan(&notes, &proposals).unwrap();
    let begun: Vec<_> = numbers[..3].iter().copied().zip(&proposals).collect();
    runtime.block_on(journal.begin(&begun)).unwrap();
    journal.came(numbers[0], &Outcome::Done(None)).unwrap();
    let taken = Error::new(Kind::Conflict, "the name is taken");
    journal.came(numbers[1], &Outcome::Failed(taken)).unwrap();
    if ends {
        runtime.block_on(journal.close()).unwrap();
    }
    head.run.to_string()
}

#[test]
fn the_runs_are_listed_with_what_came_of_them() {
    let desk = Desk::new();
    let (old, new) = (made(&desk, "08:00:00", true), made(&desk, "08:30:00", false));
    std::fs::write(folder(&desk).join("20261101T000000Z-x-0000.jsonl"), "x\n").unwrap();
    let (header, rows) = desk
        .run("journal list --output csv --columns run,profile,done,failed,unknown,in_flight,not_begun,state")
        .succeeds()
        .says("an interrupted run goes on with: deskhand apply --resume RUN")
        .csv();
    assert_eq!(
        header,
        [
            "Run", "Profile", "Done", "Failed", "Unknown", "InFlight", "NotBegun", "State"
        ]
    );
    assert_eq!(
        rows,
        [
            [new.as_str(), "acme", "1", "1", "0", "1", "1", "interrupted"],
            [old.as_str(), "acme", "1", "1", "0", "1", "1", "ended"],
            ["20261101T000000Z-x-0000", "", "", "", "", "", "", "damaged"],
        ]
    );
    desk.run("journal list --where 'state == \"damaged\"' --output json")
        .succeeds()
        .prints("0000.jsonl:1: the journal is damaged: its checksum does not fit");
    desk.run("journal list")
        .succeeds()
        .prints("2026-11-20 08:30")
        .prints("In flight");
    desk.run("journal list --sort started --output text --where 'state != \"damaged\"'")
        .succeeds()
        .prints(&format!("{old}\n{new}\n"));
}

#[test]
fn a_run_is_shown_a_row_for_each_change() {
    let desk = Desk::new();
    let run = made(&desk, "08:00:00", true);
    let shown = desk.run("journal show last --output csv");
    let (header, rows) = shown.succeeds().csv();
    assert_eq!(header[..5], ["Change", "Target", "To", "Outcome", "At"]);
    let outcomes: Vec<&[String]> = rows.iter().map(|row| &row[..4]).collect();
    assert_eq!(
        outcomes,
        [
            ["remove_computer", "PC-1", "removed from the team", "done"],
            ["rename", "PC-2", "PC-3", "failed"],
            ["remove_computer", "PC-4", "removed from the team", "in_flight"],
            ["remove_computer", "PC-5", "removed from the team", "not_begun"],
        ]
    );
    assert_eq!(
        rows[0][5],
        "last seen 2026-01-31T08:30:00Z, before 2026-08-22T00:00:00Z"
    );
    assert_eq!(rows[1][6], "the name is taken");
    assert_eq!(
        (rows[2][4].as_str(), rows[3][4].as_str()),
        ("2026-11-20T08:00:00Z", "")
    );
    shown.says(&format!(
        "run {run}: clean-stale-computers of profile `acme` (realvnc, connect-api.services.vnc.com), with --max-removals 60; \
         started 2026-11-20T08:00:00Z, ended 2026-11-20T08:00:00Z"
    ));
    desk.run("journal show 20261120T08 --where 'outcome == \"in_flight\"' --output text")
        .succeeds()
        .prints("PC-4\n");
}

#[test]
fn a_run_is_written_out_with_all_that_is_known() {
    let desk = Desk::new();
    made(&desk, "08:00:00", false);
    let ran = desk.run("journal export last");
    let lines: Vec<serde_json::Value> = ran
        .succeeds()
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["before"]["computer"]["raw"]["entryId"], "1");
    assert_eq!(lines[0]["before"]["computer"]["host"], "host\u{1b}[2J");
    assert_eq!(lines[1]["error"]["kind"], "conflict");
    assert_eq!(lines[1]["proposed"]["computer"]["id"], "id-PC-2");
    assert_eq!(lines[2]["outcome"], "in_flight");
    assert_eq!(lines[2]["settled"], serde_json::Value::Null);
    assert_eq!(lines[3]["outcome"], "not_begun");
    assert_eq!(lines[3]["at"], serde_json::Value::Null);
    assert_eq!(lines[3]["plan"], 1);
    desk.run("journal export last --out run.csv")
        .succeeds()
        .prints_nothing();
    let csv = std::fs::read_to_string(desk.desk().join("run.csv")).unwrap();
    assert!(csv.starts_with(
        "Number,Plan,At,Change,Target,To,ID,Reason,Outcome,Settled,Note,Error,Proposed,Before\n1,1,"
    ));
    assert_eq!(
        desk.run("journal export last --output json").succeeds().json()[1]["id"],
        "id-PC-2"
    );
}

#[test]
fn a_run_that_was_broken_off_says_how_to_go_on_and_later_that_it_was_resumed() {
    let desk = Desk::new();
    let run = made(&desk, "08:00:00", false);
    let go_on = format!("1 in flight, 1 not begun; go on with: deskhand apply --resume {run}");
    desk.run("journal show last").succeeds().says(&go_on);
    let path = folder(&desk).join(format!("{run}.jsonl"));
    let clock = Clock::Frozen("2026-11-20T08:20:00Z".parse().unwrap());
    let left = journal::read(&path).unwrap();
    let journal = Journal::resume(&path, &left, clock, &Redactor::default()).unwrap();
    for entry in left.entries.iter().filter(|entry| entry.came.is_none()) {
        journal.came(entry.number, &Outcome::AlreadySo).unwrap();
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(journal.close()).unwrap();
    let shown = desk.run("journal show last");
    shown
        .succeeds()
        .says("started 2026-11-20T08:00:00Z, ended 2026-11-20T08:20:00Z")
        .says("it was resumed 2026-11-20T08:20:00Z");
    assert!(!shown.stderr.contains("--resume"), "{}", shown.stderr);
    desk.run("journal export last")
        .succeeds()
        .says("it was resumed 2026-11-20T08:20:00Z");
    let listed = desk.run("journal list --output csv --columns already_so,not_begun,resumed,state");
    assert_eq!(listed.succeeds().csv().1, [["2", "0", "1", "ended"]]);
    assert!(!listed.stderr.contains("--resume"), "{}", listed.stderr);
}

#[test]
fn a_torn_last_line_is_told_and_left_out() {
    let desk = Desk::new();
    let run = made(&desk, "08:00:00", false);
    let path = folder(&desk).join(format!("{run}.jsonl"));
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.truncate(text.len() - 20);
    std::fs::write(&path, text).unwrap();
    desk.run("journal show last")
        .succeeds()
        .says("broken off")
        .says("warning: line 11 of the journal, its last, was not written whole and is left out");
    let (_, rows) = desk
        .run("journal list --output csv --columns in_flight,state")
        .csv();
    assert_eq!(rows, [["2", "interrupted"]]);
}

#[test]
fn what_cannot_be_shown_is_told_why_and_what_to_do() {
    let desk = Desk::new();
    desk.run("journal list --output text")
        .succeeds()
        .prints_nothing()
        .says("has no journals");
    desk.run("journal show last")
        .ends_with(2)
        .says("there is no run `last`");
    let run = made(&desk, "08:00:00", true);
    let wrong = run.replacen("acme", "acne", 1);
    desk.run(&format!("journal show {wrong}"))
        .ends_with(2)
        .says(&format!("there is no run `{wrong}`"))
        .says(&format!("did you mean `{run}`?"));
    made(&desk, "08:00:01", true);
    desk.run("journal export 20261120")
        .ends_with(2)
        .says("`20261120` is the beginning of 2 runs");
    for option in ["--demo", "--profile=acme"] {
        desk.run(&format!("journal list {option}"))
            .ends_with(2)
            .says("is of no use here");
    }
    let path = folder(&desk).join(format!("{run}.jsonl"));
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("PC-2", "PC-9", 1)).unwrap();
    desk.run(&format!("journal show {run}"))
        .ends_with(2)
        .says(":4: the journal is damaged: its checksum does not fit")
        .says("hint: ");
}
