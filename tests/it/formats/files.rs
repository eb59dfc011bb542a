//! `--out`: a file that is written whole or not at all.

use std::fs;
use std::path::PathBuf;

use super::MACHINES;
use crate::desk::Desk;
use crate::terminal::screen::Terminal;

fn desk() -> Desk {
    Desk::demo().file("machines.rhai", MACHINES)
}

fn path(desk: &Desk, name: &str) -> PathBuf {
    desk.desk().join(name)
}

fn content(desk: &Desk, name: &str) -> String {
    fs::read_to_string(path(desk, name)).unwrap()
}

#[test]
fn the_name_of_the_file_chooses_the_format_and_nothing_is_printed() {
    let desk = desk();
    for (file, format) in [
        ("a.csv", "csv"),
        ("a.json", "json"),
        ("A.JSONL", "jsonl"),
        ("a.txt", "text"),
        ("a.lst", "table"),
        ("a", "table"),
    ] {
        let printed = desk.run(&format!("./machines.rhai --output {format}"));
        desk.run(&format!("./machines.rhai --out {file}"))
            .succeeds()
            .prints_nothing()
            .says(&format!("wrote {file} (4 rows)\n"));
        assert_eq!(content(&desk, file), printed.stdout, "{file}");
    }
    desk.run("--out a.csv ./machines.rhai --output text").succeeds();
    assert!(content(&desk, "a.csv").starts_with("PC-10\n"));
}

#[test]
fn what_was_written_is_counted_and_quiet_says_nothing() {
    let desk = desk()
        .file("one.rhai", "//! One.\n#{ a: 1 }\n")
        .file("list.rhai", "//! One.\n[1]\n");
    desk.run("./one.rhai --out a.json")
        .succeeds()
        .says("wrote a.json\n");
    desk.run("./list.rhai --out a.json")
        .succeeds()
        .says("wrote a.json (1 row)\n");
    let ran = desk.run("./list.rhai --out a.json --quiet");
    assert_eq!(ran.succeeds().stderr, "");
}

#[test]
fn a_table_in_a_file_is_as_wide_as_it_likes() {
    let desk = Desk::demo().var("COLUMNS", "40");
    desk.run("list-computers --out wide").succeeds();
    assert!(
        content(&desk, "wide")
            .lines()
            .any(|line| line.chars().count() > 100)
    );
}

#[test]
fn a_hyphen_is_standard_output() {
    let desk = desk();
    let ran = desk.run("./machines.rhai --out - --output text");
    ran.succeeds().prints("PC-10\n");
    assert!(!path(&desk, "-").exists());
}

#[test]
fn a_path_starts_from_the_current_directory_and_verbs_write_files_too() {
    let desk = desk();
    fs::create_dir(path(&desk, "lists")).unwrap();
    desk.run("scripts --out lists/scripts.json")
        .succeeds()
        .prints_nothing();
    assert!(content(&desk, "lists/scripts.json").contains("\"list-computers\""));
}

#[test]
fn the_preview_of_a_dry_run_goes_into_the_file() {
    let desk = desk();
    let ran = desk.run("rename-computer DC-01 X --dry-run --out plan.csv");
    ran.ends_with(6).prints_nothing().says("wrote plan.csv (1 row)");
    assert!(content(&desk, "plan.csv").contains("rename,DC-01,X,"));
}

#[test]
fn a_run_that_fails_leaves_the_old_file_as_it_was() {
    let desk = desk()
        .file("bad.rhai", "//! Bad.\nlist_computers();\nthrow \"no\";\n")
        .file("old.csv", "old\n");
    for (line, code) in [
        ("./bad.rhai --out old.csv", 3),
        ("./machines.rhai --out old.csv --columns zzz", 2),
        ("./machines.rhai --out old.csv --where days", 2),
        ("find-computer nobody --out old.csv", 2),
    ] {
        desk.run(line).ends_with(code).prints_nothing();
        assert_eq!(content(&desk, "old.csv"), "old\n", "{line}");
    }
    nothing_is_left_beside(&desk);
}

#[test]
fn a_run_that_is_interrupted_leaves_the_old_file_as_it_was() {
    let script = "//! Slow.\nprint(\"ready\");\nsleep(60);\n[1]\n";
    let desk = desk().file("slow.rhai", script).file("old.csv", "old\n");
    let mut terminal = Terminal::open(&desk, "./slow.rhai --out old.csv", 80);
    terminal.shows("ready");
    terminal.types("\u{3}");
    assert_eq!(terminal.ends(), 130, "{}", terminal.screen());
    assert_eq!(content(&desk, "old.csv"), "old\n");
    nothing_is_left_beside(&desk);
}

#[test]
fn what_cannot_be_written_is_known_before_anything_is_asked() {
    let desk = desk();
    fs::create_dir(path(&desk, "folder")).unwrap();
    let mut cases = vec![
        ("folder", "it is a folder"),
        ("none/x.csv", "its folder does not exist"),
        ("machines.rhai/x.csv", "`machines.rhai/x.csv` cannot be written"),
    ];
    if cfg!(unix) {
        cases.push(("/dev/null", "it is no regular file"));
    }
    if cfg!(target_os = "linux") {
        // Not even root may write there.
        cases.push(("/proc/x.csv", "`/proc/x.csv` cannot be written"));
    }
    for (file, why) in cases {
        let ran = desk.run(&format!("list-computers --out {file}"));
        ran.ends_with(2).prints_nothing().says(why);
        assert!(!ran.log.contains("listEntries"), "{file}: {}", ran.log);
    }
}

#[test]
fn a_file_that_is_read_only_is_left_alone() {
    let desk = desk().file("old.csv", "old\n");
    let file = path(&desk, "old.csv");
    let mut permissions = fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).unwrap();
    desk.run("./machines.rhai --out old.csv")
        .ends_with(2)
        .says("it is read-only");
    assert_eq!(content(&desk, "old.csv"), "old\n");
}

#[cfg(unix)]
#[test]
fn permissions_are_kept_and_a_link_stays_one() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let desk = desk().file("real.csv", "old\n");
    let real = path(&desk, "real.csv");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.csv", path(&desk, "link.csv")).unwrap();
    desk.run("./machines.rhai --out link.csv").succeeds();
    assert!(
        fs::symlink_metadata(path(&desk, "link.csv"))
            .unwrap()
            .is_symlink()
    );
    assert!(content(&desk, "real.csv").contains("PC-10"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}

#[track_caller]
fn nothing_is_left_beside(desk: &Desk) {
    for entry in fs::read_dir(desk.desk()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.contains(".new"), "{name} is left behind");
    }
}
