//! All shipped scripts in all formats.

use std::collections::BTreeSet;

use super::GROUP;
use crate::desk::{Desk, Ran};
use crate::team::Team;

/// A group that nobody is in.
const TEAM: &str = "Nobody yet";

const FORMATS: [&str; 5] = ["text", "table", "csv", "json", "jsonl"];

/// A run of all shipped scripts that there are for this vendor, each with its arguments, that leaves everything as it was.
const ROUND: &[&str] = &[
    "list-computers --groups --presence",
    "find-computer NAME",
    "list-computer-groups",
    "find-computer-group GROUP",
    "group-add-computer GROUP NAME --force",
    "list-groups-for-computer NAME",
    "group-remove-computer GROUP NAME --force",
    "rename-computer NAME NAME-renamed --force",
    "rename-computer NAME-renamed NAME --force",
    "list-users",
    "find-user EMAIL",
    "list-user-groups",
    "find-user-group TEAM",
    "group-add-user TEAM EMAIL --force",
    "list-groups-for-user EMAIL",
    "group-remove-user TEAM EMAIL --force",
    "list-presence",
    "list-audit-events",
];

/// Those whose work cannot be taken back, which are only planned here.
const PLANNED: &[&str] = &[
    "remove-computer NAME --dry-run",
    "remove-computers names.txt --dry-run",
    "clean-stale-computers 90d --dry-run",
    "clean-duplicates --all --dry-run",
    "rename-computers renames.csv --dry-run",
    "group-add-computers groups.csv --dry-run",
    "group-add-users users.csv --dry-run",
    "invite-user new@kestrel.example --roles USER --groups \"All staff\" --dry-run",
    "update-user-roles EMAIL MANAGER,TECHNICIAN --dry-run",
    "remove-user EMAIL --dry-run",
];

/// The others, which the vendor lacks.
const LACKING: &[&str] = &[
    "assign-computers EMAIL NAME --force",
    "unassign-computers EMAIL NAME --force",
    "create-computer-group GROUP NAME --force",
    "move-computers GROUP NAME --force",
    "comment-computer NAME \"on loan\" --force",
    "connect-url NAME EMAIL --reveal",
    "create-user new@kestrel.example Ann Lee --password-file password --force",
];

/// Reads what came out in a format as a program would that takes it from there.
#[track_caller]
fn is_sound(ran: &Ran, format: &str) {
    match format {
        "json" => drop(ran.json()),
        "jsonl" => {
            let lines = ran.stdout.lines().map(serde_json::from_str::<serde_json::Value>);
            assert!(lines.clone().all(|line| line.is_ok()), "{}", ran.transcript());
            assert!(lines.count() > 0, "{}", ran.transcript());
        }
        "csv" => {
            let (header, rows) = ran.csv();
            assert!(header.len() > 1 && !rows.is_empty(), "{}", ran.transcript());
        }
        _ => assert!(!ran.stdout.trim().is_empty(), "{}", ran.transcript()),
    }
    // CSV is for programs, and keeps every name as it is.
    assert!(
        format == "csv" || !ran.stdout.contains('\u{1b}'),
        "an escape gets through\n{}",
        ran.transcript()
    );
}

#[track_caller]
fn every_shipped_script_works(format: &str, computer: usize) {
    let team = Team::running();
    let (name, _) = team.computer(computer);
    let desk = team.desk();
    let email = email(&desk);
    for line in ROUND {
        let line = filled(line, &name, &email);
        let ran = desk.run(&format!("{line} --output {format}"));
        ran.succeeds();
        is_sound(&ran, format);
    }
}

/// Returns the address of some user.
fn email(desk: &Desk) -> String {
    let users = desk.run("list-users --output text");
    let mut emails = users.succeeds().stdout.lines().filter(|line| line.contains('@'));
    emails.next().unwrap().to_owned()
}

fn filled(line: &str, name: &str, email: &str) -> String {
    line.replace("NAME", name)
        .replace("EMAIL", email)
        .replace("GROUP", &format!("\"{GROUP}\""))
        .replace("TEAM", &format!("\"{TEAM}\""))
}

#[test]
fn a_shipped_script_that_is_not_for_this_vendor_says_so() {
    let team = Team::running();
    let (name, _) = team.computer(25);
    let desk = team
        .desk()
        .file("password", "S3cret-word\n")
        .secret("S3cret-word");
    let email = email(&desk);
    for line in LACKING {
        let ran = desk.run(&filled(line, &name, &email));
        ran.ends_with(2).prints_nothing().says("RealVNC Connect");
    }
}

#[test]
fn what_cannot_be_taken_back_is_planned_in_every_format() {
    let team = Team::running();
    let (name, _) = team.computer(26);
    let email = email(&team.desk());
    let desk = team
        .desk()
        .file("names.txt", &name)
        .file("renames.csv", &format!("Current,New\n{name},{name}-renamed\n"))
        .file("groups.csv", &format!("GroupName,Name\n{GROUP},{name}\n"))
        .file("users.csv", &format!("GroupName,Email\n{TEAM},{email}\n"));
    for line in PLANNED {
        for format in FORMATS {
            let ran = desk.run(&format!("{} --output {format}", filled(line, &name, &email)));
            ran.ends_with(6).says("nothing was changed");
            is_sound(&ran, format);
        }
    }
}

#[test]
fn every_shipped_script_works_as_text() {
    every_shipped_script_works("text", 20);
}

#[test]
fn every_shipped_script_works_as_a_table() {
    every_shipped_script_works("table", 21);
}

#[test]
fn every_shipped_script_works_as_csv() {
    every_shipped_script_works("csv", 22);
}

#[test]
fn every_shipped_script_works_as_json() {
    every_shipped_script_works("json", 23);
}

#[test]
fn every_shipped_script_works_as_json_lines() {
    every_shipped_script_works("jsonl", 24);
}

#[test]
fn the_list_of_scripts_works_in_every_format_and_is_the_list_of_these_tests() {
    let desk = Desk::new();
    for format in FORMATS {
        let ran = desk.run(&format!("scripts --output {format}"));
        ran.succeeds();
        is_sound(&ran, format);
    }
    let listed = desk.run("scripts --output text");
    let lines = ROUND.iter().chain(PLANNED).chain(LACKING);
    let tested: BTreeSet<&str> = lines.filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(listed.stdout.lines().collect::<BTreeSet<_>>(), tested);
}

#[test]
fn all_formats_tell_of_the_same_computers() {
    let team = Team::running();
    let desk = team.desk();
    let json = desk.run("list-computers --output json").json();
    let count = json.as_array().unwrap().len();
    let lines = desk.run("list-computers --output jsonl");
    let lines: Vec<serde_json::Value> = lines
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(json, serde_json::Value::from(lines));
    let (header, rows) = desk.run("list-computers --output csv").csv();
    assert_eq!(header[0], "Name");
    assert_eq!(rows.len(), count);
    let text = desk.run("list-computers --output text");
    assert_eq!(
        text.stdout.lines().count(),
        count,
        "a name with a line break makes two lines of itself"
    );
    let table = desk.run("list-computers --output table");
    assert_eq!(table.stdout.lines().count(), count + 2, "{}", table.transcript());
}

#[test]
fn off_a_terminal_a_table_is_printed_whole() {
    let team = Team::running();
    let ran = team.desk().run("list-computers");
    ran.succeeds().prints("Last seen");
    let widest = ran.stdout.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(
        widest > 100,
        "nothing tells how wide the reader is, but the table was cut at {widest}"
    );
}
