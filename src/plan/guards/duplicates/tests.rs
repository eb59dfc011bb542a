//! Which records may go as duplicates.

use super::*;
use crate::plan::guards::removal::of;
use crate::plan::guards::tests::{computer, facts, group, named, remotepc, remove, seen};

const MAC: &str = "e8:6a:64:00:00:01";

/// A record of the one machine, offline, seen so many hours ago, in no group.
fn record(id: &str, hours: i64) -> KeptComputer {
    KeptComputer {
        macs: vec![MAC.to_owned()],
        online: Presence::Offline,
        groups: Some(Vec::new()),
        ..seen(id, hours)
    }
}

fn online(mut record: KeptComputer) -> KeptComputer {
    record.online = Presence::Online;
    record
}

fn goes(loser: &KeptComputer, survivor: &KeptComputer) -> Proposal {
    let survivor = named(survivor);
    remove(loser, Reason::DuplicateOf { survivor })
}

fn judged(facts: &Facts<'_>, fleet: &[KeptComputer], plan: &[Proposal]) -> Vec<String> {
    let inventory = Inventory::of(fleet.iter().cloned());
    let facts = Facts {
        inventory: Some(&inventory),
        ..*facts
    };
    let mut verdict = Verdict::default();
    judge(&of(plan), plan, &facts, &mut verdict);
    verdict
        .refusals
        .into_iter()
        .map(|refusal| refusal.message)
        .collect()
}

/// Judges the removal of the first as a duplicate of the second.
fn first_goes(fleet: &[KeptComputer]) -> Vec<String> {
    judged(&facts(), fleet, &[goes(&fleet[0], &fleet[1])])
}

#[test]
fn the_only_one_online_is_the_survivor() {
    assert!(first_goes(&[record("1", 1), online(record("2", 1))]).is_empty());
    let text = &first_goes(&[online(record("1", 1)), online(record("2", 1))])[0];
    assert!(text.contains("may be the living record"), "{text}");
    assert_eq!(first_goes(&[online(record("1", 900)), record("2", 1)]).len(), 1);
}

#[test]
fn the_one_seen_later_by_48_hours_is_the_survivor() {
    assert!(first_goes(&[record("1", 49), record("2", 1)]).is_empty());
    let mut late = record("1", 49);
    late.last_seen = late.last_seen.map(|at| at + SignedDuration::from_secs(1));
    assert_eq!(first_goes(&[late, record("2", 1)]).len(), 1);
}

#[test]
fn a_record_that_was_never_seen_goes_only_if_the_survivor_is_online() {
    let mut never = record("1", 0);
    never.last_seen = None;
    assert!(first_goes(&[never.clone(), online(record("2", 1))]).is_empty());
    assert_eq!(first_goes(&[never.clone(), record("2", 1)]).len(), 1);
    never.online = Presence::Unknown;
    assert_eq!(first_goes(&[never, online(record("2", 1))]).len(), 1);
}

#[test]
fn presence_that_is_known_of_one_only_does_not_tell() {
    let mut unread = record("1", 5);
    unread.online = Presence::NotChecked;
    assert_eq!(first_goes(&[unread.clone(), online(record("2", 1))]).len(), 1);
    unread.last_seen = record("1", 60).last_seen;
    assert!(first_goes(&[unread, online(record("2", 1))]).is_empty());
}

#[test]
fn another_record_that_stays_may_be_the_living_one() {
    let fleet = [record("1", 200), record("2", 100), online(record("3", 1))];
    let text = &first_goes(&fleet)[0];
    assert!(
        text.contains("'PC-2' or 'PC-3' may be the living record"),
        "{text}"
    );
    let both = [goes(&fleet[0], &fleet[2]), goes(&fleet[1], &fleet[2])];
    assert!(judged(&facts(), &fleet, &both).is_empty());
}

#[test]
fn evidence_must_come_from_both_records() {
    let mut fleet = [record("1", 200), record("2", 1)];
    fleet[0].macs = vec!["e8:6a:64:00:00:02".to_owned()];
    let text = &first_goes(&fleet)[0];
    assert_eq!(
        text,
        "not allowed to remove 1 computer ('PC-1') as a duplicate: it is not the machine of 'PC-2': they have no hardware \
         address in common"
    );
    fleet[0].macs.clear();
    assert!(first_goes(&fleet)[0].contains("nothing shows that it is the machine of 'PC-2'"));
}

#[test]
fn a_set_is_never_emptied() {
    let fleet = [record("1", 200), record("2", 1)];
    let plan = [goes(&fleet[0], &fleet[1]), remove(&fleet[1], Reason::Named)];
    assert!(judged(&facts(), &fleet, &plan)[0].contains("a set is never emptied"));
    assert!(judged(&facts(), &fleet, &[goes(&fleet[0], &fleet[0])])[0].contains("a set is never emptied"));
    let each_other = [goes(&fleet[0], &fleet[1]), goes(&fleet[1], &fleet[0])];
    assert_eq!(judged(&facts(), &fleet, &each_other).len(), 2);
}

#[test]
fn a_survivor_that_nobody_has_read_is_none() {
    let fleet = [record("1", 200)];
    let plan = [goes(&fleet[0], &record("9", 1))];
    assert!(judged(&facts(), &fleet, &plan)[0].contains("were not read"));
    let mut verdict = Verdict::default();
    judge(&of(&plan), &plan, &facts(), &mut verdict);
    assert_eq!(verdict.refusals.len(), 1);
}

#[test]
fn the_groups_go_to_the_survivor_first() {
    let mut fleet = [record("1", 200), record("2", 1)];
    fleet[0].groups = Some(vec![group("Sales"), group("Lab")]);
    fleet[1].groups = Some(vec![group("Lab")]);
    let text = &first_goes(&fleet)[0];
    assert!(
        text.contains("it is in the group 'Sales', into which 'PC-2' neither is nor is put before"),
        "{text}"
    );
    let add = Proposal::of(Change::GroupAdd {
        group: group("Sales"),
        member: Member::Computer(named(&fleet[1])),
    });
    let loss = goes(&fleet[0], &fleet[1]);
    assert!(judged(&facts(), &fleet, &[add.clone(), loss.clone()]).is_empty());
    assert_eq!(judged(&facts(), &fleet, &[loss, add]).len(), 1);
    fleet[0].groups = None;
    assert!(first_goes(&fleet)[0].contains("its groups were not read"));
}

#[test]
fn on_remotepc_duplicates_are_only_reported() {
    let fleet = [record("1", 200), online(record("2", 1))];
    let plan = [goes(&fleet[0], &fleet[1])];
    assert!(judged(&remotepc(), &fleet, &plan)[0].contains("only reported"));
}

#[test]
fn what_goes_for_another_reason_is_no_affair_of_this_rule() {
    assert!(judged(&facts(), &[], &[remove(&computer("1"), Reason::Named)]).is_empty());
}
