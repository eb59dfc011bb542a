//! No journal, no write; and after too many failures, no more writes.

use super::stage::Stage;
use super::stage::Step::{Ask, Look, Sent};
use super::{decide, make, make_all, rename, renames};
use crate::fleet::{Attempt, Error, Kind, Observed, Outcome, Result};
use crate::plan::Rules;
use crate::plan::journal::{self, Word};

const BEFORE: Result<Observed> = Ok(Observed::Before);

fn no() -> Attempt {
    Attempt::Failed(Error::new(Kind::Vendor, "no"))
}

#[tokio::test]
async fn what_is_sent_stands_in_the_journal_with_what_came_of_it() {
    let stage = Stage::new(
        [BEFORE, BEFORE, Ok(Observed::After)],
        [Attempt::Done(Some("by the way".to_owned()))],
    );
    let door = stage.door(Rules::default());
    make(&door, &rename()).await;
    door.close().await.unwrap();
    let listed = journal::list(&stage.journals()).unwrap();
    assert_eq!(listed.len(), 1);
    let run = journal::read(&listed[0].path).unwrap();
    assert_eq!(run.head.profile, "acme");
    let [entry] = run.entries.as_slice() else {
        panic!("{:?}", run.entries)
    };
    assert_eq!(entry.proposal.change, rename());
    let came = entry.came.as_ref().unwrap();
    assert_eq!(came.outcome, Word::Done);
    assert_eq!(came.note.as_deref(), Some("by the way"));
    assert!(run.end.is_some());
}

#[tokio::test]
async fn a_run_that_sends_nothing_leaves_no_journal() {
    for (look, rules) in [
        (Observed::After, Rules::default()),
        (
            Observed::Before,
            Rules {
                dry_run: true,
                ..Rules::default()
            },
        ),
    ] {
        let stage = Stage::new([Ok(look)], []);
        let door = stage.door(rules);
        make(&door, &rename()).await;
        door.close().await.unwrap();
        assert_eq!(std::fs::read_dir(stage.journals()).unwrap().count(), 0);
    }
}

#[tokio::test]
async fn without_a_journal_nothing_is_sent() {
    let stage = Stage::new([BEFORE], []);
    let journals = stage.journals();
    std::fs::remove_dir(&journals).unwrap();
    std::fs::write(&journals, "a file stands where the folder should be").unwrap();
    let door = stage.door(Rules::default());
    let error = decide(&door, &[rename()]).await.unwrap_err();
    assert_eq!(error.kind, Kind::Refused);
    assert_eq!(stage.steps(), [Look, Ask]);
    assert_eq!((door.tally().failed, door.tally().done), (0, 0));
    std::fs::remove_file(&journals).unwrap();
}

#[tokio::test]
async fn after_five_failures_in_a_row_nothing_more_is_sent_nor_looked_at() {
    let stage = Stage::new([BEFORE], vec![no(); 5]);
    let door = stage.door(Rules::default());
    for _ in 0..5 {
        assert!(matches!(make(&door, &rename()).await, Outcome::Failed(_)));
    }
    let steps = stage.steps();
    let error = decide(&door, &[rename()]).await.unwrap_err();
    assert_eq!(error.kind, Kind::Refused);
    assert!(error.message.contains("5 failures in a row"), "{error}");
    assert_eq!(stage.steps(), steps);
}

#[tokio::test]
async fn of_many_changes_the_rest_is_not_sent_after_too_many_failures() {
    let stage = Stage::new([BEFORE], vec![no(); 6]);
    let door = stage.door(Rules::default());
    let outcomes = make_all(&door, &renames(9)).await;
    assert_eq!(outcomes.len(), 9);
    let unsent = |outcome: &Outcome| matches!(outcome, Outcome::Failed(error) if error.kind == Kind::Refused);
    // Three go in one call: the second call brings the failures to six.
    assert_eq!(
        outcomes.iter().map(unsent).collect::<Vec<_>>(),
        [false, false, false, false, false, false, true, true, true]
    );
    assert_eq!(stage.steps().iter().filter(|step| **step == Sent).count(), 2);
}
