//! Removals, invitations and new users on bad days: what is said of them, and what the account is like afterwards.

use serde_json::json;

use crate::fleet::{Attempt, Change, Kind, Observed, Reader, Writer};
use crate::sim::remotepc::{Operation, State, World};
use crate::sim::{Effect, Fault};

use super::super::super::Settings;
use super::super::ann;
use super::super::observing::{invite, remove, remove_user};
use super::Account;

/// The changes that cannot simply be taken back, in calls of one and of several, with the operation that makes each.
async fn calls(account: &Account) -> Vec<(Vec<Change>, Operation)> {
    let computers = account.some(true).await;
    let world = account.sim.world();
    let active: Vec<&str> = world
        .users
        .iter()
        .filter(|user| user.state == State::Active && user.deletable)
        .map(|user| user.username.as_str())
        .collect();
    let guest = world
        .users
        .iter()
        .find(|user| !user.has_joined() && user.deletable);
    vec![
        (
            computers[..3].iter().cloned().map(remove).collect(),
            Operation::RemoveComputers,
        ),
        (vec![remove(computers[3].clone())], Operation::RemoveComputers),
        (
            vec![invite("one@myworld", &[]), invite("two@myworld", &[])],
            Operation::InviteUsers,
        ),
        (vec![Change::CreateUser(ann())], Operation::CreateUser),
        (
            active[..2].iter().map(|user| remove_user(user, false)).collect(),
            Operation::DeleteUsers,
        ),
        (
            vec![remove_user(&guest.unwrap().username, true)],
            Operation::DeleteUsers,
        ),
    ]
}

/// Tells whether the account is as a change wants it.
fn is_made(world: &World, change: &Change) -> bool {
    match change {
        Change::RemoveComputer { computer } => world.find_device(computer.id.as_str()).is_none(),
        Change::InviteUser { email, .. } => world.find_user(email).is_some(),
        Change::CreateUser(user) => world.find_joined(&user.username).is_some(),
        Change::RemoveUser { user, .. } => world.find_user(user.id.as_str()).is_none(),
        other => panic!("{other}"),
    }
}

/// What came of a change.
struct Made {
    change: Change,
    attempt: Attempt,
    /// Whether it is so in truth.
    truth: bool,
    /// How it shows.
    seen: Observed,
    /// How many times it was sent.
    times: u64,
    /// How many changes were in its call.
    company: usize,
}

impl Made {
    #[track_caller]
    fn shows(&self, expected: Observed) {
        let hidden = matches!(
            self.change,
            Change::InviteUser { .. } | Change::RemoveUser { invited: true, .. }
        );
        let expected = if hidden { Observed::Unseen } else { expected };
        assert_eq!(self.seen, expected, "{}", self.change);
    }
}

/// Makes each call while its operation suffers from an effect.
async fn made(effect: &Effect) -> Vec<Made> {
    let account = Account::start(Settings::default(), |_| {}).await;
    let mut made = Vec::new();
    for (changes, operation) in calls(&account).await {
        assert_eq!(account.writes.together(&changes), changes.len());
        let before = account.sim.received(operation);
        account.sim.faults().push(Fault::on(operation, effect.clone()));
        let attempts = account.writes.write(&changes).await;
        assert_eq!(account.sim.faults().waiting(), 0, "{operation:?}");
        let times = account.sim.received(operation) - before;
        let seen = account.reads.observe(&changes).await;
        let (world, company) = (account.sim.world(), changes.len());
        for ((change, attempt), seen) in changes.into_iter().zip(attempts).zip(seen) {
            made.push(Made {
                truth: is_made(&world, &change),
                change,
                attempt,
                seen: seen.unwrap(),
                times,
                company,
            });
        }
    }
    made
}

fn status(status: u16, retry_after: Option<&str>) -> Effect {
    Effect::Status {
        status,
        retry_after: retry_after.map(str::to_owned),
    }
}

#[tokio::test]
async fn a_call_that_was_turned_away_for_the_number_of_requests_goes_again() {
    for made in made(&status(429, Some("0"))).await {
        assert_eq!(
            (&made.attempt, made.truth, made.times),
            (&Attempt::Done(None), true, 2),
            "{}",
            made.change
        );
        made.shows(Observed::After);
    }
}

#[tokio::test]
async fn a_call_that_would_have_to_wait_too_long_has_failed_and_nothing_has_changed() {
    for made in made(&status(429, Some("6000"))).await {
        let Attempt::Failed(error) = &made.attempt else {
            panic!("{}: {:?}", made.change, made.attempt)
        };
        assert_eq!(error.kind, Kind::RateLimited, "{}", made.change);
        assert_eq!((made.truth, made.times), (false, 1), "{}", made.change);
        made.shows(Observed::Before);
    }
}

#[tokio::test]
async fn a_call_whose_fate_nobody_knows_is_unknown_and_not_sent_again() {
    for effect in [
        status(503, None),
        status(500, None),
        Effect::CutBefore,
        Effect::Html,
    ] {
        for made in made(&effect).await {
            assert!(
                matches!(made.attempt, Attempt::Unknown(_)),
                "{effect:?}: {}: {:?}",
                made.change,
                made.attempt
            );
            assert_eq!((made.truth, made.times), (false, 1), "{}", made.change);
            made.shows(Observed::Before);
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_after_the_call_is_settled_by_what_the_vendor_shows() {
    for effect in [Effect::CutAfter, Effect::CutMidway, Effect::TruncatedJson] {
        for made in made(&effect).await {
            assert_eq!((made.truth, made.times), (true, 1), "{effect:?}: {}", made.change);
            made.shows(Observed::After);
            // A removal of computers looks by itself; of the others the look is the caller's.
            let looks = matches!(made.change, Change::RemoveComputer { .. });
            match made.attempt {
                Attempt::Done(Some(_)) => assert!(looks, "{effect:?}: {}", made.change),
                Attempt::Unknown(_) => assert!(!looks, "{effect:?}: {}", made.change),
                other => panic!("{effect:?}: {}: {other:?}", made.change),
            }
        }
    }
}

#[tokio::test]
async fn a_refusal_of_something_in_a_call_fails_one_change_and_leaves_several_unknown() {
    let refusal = Effect::Answer {
        status: 400,
        body: json!({
            "status": "BAD_REQUEST", "code": 400, "errorsCount": 1, "errors": [{ "description": "FAILED" }],
        }),
    };
    for made in made(&refusal).await {
        let failed = matches!(made.attempt, Attempt::Failed(_));
        assert_eq!(failed, made.company == 1, "{}: {:?}", made.change, made.attempt);
        assert!(
            failed || matches!(made.attempt, Attempt::Unknown(_)),
            "{:?}",
            made.attempt
        );
        assert!(!made.truth);
    }
}
