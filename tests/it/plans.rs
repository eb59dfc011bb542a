//! Saved plans, as a user meets them: whole, and after something has happened to them.

use std::path::Path;

use deskhand::fleet::{Change, ComputerId, ComputerRef, Vendor};
use deskhand::plan::{Binding, Plan, Proposal, Reason, saved};
use deskhand::secret::Redactor;

use crate::desk::{Desk, Ran};

/// An hour before it is at every desk.
const MADE: &str = "2026-11-20T08:00:00Z";

fn computer(name: &str) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(format!("id-{name}")),
        name: name.to_owned(),
    }
}

fn plan(made_at: &str) -> Plan {
    let binding = Binding {
        profile: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        host: "api.x.example".to_owned(),
    };
    let mut plan = Plan::new(binding, made_at.parse().unwrap());
    plan.notes.left_alone.insert("unknown".to_owned(), 3);
    for name in ["OLD-10", "OLD-9"] {
        plan.push(Proposal {
            reason: Some(Reason::Chosen("sold".to_owned())),
            ..Proposal::of(Change::RemoveComputer {
                computer: computer(name),
            })
        })
        .unwrap();
    }
    let computer = computer("PC-1");
    let to = "PC-\u{1b}[2J".to_owned();
    plan.push(Proposal::of(Change::Rename { computer, to })).unwrap();
    plan
}

/// A desk with a plan on it.
fn desk(plan: &Plan) -> Desk {
    let desk = Desk::new();
    save(plan, &desk.desk().join("p.json"));
    desk
}

fn save(plan: &Plan, path: &Path) {
    saved::save(plan, &Redactor::default(), path, "p.json").unwrap();
}

/// Shows a plan that something has happened to.
fn shown(edit: impl FnOnce(String) -> String) -> Ran {
    let desk = desk(&plan(MADE));
    let text = std::fs::read_to_string(desk.desk().join("p.json")).unwrap();
    desk.file("p.json", &edit(text)).run("plan show p.json")
}

#[test]
fn a_plan_is_shown_with_whose_it_is_and_how_old() {
    let ran = desk(&plan(MADE)).run("plan show p.json");
    assert_eq!(
        ran.succeeds().stderr,
        "a plan of 2026-11-20T08:00:00Z (1 h old) for profile `acme`, RealVNC Connect at api.x.example\n\
         3 changes: 2 computers to remove, 1 to rename\n\
         2 changes cannot be undone: somebody has to enrol the computer again, at its desk\n\
         presence not checked, or not known, of 2 computers to remove\n\
         removing a computer's record does not uninstall the agent on it: the computer may enrol again\n\
         left alone: 3 unknown\n\
         good until 2026-11-21T08:00:00Z\n"
    );
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(
        lines[0].starts_with("Change           Target  To "),
        "{}",
        ran.stdout
    );
    assert!(lines[2].contains("sold") && lines[2].contains("at its desk"));
    assert!(lines[4].contains(r"PC-\u{1b}[2J"), "{}", ran.stdout);
}

#[test]
fn a_plan_is_data_in_every_format() {
    let desk = desk(&plan(MADE));
    desk.run("plan show p.json --output text --sort target --quiet")
        .succeeds()
        .prints("OLD-9\nOLD-10\nPC-1\n");
    let json = desk.run("plan show p.json --output json").json();
    assert_eq!(json[0]["reason"], "chosen");
    assert_eq!(json[0]["reversible"], false);
    assert_eq!(json[2]["to"], "PC-\u{1b}[2J");
    let ran = desk.run("plan show p.json --columns target,why --out list.csv");
    ran.succeeds().prints_nothing().says("wrote list.csv (3 rows)");
    let list = std::fs::read_to_string(desk.desk().join("list.csv")).unwrap();
    assert_eq!(list, "Target,Why\nOLD-10,sold\nOLD-9,sold\nPC-1,\n");
}

#[test]
fn what_is_chosen_of_a_plan_is_counted_beside_all_of_it() {
    let ran = desk(&plan(MADE)).run("plan show p.json --where 'change == \"rename\"' --output text");
    ran.succeeds()
        .says("3 changes: ")
        .says("1 of 3 shown; the plan is all of them");
}

#[test]
fn a_plan_that_is_too_old_is_shown_and_said_to_be() {
    let ran = desk(&plan("2026-11-18T08:00:00Z")).run("plan show p.json --output text");
    ran.succeeds()
        .says("warning: `p.json` is a plan of 2026-11-18T08:00:00Z, 2 d 1 h old: a plan is good for 24 hours")
        .says("--allow-old-plan");
    let ran = desk(&plan("2026-11-20T10:00:00Z")).run("plan show p.json --output text");
    ran.succeeds()
        .says("which is yet to come: it is 2026-11-20T09:00:00Z here")
        .says("clock");
}

#[test]
fn what_was_wrong_when_a_plan_was_made_is_said_again() {
    let mut plan = plan(MADE);
    plan.notes.incomplete.push("page 3 came back empty".to_owned());
    plan.notes.relaxed.push("--max-removals 80".to_owned());
    let ran = desk(&plan).run("plan show p.json --output text");
    ran.succeeds()
        .says("warning: a rule is relaxed: --max-removals 80")
        .says("cannot be applied: page 3 came back empty");
}

#[test]
fn a_plan_that_was_edited_is_refused() {
    let ran = shown(|text| text.replacen("OLD-9", "DC-01", 1));
    ran.ends_with(7)
        .prints_nothing()
        .says("error: `p.json` was edited after deskhand wrote it")
        .says("hint: what is applied has to be what was planned");
}

#[test]
fn a_plan_that_was_laid_out_anew_is_shown() {
    let compact = |text: String| {
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        document.to_string()
    };
    shown(compact).succeeds().says("3 changes");
}

#[test]
fn a_plan_that_was_cut_off_or_damaged_is_refused_with_the_line() {
    let ran = shown(|text| text[..text.len() / 2].to_owned());
    ran.ends_with(2)
        .prints_nothing()
        .says("`p.json` ends in the middle of the plan, in line ");
    let ran = shown(|text| text.replacen("\"version\": 1,", "\"version\": 1", 1));
    ran.ends_with(2)
        .says("`p.json` is no JSON any more")
        .says("line 4 column 3");
}

#[test]
fn a_plan_of_a_later_version_and_what_is_no_plan_are_refused() {
    let ran = shown(|text| text.replacen("\"version\": 1", "\"version\": 2", 1));
    ran.ends_with(2).says("is a plan of version 2");
    let ran = shown(|_| "Change,Target\nrename,PC-1\n".to_owned());
    ran.ends_with(2).says("`p.json` is no saved plan");
    shown(|_| String::new()).ends_with(2).says("`p.json` is empty");
    let ran = Desk::new().run("plan show none.json");
    ran.ends_with(2)
        .says("`none.json` cannot be read")
        .says("caused by: ");
}

#[test]
fn a_fleet_is_not_asked_and_no_account_is_needed() {
    let ran = desk(&plan(MADE)).run("plan show p.json --output text");
    assert!(!ran.succeeds().log.contains("listEntries"), "{}", ran.log);
}
