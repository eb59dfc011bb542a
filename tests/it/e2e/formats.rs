//! All shipped scripts in all four formats.

use super::GROUP;
use crate::desk::{Desk, Ran};
use crate::team::Team;

const FORMATS: [&str; 4] = ["text", "table", "csv", "json"];

/// Each shipped script with its arguments, and what undoes it.
const SCRIPTS: &[(&str, &str, Option<&str>)] = &[
    ("find-computer", "NAME", None),
    ("find-computer-group", "GROUP", None),
    (
        "group-add-computer",
        "GROUP NAME --force",
        Some("group-remove-computer GROUP NAME --force"),
    ),
    ("group-remove-computer", "GROUP NAME --force", None),
    ("list-computer-groups", "", None),
    ("list-computers", "--groups --presence", None),
    ("list-groups-for-computer", "NAME", None),
    (
        "rename-computer",
        "NAME NAME-renamed --force",
        Some("rename-computer NAME-renamed NAME --force"),
    ),
];

/// Reads what came out in a format as a program would that takes it from there.
#[track_caller]
fn is_sound(ran: &Ran, format: &str) {
    ran.succeeds();
    match format {
        "json" => drop(ran.json()),
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

#[test]
fn every_shipped_script_works_in_every_format() {
    let team = Team::running();
    let desk = team.desk();
    let (name, _) = team.computer(2);
    // A group that is left is only left by somebody who is in it.
    let fill = |line: &str| {
        line.replace("NAME", &name)
            .replace("GROUP", &format!("\"{GROUP}\""))
    };
    for (script, arguments, undo) in SCRIPTS {
        for format in FORMATS {
            let arguments = if *script == "list-groups-for-computer" || *script == "group-remove-computer" {
                desk.run(&fill("group-add-computer GROUP NAME --force"))
                    .succeeds();
                fill(arguments)
            } else {
                fill(arguments)
            };
            is_sound(
                &desk.run(&format!("{script} {arguments} --output {format}")),
                format,
            );
            if let Some(undo) = undo {
                desk.run(&fill(undo)).succeeds();
            }
        }
    }
    desk.run(&fill("group-remove-computer GROUP NAME --force"))
        .succeeds();
}

#[test]
fn the_list_of_scripts_works_in_every_format_and_is_the_list_of_these_tests() {
    let desk = Desk::new();
    for format in FORMATS {
        is_sound(&desk.run(&format!("scripts --output {format}")), format);
    }
    let listed = desk.run("scripts --output text");
    let tested: Vec<&str> = SCRIPTS.iter().map(|(script, ..)| *script).collect();
    assert_eq!(listed.stdout.lines().collect::<Vec<_>>(), tested);
}

#[test]
fn all_formats_tell_of_the_same_computers() {
    let team = Team::running();
    let desk = team.desk();
    let json = desk.run("list-computers --output json").json();
    let count = json.as_array().unwrap().len();
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
