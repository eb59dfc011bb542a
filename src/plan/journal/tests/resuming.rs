//! A run that was broken off goes on in the same journal.

use std::fs;

use super::reading::{parsed, sound};
use super::*;
use crate::fleet::{Kind, Outcome};
use crate::plan::journal::line::{self, Said};
use crate::plan::journal::read::whole;
use crate::plan::journal::record::Resumed;
use crate::plan::journal::{Counts, Entry, Run, Standing, State, Word, summary};

/// Puts a journal into a folder, and returns where it is.
fn put(folder: &TempDir, bytes: &[u8]) -> std::path::PathBuf {
    let path = folder.path().join("20261120T090000Z-acme-3f9a.jsonl");
    fs::write(&path, bytes).unwrap();
    path
}

fn csv_of(folder: &TempDir) -> std::path::PathBuf {
    folder.path().join("20261120T090000Z-acme-3f9a.removed.csv")
}

/// Sees to all that is left of a run: begins it, again where it was in flight, and has it done.
pub(super) async fn finish(journal: &Journal, run: &Run) {
    let left = run.entries.iter().filter(|entry| entry.came.is_none());
    let left: Vec<_> = left.map(|entry| (entry.number, &entry.proposal)).collect();
    journal.begin(&left).await.unwrap();
    for (number, _) in left {
        journal.came(number, &Outcome::Done(None)).unwrap();
    }
}

fn standings(run: &Run) -> Vec<Standing> {
    run.entries.iter().map(Entry::stands).collect()
}

#[tokio::test]
async fn a_run_that_was_killed_goes_on_where_it_stood() {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let planned = [removal(1), removal(2), removal(3), rename(4)];
    let notes = relaxed("--max-removals 60");
    let numbers = journal.plan(&notes, &planned).unwrap();
    begin(&journal, &numbers[..2], &planned).await.unwrap();
    journal.came(numbers[0], &Outcome::Done(None)).unwrap();
    let path = journal.path().to_owned();
    drop(journal);

    let run = read(&path).unwrap();
    let left = [
        Standing::Settled(Word::Done),
        Standing::InFlight,
        Standing::NotBegun,
        Standing::NotBegun,
    ];
    assert_eq!(standings(&run), left);
    let journal = Journal::resume(&path, &run, clock(), &Redactor::default()).unwrap();
    assert_eq!(summary(&path).unwrap().state, State::Interrupted);
    assert_eq!(journal.counts(), run.counts());
    finish(&journal, &run).await;
    journal.close().await.unwrap();
    // What comes in addition is numbered behind it.
    assert_eq!(journal.plan(&Notes::default(), &[rename(5)]).unwrap()[0].get(), 5);

    let run = read(&path).unwrap();
    assert_eq!(standings(&run)[..4], [Standing::Settled(Word::Done); 4]);
    assert_eq!(
        (run.plans.len(), &run.relaxed()[..]),
        (2, &["--max-removals 60"][..])
    );
    assert_eq!(run.policy(), notes.policy.as_deref());
    assert_eq!(run.resumed, [now()]);
    let end = run.end.unwrap();
    let done = Counts {
        done: 4,
        ..Counts::default()
    };
    assert_eq!((end.counts, end.resumed), (done, 1));
    let csv = fs::read_to_string(csv_of(&folder)).unwrap();
    for id in ["\"id-1\"", "\"id-2\"", "\"id-3\""] {
        assert_eq!(csv.matches(id).count(), 1, "{csv}");
    }
}

#[tokio::test]
async fn an_end_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    journal.plan(&Notes::default(), &[rename(1)]).unwrap();
    journal.close().await.unwrap();
    let path = journal.path().to_owned();
    drop(journal);
    assert_eq!(summary(&path).unwrap().state, State::Ended(now()));
    for times in 1..=2 {
        drop(resume(&path));
        let summary = summary(&path).unwrap();
        assert_eq!((summary.state, summary.resumed), (State::Interrupted, times));
    }
    let journal = resume(&path);
    journal.close().await.unwrap();
    let summary = summary(&path).unwrap();
    assert_eq!((summary.state, summary.resumed), (State::Ended(now()), 3));
}

#[tokio::test]
async fn a_second_process_may_begin_again_what_was_in_flight_and_only_that() {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let planned = [rename(1), rename(2)];
    let numbers = intend(&journal, &planned).await.unwrap();
    journal
        .came(
            numbers[0],
            &Outcome::Unknown(crate::fleet::Error::new(Kind::Network, "lost")),
        )
        .unwrap();
    let path = journal.path().to_owned();
    drop(journal);
    let journal = resume(&path);
    assert!(begin(&journal, &numbers[..1], &planned).await.is_err());
    begin(&journal, &numbers[1..], &planned[1..]).await.unwrap();
    assert!(begin(&journal, &numbers[1..], &planned[1..]).await.is_err());
    let run = read(&path).unwrap();
    assert_eq!(
        standings(&run),
        [Standing::Settled(Word::Unknown), Standing::InFlight]
    );
}

