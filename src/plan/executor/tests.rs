//! The one door: what is asked, looked at and sent, in which order, and what is said of it.

mod connected;
mod journaled;
mod resuming;
mod stage;
mod together;

use super::{Decided, Executor};
use crate::fleet::{
    Attempt, Change, ComputerId, ComputerRef, DefaultAccess, Error, GroupId, GroupKind, GroupRef, Kind,
    Member, Observed, Outcome, Result,
};
use crate::plan::{Proposal, Rules, Tally};
use stage::Step::{Ask, Look, Sent};
use stage::{Stage, Step};

fn computer() -> ComputerRef {
    ComputerRef {
        id: ComputerId::new("1"),
        name: "PC-1".to_owned(),
    }
}

fn rename() -> Change {
    Change::Rename {
        computer: computer(),
        to: "PC-2".to_owned(),
    }
}

fn out_of_the_last_group(default_access: DefaultAccess) -> Change {
    Change::GroupRemove {
        group: GroupRef {
            id: GroupId::new("g"),
            name: "Servers".to_owned(),
            kind: GroupKind::Computers,
        },
        member: Member::Computer(computer()),
        default_access,
    }
}

fn other() -> Observed {
    Observed::Other {
        was: "PC-1".to_owned(),
        now: "PC-9".to_owned(),
    }
}

fn lost() -> Attempt {
    Attempt::Unknown(Error::new(Kind::Network, "the connection broke").operation("updateEntry"))
}

fn network() -> Error {
    let mut error = Error::new(Kind::Network, "could not read a computer");
    error.causes.push("no route".to_owned());
    error
}

/// Returns so many renames of computers of their own.
fn renames(many: usize) -> Vec<Change> {
    (1..=many)
        .map(|n| Change::Rename {
            computer: ComputerRef {
                id: ComputerId::new(n.to_string()),
                name: format!("PC-{n}"),
            },
            to: format!("New-{n}"),
        })
        .collect()
}

async fn decide(door: &Executor, changes: &[Change]) -> Result<Decided> {
    let mut plan = door.plan();
    for change in changes {
        plan.push(Proposal::of(change.clone())).unwrap();
    }
    door.decide(plan).await
}

async fn make_all(door: &Executor, changes: &[Change]) -> Vec<Outcome> {
    let decided = decide(door, changes).await.unwrap();
    let outcomes = door.carry_out(decided, &|| true).await;
    outcomes.into_iter().map(Option::unwrap).collect()
}

async fn make(door: &Executor, change: &Change) -> Outcome {
    make_all(door, std::slice::from_ref(change)).await.remove(0)
}

/// Counts what was done, without the rows.
fn counts(door: &Executor) -> Tally {
    Tally {
        rows: Vec::new(),
        ..door.tally()
    }
}

/// Makes one change on a new stage; returns what came of it, what was asked, and the count.
async fn one(stage: &Stage) -> (Outcome, Vec<Step>, Tally) {
    let door = stage.door(Rules::default());
    let outcome = make(&door, &rename()).await;
    (outcome, stage.steps(), counts(&door))
}

