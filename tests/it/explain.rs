//! `deskhand explain`: what each rule says to the removal of a computer, and the day on which it becomes stale.

use serde_json::Value;

use crate::desk::Desk;

fn answers(desk: &Desk, line: &str) -> Vec<Value> {
    let ran = desk.run(&format!("explain {line} --output json"));
    ran.succeeds().json().as_array().unwrap().clone()
}

fn answer<'a>(answers: &'a [Value], question: &str) -> &'a Value {
    let found = answers.iter().find(|row| row["question"] == question);
    found.unwrap_or_else(|| panic!("{question}: {answers:#?}"))
}

#[test]
fn a_stale_computer_is_explained_as_the_cleaning_would_decide() {
    let desk = Desk::demo();
    let rows = answers(&desk, "backup-vault");
    for question in [
        "is it known to be unseen since the cutoff",
        "is it surely offline",
        "is the period long enough",
        "does the profile let it be touched",
        "is it told from all others",
        "may a run remove so many",
    ] {
        assert_eq!(answer(&rows, question)["says"], "allows", "{question}: {rows:#?}");
    }
    let floor = answer(&rows, "is the period long enough");
    assert_eq!(floor["value"], "cutoff 2026-08-22T09:00:00Z (UTC), 90 days ago");
    assert_eq!(floor["relaxed_by"], "--allow-short-period");
    let when = answer(&rows, "when is it stale");
    assert!(when["says"].as_str().unwrap() < "2026-11-20", "{when}");
    desk.run("clean-stale-computers 90d --dry-run --output text")
        .ends_with(6)
        .prints("backup-vault");
}

#[test]
fn one_that_is_in_use_stays_and_the_day_on_which_it_would_go_is_told() {
    let desk = Desk::demo();
    let rows = answers(&desk, "acc-lt-001 --period 30d");
    let evidence = answer(&rows, "is it known to be unseen since the cutoff");
    assert_eq!(evidence["says"], "refuses");
    let seen = evidence["value"].as_str().unwrap();
    assert!(
        seen.starts_with("last seen 2026-11-19T12:36:") && seen.ends_with("(UTC), 20 hours ago"),
        "{seen}"
    );
    assert_eq!(answer(&rows, "when is it stale")["says"], "2026-12-19");
    assert_eq!(rows[0]["computer"], "ACC-LT-001");
    let short = answers(&desk, "ACC-LT-001 --period 3600");
    let floor = answer(&short, "is the period long enough");
    assert!(
        floor["hint"].as_str().unwrap().contains("did you mean `3600d`?"),
        "{floor}"
    );
}

#[test]
fn what_nobody_can_tell_is_never_stale() {
    let desk = Desk::demo();
    let unseen = desk.run("list-computers --where 'last_seen == ()' --columns id --output text");
    let id = unseen.succeeds().stdout.lines().next().unwrap();
    let rows = answers(&desk, &format!("{id} --by-id"));
    let evidence = answer(&rows, "is it known to be unseen since the cutoff");
    assert_eq!(evidence["says"], "refuses");
    assert_eq!(answer(&rows, "when is it stale")["says"], "never");
}

#[test]
fn another_record_of_the_same_machine_is_named() {
    let rows = answers(&Desk::demo(), "DSN-IMAC-17");
    let of: Vec<&Value> = rows
        .iter()
        .filter(|row| row["question"] == "is it another record of a machine that stays")
        .collect();
    assert_eq!(of.len(), 2, "{rows:#?}");
    assert!(
        of.iter()
            .all(|row| row["value"].as_str().unwrap().contains("DSN-IMAC-17"))
    );
}

#[test]
fn remotepc_is_explained_by_its_own_rules() {
    let desk = Desk::demo_of("remotepc");
    let rows = answers(&desk, "backup-vault --period 180d");
    let names = answer(&rows, "is it told from all others");
    assert_eq!(
        names["value"],
        "removed by its name, 'backup-vault'; 1 computer of that name"
    );
    let floor = answer(&rows, "is the period long enough");
    assert_eq!(floor["says"], "warns");
    assert!(
        floor["why"]
            .as_str()
            .unwrap()
            .contains("last session of a viewer")
    );
}

#[test]
fn whom_nobody_knows_and_periods_that_are_none_are_refused() {
    let desk = Desk::demo();
    for (line, says) in [
        ("explain DC-O1", "did you mean `DC-01`?"),
        ("explain \"meeting room\"", "--by-id"),
        ("explain DC-01 --period 90D", "did you mean `90d`?"),
        ("explain DC-01 --period 0d", "no time at all"),
        ("explain DC-01 --period 99999y", "too long"),
        ("explain DC-01 --period=-90d", "sign"),
    ] {
        desk.run(line).ends_with(2).prints_nothing().says(says);
    }
    let table = desk.run("explain DC-01");
    table.succeeds().prints("Removal").prints("when is it stale");
}

#[test]
fn the_cutoff_is_told_with_its_zone_before_anything_is_removed() {
    let desk = Desk::demo();
    let cutoff = "cutoff 2026-08-22T09:00:00Z (UTC)";
    desk.run("clean-stale-computers 90d --dry-run")
        .ends_with(6)
        .says(cutoff);
    desk.run("clean-stale-computers 90d --plan-out plan.json")
        .ends_with(6);
    desk.run("plan show plan.json").succeeds().says(cutoff);
    desk.run("clean-stale-computers 90d").ends_with(7).says(cutoff);
}
