//! `deskhand explain`: what the clean-ups would do with a computer, what each rule says to it, and the day on which it becomes
//! stale.

mod duplicates;
mod supposing;

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
        "unseen since the cutoff",
        "surely offline",
        "period long enough",
        "not protected",
        "told from all others",
        "few enough removals",
    ] {
        assert_eq!(answer(&rows, question)["says"], "allows", "{question}: {rows:#?}");
    }
    let floor = answer(&rows, "period long enough");
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
    let evidence = answer(&rows, "unseen since the cutoff");
    assert_eq!(evidence["says"], "refuses");
    let seen = evidence["value"].as_str().unwrap();
    assert!(
        seen.starts_with("last seen 2026-11-19T12:36:") && seen.ends_with("(UTC), 20 hours ago"),
        "{seen}"
    );
    assert_eq!(answer(&rows, "when is it stale")["says"], "2026-12-19");
    assert_eq!(rows[0]["computer"], "ACC-LT-001");
    let short = answers(&desk, "ACC-LT-001 --period 3600");
    let floor = answer(&short, "period long enough");
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
    let evidence = answer(&rows, "unseen since the cutoff");
    assert_eq!(evidence["says"], "refuses");
    assert_eq!(answer(&rows, "when is it stale")["says"], "never while unknown");
}

