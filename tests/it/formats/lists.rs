//! What is written can be read back, as bulk input of a script.

use serde_json::Value;

use super::MACHINES;
use crate::desk::{Desk, Ran};

/// Shows what a list in a file holds.
const READ: &str = r#"
//! Reads a list.
const PARAMS = [
    #{ name: "file", type: "file", help: "Which file" },
    #{ name: "column", type: "string", value: "Name", help: "Which column" },
];
const WRITES = [];
read_list(params.file, params.column)
"#;

/// Shows the rows of a file.
const ROWS: &str = r#"
//! Reads rows.
const PARAMS = [#{ name: "file", type: "file", help: "Which file" }];
const WRITES = [];
read_rows(params.file)
"#;

fn desk() -> Desk {
    Desk::demo()
        .file("machines.rhai", MACHINES.trim_start())
        .file("read.rhai", READ.trim_start())
        .file("rows.rhai", ROWS.trim_start())
}

fn names(ran: &Ran, field: &str) -> Vec<Value> {
    let rows = ran.succeeds().json();
    rows.as_array()
        .unwrap()
        .iter()
        .map(|row| row[field].clone())
        .collect()
}

#[test]
fn the_computers_of_a_list_are_the_same_when_they_are_read_back() {
    let desk = desk();
    let computers = desk.run("list-computers --output json");
    for options in [
        "--out list.csv",
        "--out list.csv --excel",
        "--out list.json",
        "--out list.jsonl",
        "--out list --output csv --excel",
        "--out list --output json",
        "--out list --output jsonl",
        "--out list.txt --output csv",
        "--out list.csv --columns id,name",
    ] {
        let file = options.split(' ').nth(1).unwrap();
        desk.run(&format!("list-computers {options}")).succeeds();
        for (column, field) in [("Name", "name"), ("EntryID", "id"), ("id", "id")] {
            let read = desk.run(&format!("./read.rhai {file} --column {column} --output json"));
            assert_eq!(
                read.succeeds().json(),
                Value::from(names(&computers, field)),
                "{options}, {column}"
            );
        }
    }
}

#[test]
fn names_in_a_text_file_are_read_back_where_no_two_are_the_same() {
    let desk = desk();
    let plain = "--where \"name != `Meeting Room` && !name.starts_with(`printer-room`)\"";
    desk.run(&format!("list-computers {plain} --out list.txt"))
        .succeeds();
    let computers = desk.run(&format!("list-computers {plain} --output json"));
    let read = desk.run("./read.rhai list.txt --output json");
    assert_eq!(read.succeeds().json(), Value::from(names(&computers, "name")));
    desk.run("list-computers --out list.txt").succeeds();
    desk.run("./read.rhai list.txt")
        .ends_with(2)
        .says("`list.txt` cannot be used: line ")
        .says(": it is the same as line ");
}

#[test]
fn a_formula_that_was_made_harmless_is_the_name_that_it_was() {
    let desk = desk();
    for options in [
        "--out m.csv",
        "--out m.csv --excel",
        "--out m.json",
        "--out m.jsonl",
        "--out m.txt",
    ] {
        desk.run(&format!("./machines.rhai {options}")).succeeds();
        let file = options.split(' ').nth(1).unwrap();
        let read = desk.run(&format!("./read.rhai {file} --output jsonl"));
        assert_eq!(
            read.succeeds().stdout,
            "\"PC-10\"\n\"=SUM(A1)\"\n\"PC-2\"\n\"pc-1\"\n",
            "{options}"
        );
        if file != "m.txt" {
            let notes = desk.run(&format!("./rows.rhai {file} --columns note --output jsonl"));
            let wanted = ["null", "\"-1\"", "\"a, b\"", "\" padded \""];
            let wanted: String = wanted.map(|note| format!("{{\"note\":{note}}}\n")).concat();
            assert_eq!(notes.succeeds().stdout, wanted, "{options}");
        }
    }
}

#[test]
fn groups_are_read_back_by_their_names() {
    let desk = desk();
    desk.run("list-computer-groups --out groups.csv").succeeds();
    let groups = desk.run("list-computer-groups --output json");
    let read = desk.run("./read.rhai groups.csv --output json");
    assert_eq!(read.succeeds().json(), Value::from(names(&groups, "name")));
}

#[test]
fn rows_tell_their_lines() {
    let desk = desk().file("bulk.csv", "GroupName;Name;EntryID\r\n\r\nServers; DC-01 ;\r\n");
    let ran = desk.run("./rows.rhai bulk.csv --output jsonl");
    assert_eq!(
        ran.succeeds().stdout,
        "{\"EntryID\":null,\"GroupName\":\"Servers\",\"Name\":\"DC-01\",\"line\":3}\n"
    );
}
