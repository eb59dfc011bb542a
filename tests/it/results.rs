//! What is written down of a run: the report, and the lists of what was not made, which are fed in again.

use std::path::PathBuf;

use serde_json::Value;

use crate::desk::{Desk, Ran};

/// Renames the computers that it is told, all as one plan.
const RENAME: &str = r#"//! Renames computers.
const PARAMS = [#{ name: "names", type: "list", of: "string", help: "Which" }];
let p = plan();
for name in params.names { p.rename(find_computer(name), `${name} (new)`); }
p.apply()
"#;

/// What a script for many renames looks like: the columns are those of all such lists.
const RENAME_LISTED: &str = r#"//! Renames the computers of a list.
const PARAMS = [#{ name: "file", type: "file", help: "Which" }];
let p = plan();
for row in read_rows(params.file) { p.rename(find_computer(row.Current), row.New); }
p.apply()
"#;

/// Puts a computer into a group, and renames another.
const BOTH: &str = r#"//! Changes two computers.
let p = plan();
p.rename(find_computer("ACC-LT-001"), "ACC-LT-901");
p.rename(find_computer("ACC-LT-003"), "ACC-LT-903");
p.group_add("Spare pool", find_computer("ACC-LT-002"));
p.apply()
"#;

fn desk() -> Desk {
    Desk::demo().file("rename.rhai", RENAME).file("both.rhai", BOTH)
}

fn on(desk: &Desk, line: &str) -> Ran {
    desk.run(&format!("{line} --state team.json"))
}

/// A plan of three renames, of which one computer has another name since.
fn drifting() -> Desk {
    let desk = desk();
    on(&desk, "rename-computer ACC-LT-002 =SUM(A1) --force").succeeds();
    on(
        &desk,
        "./rename.rhai ACC-LT-001 =SUM(A1) ACC-LT-003 --plan-out plan.json",
    )
    .ends_with(6);
    on(&desk, "rename-computer =SUM(A1) ELSEWHERE --force").succeeds();
    desk
}

fn report(desk: &Desk) -> Value {
    let text = std::fs::read_to_string(desk.desk().join("run.json")).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&report["format"], &report["version"]),
        (&"deskhand-report".into(), &1.into())
    );
    report
}

