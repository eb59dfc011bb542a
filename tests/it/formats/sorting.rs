//! `--sort`: by one column or several.

use super::{MACHINES, lines};
use crate::desk::Desk;

#[test]
fn texts_are_sorted_as_people_do_and_what_is_equal_stays_in_its_order() {
    let desk = Desk::demo().file("machines.rhai", MACHINES);
    for (sort, wanted) in [
        ("--sort name", ["=SUM(A1)", "pc-1", "PC-2", "PC-10"]),
        ("--sort=-name", ["PC-10", "PC-2", "pc-1", "=SUM(A1)"]),
        ("--sort -NAME", ["PC-10", "PC-2", "pc-1", "=SUM(A1)"]),
        // Nothing comes last, in both directions.
        ("--sort days", ["PC-10", "pc-1", "PC-2", "=SUM(A1)"]),
        ("--sort days:desc", ["PC-2", "PC-10", "pc-1", "=SUM(A1)"]),
        ("--sort days,name", ["pc-1", "PC-10", "PC-2", "=SUM(A1)"]),
        ("--sort -days,-name", ["PC-2", "PC-10", "pc-1", "=SUM(A1)"]),
        // False comes before true.
        ("--sort online", ["=SUM(A1)", "pc-1", "PC-10", "PC-2"]),
        ("--sort -online", ["PC-10", "=SUM(A1)", "pc-1", "PC-2"]),
    ] {
        let ran = desk.run(&format!("./machines.rhai {sort} --output text"));
        assert_eq!(lines(ran.succeeds()), wanted, "{sort}");
    }
}

#[test]
fn moments_are_sorted_by_time_and_unknown_ones_come_last() {
    let desk = Desk::demo();
    for (sort, in_order) in [
        ("last_seen", (|a, b| a <= b) as fn(&str, &str) -> bool),
        ("-last_seen", |a, b| a >= b),
    ] {
        let computers = desk
            .run(&format!("list-computers --sort {sort} --output json"))
            .json();
        let seen: Vec<Option<&str>> = computers
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["last_seen"].as_str())
            .collect();
        let known: Vec<&str> = seen.iter().copied().flatten().collect();
        assert!(known.len() < seen.len());
        assert!(seen[..known.len()].iter().all(Option::is_some), "{sort}");
        assert!(known.windows(2).all(|pair| in_order(pair[0], pair[1])), "{sort}");
    }
}

#[test]
fn a_column_that_is_not_shown_can_be_sorted_by() {
    let desk = Desk::demo().file("machines.rhai", MACHINES);
    let ran = desk.run("./machines.rhai --sort name --columns days --output jsonl");
    assert_eq!(
        lines(ran.succeeds()),
        ["{\"days\":null}", "{\"days\":3}", "{\"days\":12}", "{\"days\":3}"]
    );
}

#[test]
fn a_list_of_maps_keeps_its_form() {
    let desk = Desk::demo().file("maps.rhai", "//! Maps.\n[#{ n: 2, b: 1 }, #{ n: 1 }]\n");
    let ran = desk.run("./maps.rhai --sort n --output jsonl");
    assert_eq!(lines(ran.succeeds()), ["{\"n\":1}", "{\"b\":1,\"n\":2}"]);
}

#[test]
fn the_preview_of_a_dry_run_is_sorted() {
    let script = "//! Renames.\nrename(\"DC-01\", \"B-10\");\nrename(\"pump-house\", \"B-9\");\n";
    let ran = Desk::demo()
        .file("two.rhai", script)
        .run("./two.rhai --dry-run --sort to --columns to --output text");
    assert_eq!(lines(ran.ends_with(6)), ["B-9", "B-10"]);
}
