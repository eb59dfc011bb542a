//! Rules 13, 14 and 17: answers that are lost, when a run stops, and the look afterwards.

use deskhand::sim::realvnc::Operation;
use deskhand::sim::{Effect, Fault, remotepc};
use serde_json::json;

use crate::desk::Ran;

use super::devices::{Account, device};
use super::fleet::{Fleet, machines};
use super::{CLEAN, NAMED};

const INVITE: &str = "//! Invites.\ninvite_user(\"new@kestrel.example\", [\"USER\"])";

fn status(status: u16) -> Effect {
    Effect::Status {
        status,
        retry_after: None,
    }
}

/// Has so many removals go wrong after so many that go well.
fn removals(fleet: &Fleet, after: u64, times: u64, effect: Effect) {
    fleet.fault(
        Fault::on(Operation::DeleteEntry, effect)
            .after(after)
            .times(times),
    );
}

#[test]
fn a_removal_whose_answer_is_lost_is_settled_by_looking() {
    let fleet = Fleet::of(machines(1));
    removals(&fleet, 0, 1, Effect::CutAfter);
    fleet.run(CLEAN, "30d").succeeds().says("1 done");
    assert_eq!(fleet.len(), 0);
}

#[test]
fn an_invitation_whose_answer_is_lost_is_looked_for_and_not_sent_again() {
    let fleet = Fleet::of(machines(1));
    fleet.fault(Fault::on(Operation::InviteMember, Effect::CutAfter));
    fleet.run(INVITE, "").succeeds().says("1 done");
    assert_eq!(fleet.received(Operation::InviteMember), 1);
    let fleet = Fleet::of(machines(1));
    fleet.fault(Fault::on(Operation::InviteMember, Effect::CutBefore));
    assert_ne!(fleet.run(INVITE, "").code, Some(0));
    assert_eq!(fleet.received(Operation::InviteMember), 1);
}

#[test]
fn an_invitation_of_remotepc_whose_answer_is_lost_stays_unknown() {
    let account = Account::of(vec![device("A")]);
    account.fault(remotepc::Operation::InviteUsers, Effect::CutAfter);
    let ran = account.run("//! Invites.\ninvite_user(\"new@kestrel.example\", [])", "");
    ran.ends_with(5)
        .says("not known whether this was done")
        .says("1 of unknown outcome");
    assert_eq!(account.received(remotepc::Operation::InviteUsers), 1);
}

#[test]
fn what_the_vendor_says_is_done_and_is_not_makes_the_run_partial() {
    let fleet = Fleet::of(machines(1));
    let effect = Effect::Answer {
        status: 204,
        body: json!({}),
    };
    removals(&fleet, 0, 1, effect);
    let ran = fleet.run(CLEAN, "30d");
    ran.ends_with(5);
    assert!(!ran.stderr.contains("1 done"), "{}", ran.transcript());
    assert_eq!(fleet.len(), 1);
}

#[test]
fn what_cannot_be_looked_at_afterwards_makes_the_run_partial() {
    let fleet = Fleet::of(machines(1));
    // Read before the removal, and never again.
    fleet.fault(Fault::on(Operation::ReadEntry, status(500)).after(0).always());
    let ran = fleet.run(CLEAN, "30d");
    assert!(matches!(ran.code, Some(4 | 5)), "{}", ran.transcript());
}

/// Runs a removal of so many, one by one, of which so many fail in a row after the first.
fn failing(fleet: &Fleet, times: u64) -> Ran {
    removals(fleet, 1, times, status(409));
    fleet.run(CLEAN, "30d --max-removals 99 --jobs 1 --output csv")
}

#[test]
fn four_failures_in_a_row_are_borne_and_the_fifth_ends_the_run() {
    let fleet = Fleet::of(machines(10));
    failing(&fleet, 4).ends_with(5).says("6 done, 4 failed");
    assert_eq!(fleet.received(Operation::DeleteEntry), 10);
    let fleet = Fleet::of(machines(10));
    failing(&fleet, 5)
        .ends_with(5)
        .prints("stopped after 5 failures in a row")
        .says("1 done, 9 failed");
    assert_eq!((fleet.received(Operation::DeleteEntry), fleet.len()), (6, 9));
}

#[test]
fn a_fifth_that_fails_of_twenty_and_more_ends_the_run() {
    // Every fifth removal fails: at the twentieth they are four.
    let fleet = Fleet::of(machines(40));
    for at in 1..=8 {
        // What an earlier fault has spoilt is not seen by those behind it.
        removals(&fleet, 4 * at, 1, status(409));
    }
    let ran = fleet.run(CLEAN, "30d --max-removals 99 --jobs 1 --output csv");
    ran.ends_with(5).prints("4 of 20 changes failed");
    assert_eq!(fleet.received(Operation::DeleteEntry), 20);
}

#[test]
fn a_key_that_may_not_remove_is_tried_once() {
    let fleet = Fleet::lacking(&["DELETE_ENTRY"], machines(10));
    let ran = fleet.run(CLEAN, "30d --max-removals 99 --jobs 1");
    assert!(matches!(ran.code, Some(4 | 5)), "{}", ran.transcript());
    assert_eq!((fleet.received(Operation::DeleteEntry), fleet.len()), (1, 10));
}

#[test]
fn a_key_that_is_refused_in_the_middle_ends_the_run() {
    let fleet = Fleet::of(machines(10));
    removals(&fleet, 2, u64::MAX, status(401));
    let ran = fleet.run(CLEAN, "30d --max-removals 99 --jobs 1");
    ran.ends_with(5);
    assert_eq!(fleet.len(), 8);
    // Once more with a new token, and then no more.
    assert_eq!(fleet.received(Operation::DeleteEntry), 4, "{}", ran.transcript());
}

#[test]
fn a_session_that_ends_in_the_middle_is_renewed() {
    let fleet = Fleet::of(machines(3));
    removals(&fleet, 1, 1, status(401));
    fleet.run(CLEAN, "30d").succeeds().says("3 done");
}

#[test]
fn reading_that_is_only_better_to_have_is_missed_aloud() {
    for lacking in [
        &["LIST_PRESENCE"][..],
        &["LIST_ENTRY_GROUPS"],
        &["LIST_PRESENCE", "LIST_ENTRY_GROUPS"],
    ] {
        let fleet = Fleet::lacking(lacking, machines(4));
        let ran = fleet.run(NAMED, "PC-1");
        ran.succeeds();
        let ran = fleet.run(CLEAN, "30d");
        ran.succeeds().says("3 done");
        for permission in lacking {
            ran.says(permission);
        }
    }
}
