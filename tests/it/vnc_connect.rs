//! `deskhand vnc-connect`: each option of the vendor's script in its own words, as a scheduled task has them.

mod computers;
mod groups;
mod lists;
mod scheduler;
mod typing;
mod users;

use std::path::PathBuf;

use crate::desk::{Desk, Ran};

/// A desk whose simulated team stays the same from one command to the next.
struct Office {
    desk: Desk,
}

impl Office {
    fn new() -> Self {
        Self { desk: Desk::demo() }
    }

    /// Puts a file on the desk.
    fn with(name: &str, text: &str) -> Self {
        Self {
            desk: Desk::demo().file(name, text),
        }
    }

    /// Types the options of the original.
    fn vnc(&self, options: &str) -> Ran {
        self.desk.run(&format!("vnc-connect --state team.json {options}"))
    }

    /// Types the options, and expects them to be done. Returns what was printed, line by line.
    #[track_caller]
    fn lines(&self, options: &str) -> Vec<String> {
        let ran = self.vnc(options);
        ran.succeeds();
        ran.stdout.lines().map(str::to_owned).collect()
    }

    /// Returns the names that a list has, sorted.
    #[track_caller]
    fn names(&self, options: &str) -> Vec<String> {
        let mut names = self.lines(options);
        names.sort();
        names
    }

    /// Returns a file that was written, line by line.
    #[track_caller]
    fn written(&self, name: &str) -> Vec<String> {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.desk.desk().join(name)
    }
}

/// What is typed in the tests beside this file.
const TYPED: [&str; 4] = [
    include_str!("vnc_connect/computers.rs"),
    include_str!("vnc_connect/groups.rs"),
    include_str!("vnc_connect/lists.rs"),
    include_str!("vnc_connect/users.rs"),
];

/// Returns the names that a line has behind one dash.
fn names(line: &str) -> Vec<&str> {
    let words = line.split([' ', '"', '\'', '(', ')']);
    words
        .filter_map(|word| word.strip_prefix('-')?.split([':', '\\']).next())
        .filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect()
}

#[test]
fn every_option_and_every_flag_beside_it_is_typed_in_a_test() {
    let mapping = Desk::new().run("vnc-connect -help --output json").json();
    let lines: Vec<Vec<&str>> = TYPED.iter().flat_map(|text| text.lines()).map(names).collect();
    for row in mapping.as_array().unwrap() {
        let option = names(row["option"].as_str().unwrap())[0];
        let flags = names(row["flags"].as_str().unwrap());
        let typed: Vec<_> = lines.iter().filter(|line| line.contains(&option)).collect();
        assert!(!typed.is_empty(), "-{option} is in no test");
        for flag in flags {
            assert!(
                typed.iter().any(|line| line.contains(&flag)),
                "-{option} is in no test with -{flag}"
            );
        }
    }
}

#[test]
fn every_script_of_the_mapping_is_there() {
    let desk = Desk::new();
    let scripts = desk.run("scripts --output text");
    let mapping = desk.run("vnc-connect -help --output json");
    let mapping = mapping.succeeds().json();
    let rows = mapping.as_array().unwrap();
    assert_eq!(rows.len(), 29);
    for row in rows {
        let runs = row["runs"].as_str().unwrap();
        let name = runs.split(' ').nth(1).unwrap();
        assert!(scripts.stdout.lines().any(|script| script == name), "{runs}");
    }
}
