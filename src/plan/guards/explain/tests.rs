//! Each rule's answer about one computer.

use super::*;
use crate::fleet::{Protected, Protection};
use crate::plan::guards::Inventory;
use crate::plan::guards::tests::{ago, computer, facts, group, now, remotepc};

fn asked(record: &KeptComputer, facts: &Facts<'_>, limits: &Limits) -> Vec<Answer> {
    super::answers(record, ago(24 * 90), facts, limits)
}

fn of(rule: Rule, answers: &[Answer]) -> &Answer {
    answers.iter().find(|answer| answer.rule == rule).unwrap()
}

fn seen_days_ago(days: i64) -> KeptComputer {
    let mut record = computer("1");
    record.last_seen = Some(ago(24 * days));
    record.online = Presence::Offline;
    record
}

#[test]
fn a_computer_that_may_go_is_refused_by_no_rule() {
    let record = seen_days_ago(100);
    let all = Inventory::of([record.clone(), computer("2")]);
    let facts = Facts {
        inventory: Some(&all),
        ..facts()
    };
    let answers = asked(&record, &facts, &Limits::default());
    let says: Vec<Says> = answers.iter().map(|answer| answer.says).collect();
    let mut wanted = vec![Says::Allows; 7];
    wanted.push(Says::NotAsked);
    assert_eq!(says, wanted, "{answers:#?}");
    assert_eq!(
        of(Rule::Evidence, &answers).value,
        "last seen 2026-05-14T12:00:00Z (UTC), 100 days ago"
    );
    assert_eq!(
        of(Rule::Floor, &answers).value,
        "cutoff 2026-05-24T12:00:00Z (UTC), 90 days ago"
    );
}

#[test]
fn each_rule_refuses_in_its_own_words_and_names_what_it_looked_at() {
    let mut record = seen_days_ago(10);
    record.online = Presence::Online;
    let limits = Limits {
        protected: Protected::new(vec![Protection::parse("PC-*").unwrap()]),
        ..Limits::default()
    };
    let incomplete = ["page 4 failed".to_owned()];
    let facts = Facts {
        incomplete: &incomplete,
        ..facts()
    };
    let answers = super::answers(&record, ago(24), &facts, &limits);
    for (rule, value, why) in [
        (Rule::Evidence, "10 days ago", ""),
        (
            Rule::Presence,
            "online",
            "it is online, and what is online is never removed",
        ),
        (
            Rule::Floor,
            "24 hours ago",
            "after 24 hours, the least for RealVNC Connect being 2 days",
        ),
        (Rule::Protection, "1 entry of protect", "protected by \"PC-*\""),
        (Rule::Completeness, "not listed", "page 4 failed"),
    ] {
        let answer = of(rule, &answers);
        let refuses = answer.says == Says::Refuses;
        assert_eq!(refuses, rule != Rule::Evidence, "{answer:?}");
        assert!(
            answer.value.contains(value) && answer.why.contains(why),
            "{answer:?}"
        );
        assert!(!answer.why.contains("not allowed to remove"), "{answer:?}");
    }
}

#[test]
fn unknown_is_never_stale_and_seen_since_is_not_either() {
    let mut unseen = computer("1");
    let never = asked(&unseen, &facts(), &Limits::default());
    assert_eq!(of(Rule::Evidence, &never).says, Says::Refuses);
    assert!(of(Rule::Evidence, &never).value.contains("does not say"));
    unseen.last_seen = Some(now() + jiff::SignedDuration::from_hours(1));
    let ahead = asked(&unseen, &facts(), &Limits::default());
    assert!(of(Rule::Evidence, &ahead).value.contains("has not come yet"));
    let lately = asked(&seen_days_ago(3), &facts(), &Limits::default());
    assert_eq!(of(Rule::Evidence, &lately).says, Says::Refuses);
}

#[test]
fn each_record_that_may_be_the_same_machine_is_answered_for() {
    let at = |id: &str, days: i64, macs: &[&str]| {
        let mut record = computer(id);
        record.last_seen = Some(ago(24 * days));
        record.online = Presence::Offline;
        record.host = Some("a.lan".to_owned());
        record.macs = macs.iter().map(|mac| (*mac).to_owned()).collect();
        record.groups = Some(Vec::new());
        record
    };
    let mut old = at("1", 100, &["3c:52:82:00:00:01"]);
    // The survivor would get it first.
    old.groups = Some(vec![group("Desks")]);
    let living = at("2", 1, &["3c:52:82:00:00:01"]);
    let other = at("3", 1, &["3c:52:82:00:00:09"]);
    let all = Inventory::of([old.clone(), living, other]);
    let realvnc = Facts {
        inventory: Some(&all),
        ..facts()
    };
    let answers = asked(&old, &realvnc, &Limits::default());
    let of_set: Vec<(Says, &str)> = answers
        .iter()
        .filter(|answer| answer.rule == Rule::Duplicates)
        .map(|answer| (answer.says, answer.value.as_str()))
        .collect();
    assert_eq!(of_set[0].0, Says::Allows, "{answers:#?}");
    assert!(
        of_set[0]
            .1
            .starts_with("'PC-2' (2): both have the hardware address")
    );
    assert_eq!(of_set[1], (Says::Refuses, "'PC-3' (3)"));
    let remotepc = Facts {
        inventory: Some(&all),
        ..remotepc()
    };
    let answers = asked(&old, &remotepc, &Limits::default());
    assert!(
        of(Rule::Duplicates, &answers).why.contains("only reported"),
        "{answers:#?}"
    );
}

#[test]
fn records_are_made_into_one_unless_a_guard_holds_any_of_it() {
    let at = |id: &str, days: i64, groups: &[&str]| {
        let mut record = seen_days_ago(days);
        record.id = id.to_owned();
        record.name = format!("PC-{id}");
        record.macs = vec!["3c:52:82:00:00:01".to_owned()];
        record.groups = Some(groups.iter().map(|name| group(name)).collect());
        record
    };
    let others = [at("1", 100, &["Desks", "Loans"]), at("2", 9, &["Loans"])];
    let living = at("3", 1, &["Desks"]);
    let judged = |others: &[KeptComputer], limits: &Limits| {
        let all = Inventory::of(others.iter().chain([&living]).cloned());
        let facts = Facts {
            inventory: Some(&all),
            ..facts()
        };
        refused_merge(&others[0], &living, others, "PC", &facts, limits)
    };
    assert_eq!(judged(&others, &Limits::default()), None);
    // The survivor is renamed and put into groups, and so are the guards asked about it.
    let protected = Limits {
        protected: Protected::new(vec![Protection::parse("PC-3").unwrap()]),
        ..Limits::default()
    };
    let why = judged(&others, &protected).unwrap();
    assert!(why.contains("PC-3"), "{why}");
    // Nor does one go if another one cannot.
    let doubtful = [others[0].clone(), at("2", 1, &[])];
    let why = judged(&doubtful, &Limits::default()).unwrap();
    assert!(
        why.contains("'PC-2' may be the living record") || why.contains("'PC-3' or 'PC-2'"),
        "{why}"
    );
}
