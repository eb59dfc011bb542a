//! A reader that has gone away, as `head` does when it has seen enough: no failure, and nothing to tell of.

use std::process::{Command, Stdio};

use crate::desk::Desk;

/// Types what follows `deskhand`, with a pipe for standard output that nobody reads any more.
#[track_caller]
fn ends_quietly(desk: &Desk, line: &str) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended = Command::new(env!("CARGO_BIN_EXE_deskhand"))
        .args(desk.words(line))
        .current_dir(desk.desk())
        .env_clear()
        .envs(desk.vars().iter().cloned())
        .stdin(Stdio::null())
        .stdout(writer)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(0), "{line}\n{said}");
    assert_eq!(said, "", "{line}");
}

#[test]
fn in_every_format() {
    let desk = Desk::demo();
    for format in ["text", "table", "csv", "json", "jsonl"] {
        ends_quietly(&desk, &format!("list-computers --output {format}"));
    }
}

#[test]
fn in_the_middle_of_more_than_any_buffer_holds() {
    let script = "//! Many.\nlet row = list_computers()[0];\nlet rows = [];\nfor i in 0..2000 { rows.push(row); }\nrows\n";
    let desk = Desk::demo().file("many.rhai", script);
    for format in ["text", "table", "csv", "json", "jsonl"] {
        ends_quietly(&desk, &format!("./many.rhai --output {format}"));
    }
}

#[test]
fn of_the_help() {
    ends_quietly(&Desk::new(), "--help");
    ends_quietly(&Desk::new(), "list-computers --help");
}