#[test]
fn another_record_of_the_same_machine_is_named() {
    let rows = answers(&Desk::demo(), "DSN-IMAC-17");
    let of: Vec<&Value> = rows
        .iter()
        .filter(|row| row["question"] == "same machine as another")
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
    let names = answer(&rows, "told from all others");
    assert_eq!(
        names["value"],
        "removed by its name, 'backup-vault'; 1 computer of that name"
    );
    let floor = answer(&rows, "period long enough");
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
    table.succeeds().prints("Because of").prints("when is it stale");
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

/// Returns what a clean-up would do with a computer, by the row about it, and why.
fn verdict(rows: &[Value], of: &str) -> (String, String) {
    let row = rows
        .iter()
        .find(|row| row["question"].as_str().unwrap().starts_with(of));
    let row = row.unwrap_or_else(|| panic!("{of}: {rows:#?}"));
    let field = |name: &str| row[name].as_str().unwrap().to_owned();
    (field("says"), field("value"))
}

fn example(desk: &Desk, name: &str) -> String {
    let file = format!("{name}.rhai");
    desk.run_bare(&format!("new policy {file} --example {name}"))
        .succeeds();
    file
}

#[test]
fn each_question_to_the_policy_is_told_with_its_answer_and_what_it_looked_at() {
    let rows = answers(&Desk::demo(), "acc-lt-001");
    for (function, says, value) in [
        ("is_seen", "true", "last_seen 2026-11-19T12:36:00Z"),
        ("may_be_online", "false", "online false"),
        (
            "is_stale",
            "false",
            "last_seen 2026-11-19T12:36:00Z, cutoff 2026-08-22T09:00:00Z",
        ),
        (
            "keep_reason",
            "seen since",
            "last_seen 2026-11-19T12:36:00Z, online false",
        ),
        ("protect_reason", "()", "name 'ACC-LT-001', in Accounting"),
        ("spare", "()", "200 computers, 0 spared"),
    ] {
        let row = answer(&rows, function);
        assert_eq!(
            (&row["says"], &row["value"]),
            (&says.into(), &value.into()),
            "{function}"
        );
        assert_eq!(row["from"], "shipped");
    }
    let seen = ("leaves it alone".to_owned(), "seen since".to_owned());
    assert_eq!(verdict(&rows, "clean-stale-computers 90d"), seen);
    assert_eq!(verdict(&rows, "clean-duplicates").1, "without duplicates");
}

#[test]
fn what_the_policy_lets_go_and_a_guard_holds_is_refused() {
    let desk = Desk::demo();
    let ran = desk.run("list-computers --presence --where 'online == true' --columns id --output text");
    let online = ran.succeeds().stdout.lines().next().unwrap();
    let desk = desk.file("old.rhai", "fn may_be_online(c) { false }\n");
    let rows = answers(
        &desk,
        &format!("{online} --by-id --policy old.rhai --period 3600 --allow-short-period"),
    );
    let (says, why) = verdict(&rows, "clean-stale-computers");
    assert_eq!(says, "is refused");
    assert!(why.contains("what is online is never removed"), "{why}");
}

#[test]
fn the_day_is_the_day_of_the_policy_that_would_be_used() {
    let desk = Desk::demo();
    let file = example(&desk, "keep-servers-longer");
    let day = |desk: &Desk, line: &str| {
        let rows = answers(desk, line);
        let when = answer(&rows, "when is it stale");
        let field = |name: &str| when[name].as_str().unwrap().to_owned();
        (field("says"), field("value"), field("from"))
    };
    // Last seen on 15 October 2025, at 23:45: a year later that day is not over.
    let (says, value, _) = day(&desk, "backup-vault");
    assert_eq!(
        (says.as_str(), value.as_str()),
        ("2026-01-13", "90d after it was last seen, days in UTC")
    );
    let (says, value, from) = day(&desk, &format!("backup-vault --policy {file}"));
    assert_eq!(
        (says.as_str(), value.as_str(), from.as_str()),
        (
            "2026-10-15",
            "by the policy, days in UTC",
            "keep-servers-longer.rhai:14"
        )
    );
    // The policy in the user's folder and that of a profile count as they do in a clean-up.
    desk.run_bare("new policy --example keep-servers-longer")
        .succeeds();
    assert_eq!(day(&desk, "backup-vault").0, "2026-10-15");
    let never = desk.file("never.rhai", "fn is_stale(c, cutoff) { false }\n");
    let (says, value, _) = day(&never, "backup-vault --policy never.rhai");
    assert_eq!(
        (says.as_str(), value.as_str()),
        ("not within 10 years", "kept then, too: kept by the policy")
    );
}

#[test]
fn what_is_spared_or_protected_is_stale_never_while_it_is() {
    let desk = Desk::demo();
    for (policy, why) in [
        ("keep-newest-two", "of the newest 2 of backup"),
        ("never-touch-a-group", "in the group Servers"),
    ] {
        let file = example(&desk, policy);
        let rows = answers(&desk, &format!("backup-vault --policy {file}"));
        let stays = ("leaves it alone".to_owned(), why.to_owned());
        assert_eq!(verdict(&rows, "clean-stale-computers"), stays);
        let when = answer(&rows, "when is it stale");
        assert_eq!(when["says"], format!("never while {why}"));
        assert!(
            when["value"]
                .as_str()
                .unwrap()
                .starts_with("old enough on 2026-01-13: ")
        );
    }
}

#[test]
fn what_is_online_is_told_the_day_on_which_it_is_stale_once_it_is_offline() {
    let desk = Desk::demo_of("remotepc");
    let rows = answers(&desk, "ACC-PC-001 --period 180d");
    let when = answer(&rows, "when is it stale");
    assert_eq!(when["says"], "2027-04-23");
    assert!(
        when["value"]
            .as_str()
            .unwrap()
            .starts_with("if it is offline from now on, ")
    );
    // Old enough long ago, it is stale today at the earliest.
    let rows = answers(&desk, "ACC-PC-001 --period 1d");
    assert_eq!(answer(&rows, "when is it stale")["says"], "2026-11-20");
    // Of two of one name none goes on RemotePC, however old.
    let ran = desk.run("list-computers --where 'name == \"RECEPTION-PC\"' --columns id --output text");
    let id = ran.succeeds().stdout.trim().to_owned();
    let rows = answers(&desk, &format!("{id} --by-id --period 180d"));
    assert_eq!(
        answer(&rows, "when is it stale")["says"],
        "never while of several of one name"
    );
    assert_eq!(
        verdict(&rows, "clean-duplicates").1,
        "of a set on RemotePC, which removes by name"
    );
}

#[test]
fn an_error_in_the_policy_is_one_here_too_with_its_line() {
    for (policy, says) in [
        (
            "fn is_stale(c, cutoff) {\n    c.last_sen < cutoff\n}\n",
            "mine.rhai:2:7",
        ),
        ("fn keep_reason(c, cutoff) { 7 }\n", "mine.rhai:1:4"),
        ("fn is_stael(c, cutoff) { true }\n", "did you mean `is_stale`?"),
        // Only on a later day, when the day is looked for.
        (
            "fn is_stale(c, cutoff) {\n    if now() > time(\"2026-12-01\") { throw \"too late\"; }\n    false\n}\n",
            "mine.rhai:2",
        ),
    ] {
        let desk = Desk::demo().file("mine.rhai", policy);
        let ran = desk.run("explain acc-lt-001 --policy mine.rhai");
        ran.prints_nothing().says(says);
        assert_ne!(ran.code, Some(0), "{says}");
    }
}

#[test]
fn the_fleet_is_listed_once_whatever_is_asked() {
    for (vendor, operation) in [("realvnc", "listEntryGroups"), ("remotepc", "getDevices")] {
        let ran = Desk::demo_of(vendor).run("explain backup-vault --period 180d");
        let sent = format!("sending operation=\"{operation}\"");
        assert_eq!(ran.succeeds().log.matches(&sent).count(), 1, "{vendor}");
    }
}

#[test]
fn the_table_fits_a_terminal_and_shows_whose_functions_they_are() {
    let desk = Desk::demo().var("COLUMNS", "100");
    let file = example(&desk, "keep-servers-longer");
    let ran = desk.run(&format!("explain backup-vault --policy {file}"));
    ran.succeeds().prints("clean-stale-computers 90d  removes it");
    ran.prints("keep-servers-longer");
    assert!(
        ran.stdout.lines().all(|line| line.chars().count() <= 100),
        "{}",
        ran.stdout
    );
}
