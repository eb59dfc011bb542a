//! What there is, and what somebody means.

use std::fs;

use super::*;
use crate::fleet::{Kind, Outcome};
use crate::plan::journal::{Counts, Lock, State, find, list};

#[tokio::test]
async fn runs_are_listed_the_newest_first_each_with_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    for (tail, ends) in [(1, true), (2, false), (3, false)] {
        let journal = create_in(folder.path(), tail);
        let numbers = intend(&journal, &[rename(1), removal(2)]).await.unwrap();
        journal.plan(&Notes::default(), &[rename(3)]).unwrap();
        journal.came(numbers[0], &Outcome::Done(None)).unwrap();
        if ends {
            journal.close().await.unwrap();
        }
    }
    fs::write(
        folder.path().join("20261120T090000Z-acme-0004.jsonl"),
        "nonsense\n",
    )
    .unwrap();
    fs::write(folder.path().join("20261120T090000Z-acme-0005.jsonl"), "").unwrap();
    fs::write(folder.path().join("notes.txt"), "").unwrap();
    let _running = Lock::take(folder.path(), "acme", &head(3).run, now()).unwrap();

    let listed = list(folder.path()).unwrap();
    let runs: Vec<&str> = listed.iter().map(|l| &l.run[l.run.len() - 4..]).collect();
    assert_eq!(runs, ["0005", "0004", "0003", "0002", "0001"]);
    let counts = Counts {
        done: 1,
        in_flight: 1,
        not_begun: 1,
        ..Counts::default()
    };
    let states: Vec<Option<State>> = listed
        .iter()
        .map(|listed| {
            let summary = listed.found.as_ref().ok()?;
            assert_eq!(summary.counts, counts, "{}", listed.run);
            Some(summary.state)
        })
        .collect();
    assert_eq!(
        states,
        [
            None,
            None,
            Some(State::Running),
            Some(State::Interrupted),
            Some(State::Ended(now()))
        ]
    );
    let trouble = listed[1].found.as_ref().unwrap_err();
    assert!(
        trouble.message.contains("0004.jsonl:1: the journal is damaged"),
        "{trouble}"
    );
}

#[tokio::test]
async fn of_runs_of_one_second_the_newest_is_the_one_that_was_written_last() {
    let folder = tempfile::tempdir().unwrap();
    let written = [(7, 20), (9, 10), (8, 30)];
    for (tail, seconds) in written {
        let journal = create_in(folder.path(), tail);
        journal.close().await.unwrap();
        let file = fs::File::options().append(true).open(journal.path()).unwrap();
        let at = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        file.set_modified(at).unwrap();
    }
    let runs: Vec<String> = list(folder.path()).unwrap().into_iter().map(|l| l.run).collect();
    let tails: Vec<&str> = runs.iter().map(|run| &run[run.len() - 4..]).collect();
    assert_eq!(tails, ["0008", "0007", "0009"]);
    let last = find(folder.path(), "last").unwrap();
    assert!(last.ends_with("20261120T090000Z-acme-0008.jsonl"), "{last:?}");
}

#[tokio::test]
async fn a_run_that_has_ended_is_listed_by_its_first_line_and_its_last() {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let many: Vec<Proposal> = (0..50).map(removal).collect();
    intend(&journal, &many).await.unwrap();
    journal.close().await.unwrap();
    let mut bytes = fs::read(journal.path()).unwrap();
    // Damage that only a reader of the whole can see.
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(journal.path(), bytes).unwrap();
    let listed = list(folder.path()).unwrap();
    assert_eq!(listed[0].found.as_ref().unwrap().counts.in_flight, 50);
}

#[test]
fn where_there_is_no_folder_there_are_no_runs() {
    let folder = tempfile::tempdir().unwrap();
    let none = folder.path().join("none");
    assert_eq!(list(&none).unwrap(), []);
    let error = find(&none, "last").unwrap_err();
    assert_eq!(error.kind, Kind::NotFound);
    assert!(error.message.starts_with("there is no run `last`: "), "{error}");
}

#[test]
fn a_run_is_found_by_its_name_a_beginning_or_as_the_last() {
    let folder = tempfile::tempdir().unwrap();
    for run in [
        "20261119T080000Z-acme-00aa",
        "20261120T090000Z-acme-00bb",
        "20261120T090000Z-acme-00bbc",
    ] {
        fs::write(folder.path().join(format!("{run}.jsonl")), "").unwrap();
    }
    let found = |name: &str| {
        find(folder.path(), name).map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
    };
    assert_eq!(found("last").unwrap(), "20261120T090000Z-acme-00bbc");
    assert_eq!(found("20261119").unwrap(), "20261119T080000Z-acme-00aa");
    // A whole name wins over being a beginning.
    assert_eq!(
        found("20261120T090000Z-acme-00bb").unwrap(),
        "20261120T090000Z-acme-00bb"
    );
    let error = found("20261120").unwrap_err();
    assert_eq!(error.kind, Kind::Ambiguous);
    assert_eq!(error.message, "`20261120` is the beginning of 2 runs");
    assert_eq!(
        error.hint.unwrap(),
        "they are 20261120T090000Z-acme-00bbc, 20261120T090000Z-acme-00bb"
    );
    let error = found("20261119T080000Z-acme-00ab").unwrap_err();
    assert_eq!(error.kind, Kind::NotFound);
    assert_eq!(error.hint.unwrap(), "did you mean `20261119T080000Z-acme-00aa`?");
    assert!(
        found("x")
            .unwrap_err()
            .hint
            .unwrap()
            .contains("deskhand journal list")
    );
}