fn read(desk: &Desk, file: &str) -> String {
    std::fs::read_to_string(desk.desk().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// Returns the files beside the journals whose names end so.
fn beside_the_journals(desk: &Desk, ending: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(desk.journals()).unwrap();
    let files = files.map(|file| file.unwrap().path());
    files
        .filter(|path| path.to_str().unwrap().ends_with(ending))
        .collect()
}

#[test]
fn the_report_of_a_run_that_was_made_in_part_tells_each_change_and_why() {
    let desk = drifting();
    on(&desk, "apply plan.json --report run.json").ends_with(5);
    let report = report(&desk);
    assert_eq!(report["exit_code"], 5);
    assert_eq!(report["what"], "apply plan.json");
    assert_eq!(report["dry_run"], false);
    assert_eq!(report["started"], "2026-11-20T09:00:00Z");
    assert_eq!(report["error"], Value::Null);
    let profile = &report["profiles"][0];
    assert_eq!(profile["profile"], "demo");
    assert_eq!(profile["vendor"], "realvnc");
    assert_eq!(profile["counts"]["done"], 2);
    assert_eq!(profile["counts"]["failed"], 1);
    let changes = profile["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 3);
    let drifted = changes.iter().find(|row| row["outcome"] == "drifted").unwrap();
    assert_eq!(drifted["change"], "rename");
    assert_eq!(drifted["target"], "=SUM(A1)");
    assert_eq!(drifted["proposed"]["to"], "=SUM(A1) (new)");
    assert!(
        drifted["note"].as_str().unwrap().contains("ELSEWHERE"),
        "{drifted}"
    );
    // The journal is found under the name that the report gives.
    let run = profile["run"].as_str().unwrap();
    let shown = desk.run_bare(&format!("journal show {run} --output json"));
    assert_eq!(shown.succeeds().json().as_array().unwrap().len(), 3);
    assert_eq!(report["failed"].as_array().unwrap().len(), 1);
}

#[test]
fn a_report_is_written_whatever_becomes_of_the_run() {
    let desk = desk().file("run.json", "the report of yesterday");
    let line = "./rename.rhai ACC-LT-001 ACC-LT-002 --report run.json";
    on(&desk, &format!("{line} --dry-run")).ends_with(6);
    let planned = report(&desk);
    assert_eq!(
        (&planned["exit_code"], &planned["dry_run"]),
        (&6.into(), &true.into())
    );
    assert_eq!(planned["profiles"][0]["counts"]["planned"], 2);
    assert_eq!(planned["profiles"][0]["run"], Value::Null);

    on(&desk, line).ends_with(7);
    let refused = report(&desk);
    assert_eq!(refused["exit_code"], 7);
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .contains("no terminal")
    );
    assert!(refused["error"]["hint"].as_str().unwrap().contains("--force"));

    on(&desk, "list-computer-groups --report run.json").succeeds();
    let nothing = report(&desk);
    assert_eq!(
        (&nothing["exit_code"], &nothing["error"]),
        (&0.into(), &Value::Null)
    );
    assert_eq!(nothing["profiles"][0]["changes"], Value::Array(Vec::new()));

    on(&desk, "find-computer nobody-has-this-name --report run.json").ends_with(2);
    assert_eq!(report(&desk)["exit_code"], 2);
}

#[test]
fn where_the_report_cannot_be_written_nothing_is_begun() {
    let desk = desk();
    for option in ["--report none/run.json", "--failed none/again.csv", "--report ."] {
        on(&desk, &format!("./rename.rhai ACC-LT-001 --force {option}"))
            .ends_with(2)
            .says("cannot be written");
    }
    on(&desk, "./rename.rhai ACC-LT-001 --force --report x --failed x")
        .ends_with(2)
        .says("name the same file");
    on(&desk, "find-computer ACC-LT-001").succeeds();
}

#[test]
fn what_was_not_made_is_listed_beside_the_journal_and_can_be_fed_in_again() {
    let desk = drifting().file("scripts/rename-computers.rhai", RENAME_LISTED);
    let ran = on(&desk, "apply plan.json");
    ran.ends_with(5).says("1 change was not made, and listed in");
    ran.says("feed it in again with: deskhand rename-computers ");
    ran.says("journal: deskhand journal show ");
    let lists = beside_the_journals(&desk, ".failed.csv");
    let [list] = &lists[..] else { panic!("{lists:?}") };
    let text = std::fs::read_to_string(list).unwrap();
    // A spreadsheet that opens it must not run what a computer is called.
    assert!(
        text.starts_with("\u{feff}Current,New,EntryID,Change,Outcome,Why\r\n'=SUM(A1),'=SUM(A1) (new),"),
        "{text:?}"
    );
    on(&desk, "rename-computer ELSEWHERE =SUM(A1) --force").succeeds();
    on(&desk, &format!("rename-computers '{}' --force", list.display()))
        .succeeds()
        .says("1 done");
    on(&desk, "find-computer '=SUM(A1) (new)'").succeeds();
}

#[test]
fn the_list_goes_where_it_is_told() {
    let desk = drifting();
    let ran = on(&desk, "apply plan.json --failed again.csv");
    ran.ends_with(5).says("listed in again.csv; see why");
    assert!(read(&desk, "again.csv").contains("drifted"));
    assert!(beside_the_journals(&desk, ".failed.csv").is_empty());
}

#[test]
fn each_sort_of_change_has_a_list_of_its_own() {
    let desk = desk();
    on(&desk, "./both.rhai --plan-out plan.json").ends_with(6);
    on(&desk, "rename-computer ACC-LT-001 ELSEWHERE --force").succeeds();
    on(&desk, "group-add-computer 'Spare pool' ACC-LT-002 --force").succeeds();
    // The one that is in the group already is so, and no drift.
    on(&desk, "apply plan.json --failed again.csv").ends_with(5);
    let again = read(&desk, "again.csv");
    assert!(
        again.contains("\r\nACC-LT-001,ACC-LT-901,") && again.contains(",rename,drifted,"),
        "{again}"
    );
}

#[test]
fn of_one_change_there_is_no_list() {
    let desk = desk();
    on(&desk, "./rename.rhai ACC-LT-001 --plan-out plan.json").ends_with(6);
    on(&desk, "rename-computer ACC-LT-001 ELSEWHERE --force").succeeds();
    let ran = on(&desk, "apply plan.json --failed again.csv");
    ran.ends_with(5);
    assert!(!desk.desk().join("again.csv").exists(), "{}", ran.transcript());
}

#[test]
fn quiet_or_not_the_question_what_a_run_is_about_is_answered_on_standard_error() {
    let desk = desk();
    let ran = on(&desk, "./rename.rhai ACC-LT-001 ACC-LT-002 --force --output json");
    ran.succeeds()
        .says("profile `demo`: 2 changes: 2 computers to rename\n");
    assert_eq!(ran.json().as_array().unwrap().len(), 2);
    let ran = on(&desk, "./rename.rhai ACC-LT-003 ACC-LT-004 --force --quiet");
    assert_eq!(ran.succeeds().stderr, "");
    let ran = on(&desk, "./rename.rhai ACC-LT-005 ACC-LT-006 --dry-run");
    ran.ends_with(6)
        .prints("ACC-LT-006 (new)")
        .says("2 changes: 2 computers to rename\n");
}
