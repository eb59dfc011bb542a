//! `--columns`: which ones, and in which order.

use super::{MACHINES, lines};
use crate::desk::Desk;

#[test]
fn each_format_shows_the_columns_that_are_named_in_their_order_and_no_others() {
    let desk = Desk::demo();
    let run = |format: &str| {
        let ran = desk.run(&format!(
            "list-computers --where \"name == `DC-01`\" --columns vendor,NAME,last-seen --output {format}"
        ));
        ran.succeeds().stdout.clone()
    };
    assert_eq!(run("text"), "realvnc\n");
    assert_eq!(
        run("csv"),
        "Vendor,Name,LastSeenTime\nrealvnc,DC-01,2026-11-19T20:54:00Z\n"
    );
    assert_eq!(
        run("jsonl"),
        "{\"vendor\":\"realvnc\",\"name\":\"DC-01\",\"last_seen\":\"2026-11-19T20:54:00Z\"}\n"
    );
    let table = run("table");
    assert_eq!(
        table.lines().next(),
        Some("Vendor   Name   Last seen (UTC)"),
        "{table}"
    );
    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json[0].as_object().unwrap().len(), 3);
}

#[test]
fn a_column_is_known_by_its_field_its_heading_and_its_heading_in_csv() {
    let desk = Desk::demo();
    for name in [
        "os",
        "System",
        "\"last seen\"",
        "LastSeenTime",
        "EntryID",
        "entry_id",
        "id",
    ] {
        let ran = desk.run(&format!("list-computers --columns {name} --output csv"));
        assert_eq!(ran.succeeds().csv().0.len(), 1, "{}", ran.transcript());
    }
}

#[test]
fn the_options_stand_before_the_script_or_after_it() {
    let desk = Desk::demo().file("machines.rhai", MACHINES);
    let early = desk.run("--columns days,name ./machines.rhai --output csv");
    let late = desk.run("--columns note ./machines.rhai --columns days,name --output csv");
    assert_eq!(early.succeeds().stdout, late.succeeds().stdout);
    assert_eq!(lines(&late)[0], "days,name");
}

#[test]
fn one_record_has_columns_too() {
    let desk = Desk::demo()
        .file("one.rhai", "//! One.\nfind_computer(\"DC-01\")\n")
        .file("map.rhai", "//! A map.\n#{ a: 1, b: \"x\" }\n");
    for (line, text, csv, json) in [
        (
            "./one.rhai --columns name,profile",
            "DC-01\n",
            "Name,Profile\nDC-01,demo\n",
            "{\"name\":\"DC-01\",\"profile\":\"demo\"}\n",
        ),
        ("./map.rhai --columns b", "x\n", "b\nx\n", "{\"b\":\"x\"}\n"),
    ] {
        for (format, wanted) in [("text", text), ("csv", csv), ("jsonl", json)] {
            let ran = desk.run(&format!("{line} --output {format}"));
            assert_eq!(ran.succeeds().stdout, wanted, "{}", ran.transcript());
        }
    }
}

#[test]
fn the_preview_of_a_dry_run_has_columns() {
    let ran = Desk::demo().run("rename-computer ACC-LT-001 X --dry-run --columns to,target --output csv");
    assert_eq!(ran.ends_with(6).stdout, "To,Target\nX,ACC-LT-001\n");
}

#[test]
fn what_came_of_changes_is_shown_though_a_column_is_wrong() {
    for option in ["--columns nope", "--sort nope"] {
        let ran = Desk::demo_of("remotepc").run(&format!(
            "assign-computers shane@myworld DC-01 --force --output csv {option}"
        ));
        ran.ends_with(5)
            .prints("assign,DC-01,assigned to shane@myworld,done,")
            .says("there is no column `nope`");
    }
}

#[test]
fn the_list_of_scripts_has_columns() {
    let ran = Desk::new().run("scripts --columns script,from --output csv");
    assert_eq!(lines(ran.succeeds())[0], "Script,Origin");
}

#[test]
fn an_empty_list_has_no_columns_to_miss() {
    let desk = Desk::demo().file("none.rhai", "//! None.\n[]\n");
    let ran = desk.run("./none.rhai --columns name --sort zzz --where \"x == 1\" --output json");
    assert_eq!(ran.succeeds().stdout, "[]\n");
}

#[test]
fn the_columns_of_changes_can_be_asked_for_before_and_after_and_where_there_are_none() {
    let desk = Desk::demo();
    let columns = "--columns target,why,last_seen,outcome,note --output csv";
    let header = "Target,Why,LastSeenTime,Outcome,Note";
    let planned = desk.run(&format!("clean-stale-computers 400d --dry-run {columns}"));
    assert_eq!(lines(planned.ends_with(6))[0], header);
    let idle = desk.run(&format!("clean-stale-computers 400M --dry-run {columns}"));
    assert_eq!(idle.succeeds().stdout, format!("{header}\n"));
    idle.says("there is nothing to change");
    let made = desk.run(&format!("clean-stale-computers 400d --force {columns}"));
    let made = lines(made.succeeds());
    assert_eq!(made[0], header);
    assert!(
        made[1].starts_with("ACC-LT-026,\"last seen 2025-08-14, before 2025-10-16\",2025-08-14T")
            && made[1].ends_with(",done,"),
        "{made:?}"
    );
    // Who does not ask for them sees what came of the changes, and no more.
    let plain = desk.run("clean-stale-computers 400M --force --output csv");
    assert_eq!(plain.succeeds().stdout, "Change,Target,To,Outcome,Note,ID\n");
}
