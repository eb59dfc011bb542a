//! What becomes of the records of one machine, as `clean-duplicates` would decide.

use super::*;

/// The names that the sets of records that look alike begin with.
const ALIKE: [&str; 4] = ["ACC-LT-028", "DSN-IMAC-17", "FRONTDESK-08", "WH-SCAN-15"];

fn json(desk: &Desk, line: &str) -> Vec<Value> {
    let ran = desk.run(&format!("{line} --output json"));
    ran.json().as_array().unwrap().clone()
}

fn text(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap().to_owned()
}

/// Returns the ids of what a cleaning of everything removes.
fn removed(desk: &Desk, options: &str) -> Vec<String> {
    json(desk, &format!("clean-duplicates --all --dry-run {options}"))
        .iter()
        .filter(|row| row["change"] == "remove_computer")
        .map(|row| text(row, "id"))
        .collect()
}

fn by_id(desk: &Desk, id: &str, options: &str) -> Vec<Value> {
    answers(desk, &format!("{id} --by-id {options}"))
}

#[test]
fn the_verdict_is_what_the_cleaning_then_does() {
    let desk = Desk::demo();
    let mut removed = removed(&desk, "");
    assert_eq!(removed.len(), 4);
    let mut kept = Vec::new();
    for (at, computer) in json(&desk, "list-computers").iter().enumerate() {
        let (name, id) = (text(computer, "name"), text(computer, "id"));
        let goes = removed.contains(&id);
        // Of those that are like no other a few are enough.
        if !goes && !ALIKE.iter().any(|alike| name.starts_with(alike)) && at % 20 != 0 {
            continue;
        }
        let rows = by_id(&desk, &id, "");
        let (says, why) = verdict(&rows, "clean-duplicates");
        if goes {
            removed.retain(|gone| *gone != id);
            assert_eq!(says, "removes it", "{name}: {why}");
            assert!(why.starts_with("duplicate of '"), "{name}: {why}");
            let guards = rows
                .iter()
                .filter(|row| row["question"] == "same machine as another");
            assert!(guards.into_iter().any(|row| row["says"] == "allows"), "{rows:#?}");
        } else {
            assert_eq!(says, "leaves it alone", "{name}: {why}");
            kept.push(why);
        }
    }
    assert!(removed.is_empty(), "{removed:?} is not listed");
    let count = |why: &str| kept.iter().filter(|kept| kept.starts_with(why)).count();
    assert_eq!(
        (
            count("it survives 1 other, and is called 'ACC-LT-028' then"),
            count("it survives 2 others, and is called 'DSN-IMAC-17' then"),
            count("it survives "),
            count("of a set without one clear survivor"),
        ),
        (1, 1, 3, 2),
        "{kept:#?}"
    );
    assert!(count("without duplicates") > 5, "{kept:#?}");
}

#[test]
fn the_policy_is_asked_about_the_whole_set() {
    let desk = Desk::demo();
    let rows = answers(&desk, "DSN-IMAC-17-1");
    assert_eq!(answer(&rows, "survivor")["says"], "DSN-IMAC-17-1");
    assert_eq!(answer(&rows, "survivor_name")["says"], "DSN-IMAC-17");
    assert_eq!(answer(&rows, "machines")["says"], "3 of 3 alike");
    let same = rows.iter().filter(|row| row["question"] == "same_computer");
    assert_eq!(same.filter(|row| row["says"] == "true").count(), 2);
}

#[test]
fn a_survivor_that_the_guards_do_not_believe_survives_nothing() {
    let desk = Desk::demo().file("first.rhai", "fn survivor(set) { set[0] }\n");
    let options = "--policy first.rhai";
    desk.run(&format!("clean-duplicates WH-SCAN-15 --dry-run {options}"))
        .ends_with(6)
        .says("would be refused");
    let why = "may be the living record";
    let mut told = Vec::new();
    for computer in json(&desk, "list-computers --where 'name.starts_with(\"WH-SCAN-15\")'") {
        let (says, value) = verdict(&by_id(&desk, &text(&computer, "id"), options), "clean-duplicates");
        assert!(value.contains(why), "{says}: {value}");
        if says == "leaves it alone" {
            assert!(
                value.starts_with("it would survive 1 other, which is refused: "),
                "{value}"
            );
        }
        told.push(says);
    }
    told.sort();
    assert_eq!(told, ["is refused", "leaves it alone"]);
}

#[test]
fn a_record_that_is_spared_does_not_go_as_a_duplicate_either() {
    let desk = Desk::demo();
    let removed_before = removed(&desk, "");
    let of_name = |name: &str| {
        let rows = json(&desk, &format!("list-computers --where 'name == \"{name}\"'"));
        text(&rows[0], "id")
    };
    let (loser, survivor) = (of_name("ACC-LT-028"), of_name("ACC-LT-028 (2)"));
    let sparing = |id: &str| format!("fn spare(computers) {{ #{{ \"{id}\": \"on loan\" }} }}\n");
    let desk = desk
        .file("loser.rhai", &sparing(&loser))
        .file("survivor.rhai", &sparing(&survivor));
    let why = "of a set with a spared duplicate";
    let ran = desk.run("clean-duplicates --all --dry-run --policy loser.rhai");
    ran.ends_with(6).says(&format!("2 {why}"));
    let left: Vec<String> = removed_before
        .iter()
        .filter(|id| **id != loser)
        .cloned()
        .collect();
    assert_eq!(removed(&desk, "--policy loser.rhai"), left);
    for id in [&loser, &survivor] {
        let rows = by_id(&desk, id, "--policy loser.rhai");
        assert_eq!(
            verdict(&rows, "clean-duplicates"),
            ("leaves it alone".to_owned(), why.to_owned())
        );
    }
    // What is spared may stay as the one that survives.
    assert_eq!(removed(&desk, "--policy survivor.rhai"), removed_before);
    let rows = by_id(&desk, &loser, "--policy survivor.rhai");
    assert_eq!(verdict(&rows, "clean-duplicates").0, "removes it");
}