#[tokio::test]
async fn a_journal_that_is_cut_at_any_byte_goes_on_with_all_its_whole_lines() {
    let bytes = sound().await;
    let resumed = Resumed {
        at: now(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let line = line::write(&Said::Resumed(&resumed), &Redactor::default()).unwrap();
    let first = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for cut in first..=bytes.len() {
        let kept = &bytes[..cut];
        let before = parsed(kept).unwrap();
        let on = [&kept[..whole(kept)], line.as_bytes()].concat();
        let after = parsed(&on).unwrap_or_else(|e| panic!("cut at {cut}: {e}"));
        let expected = Run {
            end: None,
            torn: None,
            resumed: [&before.resumed[..], &[now()]].concat(),
            ..before
        };
        assert_eq!(after, expected, "cut at {cut}");
        // The same with files, which takes longer.
        if cut % 53 == 0 || kept.ends_with(b"\n") {
            let folder = tempfile::tempdir().unwrap();
            let path = put(&folder, kept);
            let journal = resume(&path);
            assert_eq!(fs::read(&path).unwrap(), on, "cut at {cut}");
            finish(&journal, &after).await;
            let finished = read(&path).unwrap();
            assert_eq!(finished.counts().left(), 0, "cut at {cut}");
            for (was, is) in after.entries.iter().zip(&finished.entries) {
                assert_eq!(is.proposal, was.proposal, "cut at {cut}");
                assert!(was.came.is_none() || was.came == is.came, "cut at {cut}");
            }
        }
    }
}

#[tokio::test]
async fn zeros_that_a_crash_of_the_machine_leaves_are_cut_away() {
    let mut bytes = sound().await;
    let length = bytes.len();
    bytes.resize(8192, 0);
    let folder = tempfile::tempdir().unwrap();
    let path = put(&folder, &bytes);
    drop(resume(&path));
    let on = fs::read(&path).unwrap();
    assert!(on.starts_with(&bytes[..length]) && !on.contains(&0));
}

#[tokio::test]
async fn wherever_the_csv_is_torn_each_removal_has_one_row() {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let planned = [removal(1), removal(2)];
    let numbers = journal.plan(&Notes::default(), &planned).unwrap();
    begin(&journal, &numbers[..1], &planned).await.unwrap();
    let (lines, one) = (
        fs::read(journal.path()).unwrap(),
        fs::read(csv_of(&folder)).unwrap().len(),
    );
    begin(&journal, &numbers[1..], &planned[1..]).await.unwrap();
    let both = fs::read(csv_of(&folder)).unwrap();
    drop(journal);
    // The rows come first: the second may be there, in part or whole, before the journal says that it was begun.
    for cut in one..=both.len() {
        let path = put(&folder, &lines);
        fs::write(csv_of(&folder), &both[..cut]).unwrap();
        let journal = resume(&path);
        begin(&journal, &numbers, &planned).await.unwrap();
        assert_eq!(fs::read(csv_of(&folder)).unwrap(), both, "cut at {cut}");
    }
    // Where it is not there at all it is made.
    let path = put(&folder, &lines);
    fs::remove_file(csv_of(&folder)).unwrap();
    begin(&resume(&path), &numbers[1..], &planned[1..]).await.unwrap();
    let csv = fs::read_to_string(csv_of(&folder)).unwrap();
    assert!(csv.starts_with("\"Name\",") && csv.contains("\"id-2\""), "{csv}");
}

#[tokio::test]
async fn what_was_written_since_it_was_read_stops_it() {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let numbers = intend(&journal, &[rename(1)]).await.unwrap();
    let run = read(journal.path()).unwrap();
    journal.came(numbers[0], &Outcome::Done(None)).unwrap();
    let before = fs::read(journal.path()).unwrap();
    let Err(error) = Journal::resume(journal.path(), &run, clock(), &Redactor::default()) else {
        panic!("a journal that somebody writes was resumed")
    };
    assert_eq!(error.kind, Kind::Refused);
    assert!(error.message.contains("since it was read"), "{error}");
    assert_eq!(fs::read(journal.path()).unwrap(), before);
}

#[tokio::test]
async fn what_cannot_be_read_or_written_cannot_be_resumed() {
    let bytes = sound().await;
    let run = parsed(&bytes).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut spoilt = bytes.clone();
    spoilt[bytes.len() / 2] ^= 1;
    for (bytes, why) in [
        (&bytes[..20], "ends before its first line does"),
        (&spoilt, "the journal is damaged"),
    ] {
        let path = put(&folder, bytes);
        let Err(error) = Journal::resume(&path, &run, clock(), &Redactor::default()) else {
            panic!("resumed, though {why}")
        };
        assert_eq!(error.kind, Kind::Invalid);
        assert!(error.message.contains(why), "{error}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    let path = put(&folder, &bytes);
    fs::create_dir(csv_of(&folder)).unwrap();
    let Err(error) = Journal::resume(&path, &run, clock(), &Redactor::default()) else {
        panic!("resumed without the file of what is removed")
    };
    assert_eq!(error.kind, Kind::Refused);
    assert!(error.message.contains("cannot be written"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
}
