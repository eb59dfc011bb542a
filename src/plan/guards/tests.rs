//! What the tests of the guards have in common, and the guards together.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::removal::{self, Removal};
use super::{Facts, Inventory, Limits, Rule, Verdict, judge};
use crate::fleet::{
    Change, ComputerId, ComputerRef, GroupId, GroupKind, GroupRef, Protected, Protection, Vendor,
};
use crate::plan::{Kept, KeptComputer, Presence, Proposal, Reason};

/// The moment at which all tests take place.
pub(super) fn now() -> Timestamp {
    "2026-08-22T12:00:00Z".parse().unwrap()
}

/// The moment so many hours before.
pub(super) fn ago(hours: i64) -> Timestamp {
    now() - SignedDuration::from_hours(hours)
}

/// What is known when nothing but presence was read, on RealVNC.
pub(super) fn facts() -> Facts<'static> {
    Facts {
        vendor: Vendor::RealVnc,
        now: now(),
        inventory: None,
        incomplete: &[],
        presence_at: Some(now()),
        removed: 0,
        planned: 0,
        managers: None,
        period: None,
    }
}

/// The same on RemotePC.
pub(super) fn remotepc() -> Facts<'static> {
    Facts {
        vendor: Vendor::RemotePc,
        ..facts()
    }
}

/// A computer of which nothing is known but its name.
pub(super) fn computer(id: &str) -> KeptComputer {
    KeptComputer {
        id: id.to_owned(),
        name: format!("PC-{id}"),
        online: Presence::NotChecked,
        last_seen: None,
        groups: None,
        host: None,
        os: None,
        macs: Vec::new(),
        user: None,
        comment: None,
        raw: Value::Null.into(),
    }
}

/// One that was seen so many hours ago.
pub(super) fn seen(id: &str, hours: i64) -> KeptComputer {
    KeptComputer {
        last_seen: Some(ago(hours)),
        ..computer(id)
    }
}

pub(super) fn named(record: &KeptComputer) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(&record.id),
        name: record.name.clone(),
    }
}

pub(super) fn group(name: &str) -> GroupRef {
    GroupRef {
        id: GroupId::new(name),
        name: name.to_owned(),
        kind: GroupKind::Computers,
    }
}

pub(super) fn remove(record: &KeptComputer, reason: Reason) -> Proposal {
    let computer = named(record);
    Proposal {
        change: Change::RemoveComputer { computer },
        reason: Some(reason),
        before: Some(Kept::Computer(Box::new(record.clone()))),
    }
}

/// A removal of one that was not seen for so many hours.
pub(super) fn stale(record: &KeptComputer, hours: i64) -> Proposal {
    let reason = Reason::Stale {
        last_seen: record.last_seen.unwrap(),
        cutoff: ago(hours),
    };
    remove(record, reason)
}

pub(super) fn rename(record: &KeptComputer, to: &str) -> Proposal {
    let (computer, to) = (named(record), to.to_owned());
    Proposal {
        before: Some(Kept::Computer(Box::new(record.clone()))),
        ..Proposal::of(Change::Rename { computer, to })
    }
}

/// Returns what one rule says first of a plan.
pub(super) fn told(
    rule: Rule,
    proposals: &[Proposal],
    judge: fn(&[Removal<'_>], &[Proposal], &mut Verdict),
) -> Option<String> {
    let mut verdict = Verdict::default();
    judge(&removal::of(proposals), proposals, &mut verdict);
    let refusal = verdict
        .refusals
        .into_iter()
        .find(|refusal| refusal.rule == rule)?;
    Some(refusal.message)
}

/// Everything that can be relaxed, relaxed.
fn relaxed() -> Limits {
    Limits {
        max_removals: Some(u32::MAX),
        profile_max_removals: Some(u32::MAX),
        allow_short_period: true,
        protected: Protected::default(),
    }
}

fn rules(verdict: &Verdict) -> Vec<Rule> {
    verdict.refusals.iter().map(|refusal| refusal.rule).collect()
}

#[test]
fn a_plan_of_old_computers_passes_every_guard() {
    let mut fleet: Vec<KeptComputer> = (0..40).map(|n| seen(&n.to_string(), 100 * 24)).collect();
    for record in &mut fleet {
        record.online = Presence::Offline;
    }
    let inventory = Inventory::of(fleet.clone());
    let facts = Facts {
        inventory: Some(&inventory),
        ..facts()
    };
    let plan: Vec<Proposal> = fleet[..4].iter().map(|record| stale(record, 90 * 24)).collect();
    assert_eq!(judge(&plan, &facts, &Limits::default()), Verdict::default());
}

#[test]
fn every_refusal_is_told_and_not_the_first_only() {
    let mut online = seen("1", 1);
    online.online = Presence::Online;
    let mut plan = vec![stale(&online, 0)];
    plan.extend(["2", "3", "4"].map(|id| remove(&computer(id), Reason::Chosen("x".to_owned()))));
    let limits = Limits {
        protected: Protected::new(vec![Protection::parse("PC-4").unwrap()]),
        ..Limits::default()
    };
    let incomplete = ["page 2 failed".to_owned()];
    let facts = Facts {
        incomplete: &incomplete,
        ..facts()
    };
    let verdict = judge(&plan, &facts, &limits);
    let told = rules(&verdict);
    for rule in [
        Rule::Completeness,
        Rule::Protection,
        Rule::Evidence,
        Rule::Presence,
        Rule::Floor,
        Rule::Belt,
    ] {
        assert!(told.contains(&rule), "{rule:?} in {told:?}");
    }
    assert!(verdict.refusals.iter().all(|refusal| !refusal.hint.is_empty()));
}

#[test]
fn what_relaxes_a_rule_relaxes_no_other() {
    let mut online = seen("1", 1);
    online.online = Presence::Online;
    let mut plan = vec![stale(&online, 0)];
    plan.extend((2..90).map(|n| remove(&computer(&n.to_string()), Reason::Chosen("x".to_owned()))));
    let verdict = judge(&plan, &facts(), &relaxed());
    let told = rules(&verdict);
    assert!(
        told.contains(&Rule::Evidence) && told.contains(&Rule::Presence),
        "{told:?}"
    );
    assert!(told.iter().all(|rule| rule.relaxed_by().is_none()), "{told:?}");
    assert_eq!(verdict.relaxed.len(), 2);
}

#[test]
fn a_refusal_that_can_be_relaxed_says_by_what() {
    let protect = Limits {
        protected: Protected::new(vec![Protection::parse("PC-*").unwrap()]),
        ..Limits::default()
    };
    let mut plan: Vec<Proposal> = (0..4)
        .map(|n| remove(&seen(&n.to_string(), 60), Reason::Named))
        .collect();
    plan.push(stale(&seen("9", 47), 46));
    for refusal in judge(&plan, &facts(), &protect).refusals {
        if let Some(by) = refusal.rule.relaxed_by() {
            assert!(refusal.hint.contains(by), "{refusal:?}");
        }
    }
}

#[test]
fn a_plan_without_removals_has_nothing_to_do_with_their_rules() {
    let plan = [rename(&computer("1"), "X")];
    assert_eq!(judge(&plan, &remotepc(), &Limits::default()), Verdict::default());
}
