//! `--where`: rows are chosen by an expression.

use super::{MACHINES, lines};
use crate::desk::Desk;

#[test]
fn only_the_rows_of_which_the_expression_is_true_are_shown_in_every_format() {
    let desk = Desk::demo().file("machines.rhai", MACHINES);
    let run = |format: &str| {
        desk.run(&format!(
            "./machines.rhai --where \"days == 3\" --output {format}"
        ))
    };
    assert_eq!(lines(run("text").succeeds()), ["PC-10", "pc-1"]);
    assert_eq!(run("json").json().as_array().unwrap().len(), 2);
    assert_eq!(run("jsonl").stdout.lines().count(), 2);
    assert_eq!(run("csv").csv().1.len(), 2);
    assert_eq!(run("table").stdout.lines().count(), 4);
}

#[test]
fn the_fields_of_computers_are_names_and_moments_can_be_compared() {
    let desk = Desk::demo();
    let all = desk.run("list-computers --output json").json();
    let seen_before = |day: &str| {
        let computers = all.as_array().unwrap().iter();
        computers
            .filter(|c| c["last_seen"].as_str().is_some_and(|seen| seen < day))
            .count()
    };
    // The clock of the desk stands at 2026-11-20.
    for (moment, day) in [
        ("ago(`90d`)", "2026-08-22T09:00:00Z"),
        ("time(`2026-11-19T00:00:00Z`)", "2026-11-19T00:00:00Z"),
    ] {
        let line =
            format!("list-computers --output text --where \"last_seen != () && last_seen < {moment}\"");
        let wanted = seen_before(day);
        assert!(wanted > 0);
        assert_eq!(
            desk.run(&line).succeeds().stdout.lines().count(),
            wanted,
            "{line}"
        );
    }
}

#[test]
fn the_option_stands_before_the_script_or_after_it_and_the_later_one_counts() {
    let desk = Desk::demo();
    let line = "list-computers --output text";
    let wanted = ["DC-01"];
    for line in [
        format!("--where \"name == `DC-01`\" {line}"),
        format!("{line} --where \"name == `DC-01`\""),
        format!("--where \"name == `nobody`\" {line} --where \"name == `DC-01`\""),
    ] {
        assert_eq!(lines(desk.run(&line).succeeds()), wanted, "{line}");
    }
}

#[test]
fn the_functions_of_the_fleet_can_be_asked() {
    let line = "list-computers --output text --where \"name == `ACC-LT-002` && groups_of(name).len == 2\"";
    assert_eq!(lines(Desk::demo().run(line).succeeds()), ["ACC-LT-002"]);
}

#[test]
fn what_was_not_loaded_is_loaded_by_the_flag_of_the_script() {
    let desk = Desk::demo();
    desk.run("list-computers --where \"online == true\"")
        .ends_with(2)
        .prints_nothing()
        .says("online state of 'ACC-LT-001': not loaded")
        .says("hint: add --presence;");
    let online = desk.run("list-computers --presence --where \"online == true\" --output jsonl");
    assert!(
        lines(online.succeeds())
            .iter()
            .all(|line| line.contains("\"online\":true"))
    );
    // Where no flag loads it, it is the option in Rhai that does.
    let desk = desk.file("mine.rhai", "//! Mine.\nlist_computers()\n");
    desk.run("./mine.rhai --where \"online == true\"")
        .ends_with(2)
        .says("hint: load it with list_computers(#{ presence: true })");
}

#[test]
fn one_thing_is_shown_or_not() {
    let desk = Desk::demo()
        .file("one.rhai", "//! One.\nfind_computer(\"DC-01\")\n")
        .file("map.rhai", "//! A map.\n#{ a: 1 }\n");
    for (line, text, json) in [
        (
            "./one.rhai --columns name --where \"name == `DC-01`\"",
            "DC-01\n",
            "{\n  \"name\": \"DC-01\"\n}\n",
        ),
        ("./one.rhai --where \"name != `DC-01`\"", "", "null\n"),
        ("./map.rhai --where \"a == 1\"", "a: 1\n", "{\n  \"a\": 1\n}\n"),
        ("./map.rhai --where \"a == 2\"", "", "null\n"),
    ] {
        assert_eq!(
            desk.run(&format!("{line} --output text")).succeeds().stdout,
            text,
            "{line}"
        );
        assert_eq!(
            desk.run(&format!("{line} --output json")).succeeds().stdout,
            json,
            "{line}"
        );
    }
}

#[test]
fn values_without_names_are_called_value() {
    let desk = Desk::demo().file("values.rhai", "//! Values.\n[3, 1, 2]\n");
    let ran = desk.run("./values.rhai --where \"value > 1\" --sort value --output text");
    assert_eq!(lines(ran.succeeds()), ["2", "3"]);
}

#[test]
fn nothing_is_changed_by_a_run_that_chooses_what_is_shown() {
    let desk = Desk::demo();
    let rename = "rename-computer ACC-LT-001 X";
    for how in ["--force", "--dry-run"] {
        let ran = desk.run(&format!("{rename} {how} --where \"name == `X`\""));
        ran.ends_with(7)
            .prints_nothing()
            .says("not allowed to change anything: --where chooses what is shown, not what is changed");
        assert!(!ran.log.contains("PATCH"), "{}", ran.log);
    }
}

#[test]
fn the_list_of_scripts_is_chosen_from_too() {
    let ran = Desk::new().run("scripts --where \"needs.contains(`UPDATE_ENTRY`)\" --output text");
    assert_eq!(
        lines(ran.succeeds()),
        ["clean-duplicates", "rename-computer", "rename-computers"]
    );
}