#[tokio::test(start_paused = true)]
async fn a_change_is_looked_at_sent_once_and_read_back() {
    let stage = Stage::new(
        [Ok(Observed::Before), Ok(Observed::Before), Ok(Observed::After)],
        [Attempt::Done(Some("by the way".to_owned()))],
    );
    let (outcome, steps, tally) = one(&stage).await;
    assert_eq!(outcome, Outcome::Done(Some("by the way".to_owned())));
    assert_eq!(steps, [Look, Ask, Look, Sent, Look]);
    assert_eq!(
        tally,
        Tally {
            done: 1,
            ..Tally::default()
        }
    );
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_asks_nobody_and_sends_nothing() {
    let stage = Stage::new([Ok(Observed::Before)], []);
    let door = stage.door(Rules {
        dry_run: true,
        ..Rules::default()
    });
    assert_eq!(make(&door, &rename()).await, Outcome::Planned);
    assert_eq!(stage.steps(), [Look]);
    assert_eq!(door.tally().planned, [Proposal::of(rename())]);
    assert_eq!(
        door.tally().told().unwrap(),
        "Changes: 1 planned (dry run: nothing was changed)"
    );
}

#[tokio::test(start_paused = true)]
async fn what_the_rules_refuse_is_refused_in_a_dry_run_too_and_not_planned() {
    for (read_only, writes) in [
        (Some("--read-only was given".to_owned()), None),
        (None, Some(vec!["group_add".to_owned()])),
    ] {
        for dry_run in [true, false] {
            let stage = Stage::new([], []);
            let door = stage.door(Rules {
                dry_run,
                read_only: read_only.clone(),
                writes: writes.clone(),
                ..Rules::default()
            });
            let refused = decide(&door, &[rename()]).await.unwrap_err();
            assert_eq!(refused.kind, Kind::Refused);
            assert_eq!(door.writable().is_err(), read_only.is_some());
            assert_eq!((stage.steps(), door.tally()), (vec![], Tally::default()));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_user_is_asked_once_a_run() {
    let refused = || Attempt::Failed(Error::new(Kind::Conflict, "the name is taken"));
    let stage = Stage::new([Ok(Observed::Before)], [refused(), refused()]);
    let door = stage.door(Rules::default());
    for _ in 0..2 {
        make(&door, &rename()).await;
    }
    assert_eq!(stage.steps(), [Look, Ask, Look, Sent, Look, Sent]);
}

#[tokio::test(start_paused = true)]
async fn after_a_no_nothing_is_sent_and_nobody_is_asked_again() {
    let stage = Stage::new([Ok(Observed::Before)], []).user_says_no();
    let door = stage.door(Rules::default());
    let first = decide(&door, &[rename()]).await.unwrap_err();
    assert!(first.message.contains("you said no"), "{first}");
    let second = decide(&door, &[out_of_the_last_group(DefaultAccess::NoOne)])
        .await
        .unwrap_err();
    assert_eq!(second.kind, Kind::Refused);
    assert_eq!(
        second.message,
        "not allowed to remove 'PC-1' from computer group 'Servers': the changes of this run were refused before"
    );
    assert_eq!(
        (stage.steps(), door.tally()),
        (vec![Look, Ask, Look], Tally::default())
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_so_already_is_not_sent_nor_asked_about() {
    let (outcome, steps, tally) = one(&Stage::new([Ok(Observed::After)], [])).await;
    assert_eq!(outcome, Outcome::AlreadySo);
    assert_eq!(steps, [Look]);
    assert_eq!(tally.already_so, 1);
}

#[tokio::test(start_paused = true)]
async fn what_has_changed_meanwhile_is_left_alone() {
    let (outcome, steps, tally) = one(&Stage::new([Ok(other())], [])).await;
    assert!(matches!(outcome, Outcome::Drifted { .. }), "{outcome:?}");
    assert_eq!(steps, [Look]);
    assert_eq!(tally.failed, 1);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_looked_at_is_not_sent() {
    let (outcome, steps, tally) = one(&Stage::new([Err(network())], [])).await;
    assert_eq!(outcome, Outcome::Failed(network()));
    assert_eq!(steps, [Look]);
    assert_eq!(tally.failed, 1);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_the_vendor_is_believed() {
    let taken = Error::new(Kind::Conflict, "the name is taken").status(409);
    let stage = Stage::new([Ok(Observed::Before)], [Attempt::Failed(taken.clone())]);
    let (outcome, steps, tally) = one(&stage).await;
    assert_eq!(outcome, Outcome::Failed(taken));
    assert_eq!(steps, [Look, Ask, Look, Sent]);
    assert_eq!(tally.failed, 1);
}

#[tokio::test(start_paused = true)]
async fn a_change_that_takes_a_moment_to_show_is_looked_for_again() {
    let looks = [
        Ok(Observed::Before),
        Ok(Observed::Before),
        Ok(Observed::Before),
        Err(network()),
        Ok(Observed::After),
    ];
    let (outcome, steps, _) = one(&Stage::new(looks, [Attempt::Done(None)])).await;
    assert_eq!(outcome, Outcome::Done(None));
    assert_eq!(steps, [Look, Ask, Look, Sent, Look, Look, Look]);
}

#[tokio::test(start_paused = true)]
async fn a_change_that_never_shows_is_not_called_done() {
    for (last, says) in [
        (Ok(Observed::Before), "the vendor still shows it as it was"),
        (Ok(other()), "the vendor shows PC-9"),
    ] {
        let stage = Stage::new(
            [Ok(Observed::Before), Ok(Observed::Before), last],
            [Attempt::Done(None)],
        );
        let (outcome, steps, tally) = one(&stage).await;
        let Outcome::Unknown(error) = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(
            error.message,
            format!("could not confirm: rename 'PC-1' to 'PC-2': {says}")
        );
        assert_eq!(steps, [Look, Ask, Look, Sent, Look, Look, Look]);
        assert_eq!((tally.done, tally.unknown), (0, 1));
        assert!(tally.left_something_undone());
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_vendor_said_is_kept_where_the_change_cannot_be_confirmed() {
    let note = "now everyone in the team has access".to_owned();
    let looks = [Ok(Observed::Before), Ok(Observed::Before), Err(network())];
    let (outcome, ..) = one(&Stage::new(looks, [Attempt::Done(Some(note.clone()))])).await;
    let Outcome::Unknown(error) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        error.causes,
        ["could not read a computer", "no route", note.as_str()]
    );
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_done_if_the_change_shows_and_is_not_sent_again() {
    let looks = [
        Ok(Observed::Before),
        Ok(Observed::Before),
        Ok(Observed::Before),
        Ok(Observed::After),
    ];
    let (outcome, steps, tally) = one(&Stage::new(looks, [lost()])).await;
    let Outcome::Done(Some(note)) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        note,
        "rename 'PC-1' to 'PC-2': no clear answer came; read back, and it is done"
    );
    assert_eq!(steps, [Look, Ask, Look, Sent, Look, Look]);
    assert_eq!((tally.done, tally.unknown), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_about_access_for_everyone_is_missed() {
    for (access, missed) in [(DefaultAccess::Everyone, true), (DefaultAccess::NoOne, false)] {
        let stage = Stage::new(
            [Ok(Observed::Before), Ok(Observed::Before), Ok(Observed::After)],
            [lost()],
        );
        let door = stage.door(Rules::default());
        let outcome = make(&door, &out_of_the_last_group(access)).await;
        let Outcome::Done(Some(note)) = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(note.contains("everyone in the team"), missed, "{note}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_has_failed_if_nothing_has_changed_and_is_not_sent_again() {
    let (outcome, steps, tally) = one(&Stage::new([Ok(Observed::Before)], [lost()])).await;
    let Outcome::Failed(error) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        error.message,
        "the connection broke (read back: nothing has changed)"
    );
    assert_eq!(error.operation, Some("updateEntry"));
    assert_eq!(steps, [Look, Ask, Look, Sent, Look, Look, Look]);
    assert_eq!((tally.failed, tally.unknown), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_unknown_if_the_target_is_something_else_now() {
    // The vendor may have made another name of it, or somebody may have come after us: "not done" would be a guess.
    let looks = [Ok(Observed::Before), Ok(Observed::Before), Ok(other())];
    let (outcome, _, tally) = one(&Stage::new(looks, [lost()])).await;
    let Outcome::Unknown(error) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        error.message,
        "the connection broke (read back: the vendor shows PC-9)"
    );
    assert_eq!((tally.failed, tally.unknown), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_that_cannot_be_settled_is_unknown_and_says_why() {
    let looks = [
        Ok(Observed::Before),
        Ok(Observed::Before),
        Ok(Observed::Before),
        Err(network()),
    ];
    let (outcome, steps, tally) = one(&Stage::new(looks, [lost()])).await;
    let Outcome::Unknown(error) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(error.message, "the connection broke");
    assert_eq!(error.causes, ["could not read a computer", "no route"]);
    assert_eq!(steps, [Look, Ask, Look, Sent, Look, Look, Look]);
    assert_eq!(tally.unknown, 1);
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_plans_only_what_is_not_so_already() {
    let dry = Rules {
        dry_run: true,
        ..Rules::default()
    };
    let stage = Stage::new([Ok(Observed::After)], []);
    let door = stage.door(dry.clone());
    assert_eq!(make(&door, &rename()).await, Outcome::AlreadySo);
    assert_eq!(door.tally().planned, []);
    // Its own earlier changes are not there yet: what looks like somebody else's doing may be one of them.
    let stage = Stage::new([Ok(other())], []);
    assert_eq!(make(&stage.door(dry.clone()), &rename()).await, Outcome::Planned);
    // What is gone is not one of them.
    let stage = Stage::new(
        [Ok(Observed::Gone {
            was: "PC-1".to_owned(),
        })],
        [],
    );
    let outcome = make(&stage.door(dry), &rename()).await;
    assert!(matches!(outcome, Outcome::Drifted { .. }), "{outcome:?}");
}

#[tokio::test(start_paused = true)]
async fn what_changes_while_the_user_thinks_is_left_alone() {
    let (outcome, steps, _) = one(&Stage::new([Ok(Observed::Before), Ok(other())], [])).await;
    assert!(matches!(outcome, Outcome::Drifted { .. }), "{outcome:?}");
    assert_eq!(steps, [Look, Ask, Look]);
}
