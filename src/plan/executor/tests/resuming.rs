//! Going on with a run that was broken off: what is read back, what is sent, and what never is.

use std::path::{Path, PathBuf};

use super::renames;
use super::stage::Stage;
use super::stage::Step::{Ask, Look, Sent};
use crate::clock::Clock;
use crate::fleet::{
    Attempt, Change, ComputerId, ComputerRef, Error, Kind, NewUser, Observed, Outcome, SignIn, Vendor,
};
use crate::plan::journal::{self, Head, Journal, RunId, Standing, Word};
use crate::plan::{BrokenOff, Executor, Logbook, Notes, Proposal, Rules, Terms};
use crate::secret::{Redactor, Secret};

type Rows = Vec<(Proposal, Option<Outcome>)>;

/// How far a change had come.
#[derive(Debug, Clone)]
enum Came {
    To(Outcome),
    InFlight,
    NotBegun,
}

fn clock() -> Clock {
    Clock::Frozen("2026-11-20T09:00:00Z".parse().unwrap())
}

fn invitation() -> Change {
    Change::InviteUser {
        email: "ann@x.example".to_owned(),
        roles: Vec::new(),
        sign_in: SignIn::default(),
        groups: Vec::new(),
    }
}

/// Writes the journal of a run that was killed; returns where it is.
async fn killed(folder: &Path, plans: &[&[(Change, Came)]]) -> PathBuf {
    let head = Head {
        run: RunId::new(clock().now(), "acme"),
        profile: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        host: "vendor.test".to_owned(),
        program: "0.1.0".to_owned(),
        started: clock().now(),
        what: "a test".to_owned(),
    };
    let journal = Journal::create(folder, &head, clock(), &Redactor::default()).unwrap();
    for changes in plans {
        let proposals: Vec<Proposal> = changes.iter().map(|(c, _)| Proposal::of(c.clone())).collect();
        let numbers = journal.plan(&Notes::default(), &proposals).unwrap();
        for ((number, proposal), (_, came)) in numbers.into_iter().zip(&proposals).zip(*changes) {
            if !matches!(came, Came::NotBegun) {
                journal.begin(&[(number, proposal)]).await.unwrap();
            }
            if let Came::To(outcome) = came {
                journal.came(number, outcome).unwrap();
            }
        }
    }
    journal.path().to_owned()
}

/// Makes the door that goes on with a run.
fn door(stage: &Stage, path: &Path) -> Executor {
    let terms = Terms {
        folder: Some(stage.journals()),
        profile: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        host: "vendor.test".to_owned(),
        what: "a test".to_owned(),
        exclusive: false,
        clock: clock(),
        redactor: Redactor::default(),
    };
    let broken_off = BrokenOff {
        path: path.to_owned(),
        run: journal::read(path).unwrap(),
    };
    stage.door_of(Rules::default(), Logbook::going_on(terms, broken_off))
}

/// Goes on with a run; returns its rows, and how far each change has come by its journal then.
async fn resumed(stage: &Stage, plans: &[&[(Change, Came)]]) -> (Rows, Vec<Standing>) {
    let path = killed(&stage.journals(), plans).await;
    let door = door(stage, &path);
    let rows = door.resume(&|| true).await.unwrap();
    door.close().await.unwrap();
    let run = journal::read(&path).unwrap();
    (rows, run.entries.iter().map(journal::Entry::stands).collect())
}

fn not_begun(changes: Vec<Change>) -> Vec<(Change, Came)> {
    changes
        .into_iter()
        .map(|change| (change, Came::NotBegun))
        .collect()
}

fn rename() -> Change {
    renames(1).remove(0)
}

fn outcome(rows: &Rows, at: usize) -> &Outcome {
    rows[at].1.as_ref().unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_was_in_flight_and_shows_is_done_and_nothing_is_sent() {
    let stage = Stage::new([Ok(Observed::After)], []);
    let (rows, stand) = resumed(&stage, &[&[(rename(), Came::InFlight)]]).await;
    let Outcome::Done(Some(note)) = outcome(&rows, 0) else {
        panic!("{rows:?}")
    };
    assert!(note.contains("read back"), "{note}");
    assert_eq!(stand, [Standing::Settled(Word::Done)]);
    assert_eq!(stage.steps(), [Look]);
}

#[tokio::test(start_paused = true)]
async fn what_was_in_flight_and_does_not_show_is_sent_again_after_a_question() {
    // Looked for three times, as vendors may need a moment; then before it is sent, and after.
    let mut looks = vec![Ok(Observed::Before); 4];
    looks.push(Ok(Observed::After));
    let stage = Stage::new(looks, [Attempt::Done(None)]);
    let (rows, stand) = resumed(&stage, &[&[(rename(), Came::InFlight)]]).await;
    assert_eq!(*outcome(&rows, 0), Outcome::Done(None));
    assert_eq!(stand, [Standing::Settled(Word::Done)]);
    assert_eq!(stage.steps(), [Look, Look, Look, Ask, Look, Sent, Look]);
}

#[tokio::test(start_paused = true)]
async fn what_nobody_can_tell_is_unknown_and_never_sent_again() {
    let moved = Observed::Other {
        was: "PC-1".to_owned(),
        now: "PC-9".to_owned(),
    };
    let gone = Observed::Gone {
        was: "PC-1".to_owned(),
    };
    for (change, seen, told) in [
        (invitation(), Observed::Before, "the vendor does not show it"),
        (invitation(), Observed::Unseen, "no way to show it"),
        (rename(), Observed::Unseen, "no way to show it"),
        (rename(), moved, "the vendor shows PC-9"),
        (rename(), gone, "not in the team any more"),
    ] {
        let stage = Stage::new([Ok(seen)], []);
        let (rows, stand) = resumed(&stage, &[&[(change.clone(), Came::InFlight)]]).await;
        let Outcome::Unknown(error) = outcome(&rows, 0) else {
            panic!("{change}: {rows:?}")
        };
        assert!(error.message.contains(told), "{error}");
        assert_eq!(stand, [Standing::Settled(Word::Unknown)]);
        assert!(stage.steps().iter().all(|step| *step == Look), "{change}");
    }
}

#[tokio::test(start_paused = true)]
async fn if_it_cannot_be_read_back_the_run_stays_as_it_was_and_can_be_resumed_later() {
    let no_route = || Error::new(Kind::Network, "no route");
    let stage = Stage::new([Err(no_route())], []);
    let path = killed(&stage.journals(), &[&[(rename(), Came::InFlight)]]).await;
    let error = door(&stage, &path).resume(&|| true).await.unwrap_err();
    assert_eq!(error, no_route());
    let run = journal::read(&path).unwrap();
    assert_eq!(run.entries[0].stands(), Standing::InFlight);
    assert!(stage.steps().iter().all(|step| *step == Look));
}

#[tokio::test(start_paused = true)]
async fn what_needs_something_that_was_not_made_is_not_sent() {
    // The second name is free once the first computer has let go of it.
    let one = ComputerRef {
        id: ComputerId::new("1"),
        name: "A".to_owned(),
    };
    let two = ComputerRef {
        id: ComputerId::new("2"),
        name: "B".to_owned(),
    };
    let first = Change::Rename {
        computer: one,
        to: "C".to_owned(),
    };
    let second = Change::Rename {
        computer: two,
        to: "A".to_owned(),
    };
    let no = Outcome::Failed(Error::new(Kind::Conflict, "no"));
    let stage = Stage::new([], []);
    let (rows, stand) = resumed(&stage, &[&[(first, Came::To(no)), (second, Came::NotBegun)]]).await;
    // What came to nothing before is told again.
    let [(_, Some(Outcome::Failed(_))), (_, Some(Outcome::Failed(error)))] = rows.as_slice() else {
        panic!("{rows:?}")
    };
    assert!(error.message.contains("has to be made before it"), "{error}");
    assert_eq!(stand[1], Standing::Settled(Word::Failed));
    assert_eq!(stage.steps(), [Ask]);
}

#[tokio::test(start_paused = true)]
async fn what_was_settled_is_not_looked_at_again_and_told_only_where_it_came_to_nothing() {
    let stage = Stage::new([Ok(Observed::Before), Ok(Observed::After)], [Attempt::Done(None)]);
    let [one, two, three] = renames(3).try_into().unwrap();
    let lost = Error::new(Kind::Network, "lost");
    let (rows, stand) = resumed(
        &stage,
        &[
            &[(one, Came::To(Outcome::Done(None)))],
            &[(two, Came::To(Outcome::Unknown(lost))), (three, Came::NotBegun)],
        ],
    )
    .await;
    let told: Vec<Change> = rows.into_iter().map(|(proposal, _)| proposal.change).collect();
    assert_eq!(told, renames(3)[1..]);
    assert_eq!(stand[1], Standing::Settled(Word::Unknown));
    assert_eq!(stage.steps(), [Ask, Look, Sent, Look]);
}

#[tokio::test(start_paused = true)]
async fn a_plan_that_is_not_whole_is_left_out() {
    let stage = Stage::new([], []);
    let changes = not_begun(renames(2));
    let path = killed(&stage.journals(), &[&changes]).await;
    let text = std::fs::read_to_string(&path).unwrap();
    let last = text.trim_end().rfind('\n').unwrap();
    std::fs::write(&path, &text[..=last]).unwrap();
    let door = door(&stage, &path);
    assert_eq!(door.resume(&|| true).await.unwrap(), []);
    assert_eq!(stage.steps(), []);
}

#[tokio::test(start_paused = true)]
async fn a_new_user_is_given_up_as_the_password_is_kept_nowhere() {
    let new = Change::CreateUser(NewUser {
        username: "ann".to_owned(),
        first_name: "Ann".to_owned(),
        last_name: "Other".to_owned(),
        password: Secret::new("S3cret-word"),
        sign_in: SignIn::default(),
    });
    let stage = Stage::new([], []);
    let (rows, stand) = resumed(&stage, &[&[(new, Came::NotBegun)]]).await;
    let Outcome::Failed(error) = outcome(&rows, 0) else {
        panic!("{rows:?}")
    };
    assert!(
        error.message.contains("the password is kept in no journal"),
        "{error}"
    );
    assert_eq!(
        error.hint.as_deref(),
        Some("make the user again, with a password")
    );
    assert_eq!(stand, [Standing::Settled(Word::Failed)]);
    assert_eq!(stage.steps(), []);
}

#[tokio::test(start_paused = true)]
async fn an_interruption_leaves_the_rest_to_be_resumed_later() {
    let stage = Stage::new([], []);
    let path = killed(&stage.journals(), &[&not_begun(renames(2))]).await;
    let door = door(&stage, &path);
    let rows = door.resume(&|| false).await.unwrap();
    assert!(rows.iter().all(|(_, outcome)| outcome.is_none()), "{rows:?}");
    assert_eq!(rows.len(), 2);
    assert_eq!(journal::read(&path).unwrap().counts().left(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_the_run_has_removed_before_counts_for_its_belt() {
    let removal = |n: usize| Change::RemoveComputer {
        computer: ComputerRef {
            id: ComputerId::new(format!("{n}")),
            name: format!("PC-{n}"),
        },
    };
    let lost = || Outcome::Unknown(Error::new(Kind::Network, "lost"));
    let no = || Outcome::Failed(Error::new(Kind::Conflict, "no"));
    let stage = Stage::new([], []);
    let changes = [
        (removal(1), Came::To(Outcome::Done(None))),
        (removal(2), Came::To(lost())),
        (removal(3), Came::To(no())),
        (rename(), Came::To(Outcome::Done(None))),
    ];
    let path = killed(&stage.journals(), &[&changes[..3], &changes[3..]]).await;
    let door = door(&stage, &path);
    door.resume(&|| true).await.unwrap();
    // What may be gone counts, too.
    assert_eq!(door.tally().removed, 2);
}
