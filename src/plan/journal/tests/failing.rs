//! No journal, no write: what happens when the disk does not do as it is told.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use super::*;
use crate::fleet::{Error, Kind, Outcome};
use crate::plan::journal::disk::Disk;
use crate::plan::journal::line::{self, Said, Versioned};
use crate::plan::journal::writer::Found;
use crate::plan::journal::{Counts, Standing, Word};

#[derive(Default)]
struct Faults {
    append: AtomicBool,
    sync: AtomicBool,
    cut: AtomicBool,
    written: Mutex<Vec<u8>>,
}

/// A disk that fails when it is told to; half of what it fails to add is there all the same.
struct Failing(Arc<Faults>);

fn full(fails: &AtomicBool) -> io::Result<()> {
    if fails.load(SeqCst) {
        return Err(io::Error::new(io::ErrorKind::StorageFull, "no space left"));
    }
    Ok(())
}

impl Disk for Failing {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let mut written = self.0.written.lock().unwrap();
        if let Err(e) = full(&self.0.append) {
            written.extend(&bytes[..bytes.len() / 2]);
            return Err(e);
        }
        written.extend(bytes);
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        full(&self.0.sync)
    }

    fn cut(&self, length: u64) -> io::Result<()> {
        full(&self.0.cut)?;
        self.0
            .written
            .lock()
            .unwrap()
            .truncate(usize::try_from(length).unwrap());
        Ok(())
    }
}

fn on_failing() -> (Arc<Faults>, Journal) {
    let faults = Arc::new(Faults::default());
    let first = line::write(&Said::Head(Versioned::of(&head(1))), &Redactor::default()).unwrap();
    faults.written.lock().unwrap().extend(first.as_bytes());
    let path = PathBuf::from("/data/journals/x.jsonl");
    let disk = Box::new(Failing(Arc::clone(&faults)));
    let found = Found {
        length: first.len(),
        ..Found::default()
    };
    let journal = Journal::on(disk, found, path, clock(), &Redactor::default()).unwrap();
    (faults, journal)
}

/// Reads what the disk holds.
fn held(faults: &Faults) -> super::super::Run {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &*faults.written.lock().unwrap()).unwrap();
    read(file.path()).unwrap()
}

#[track_caller]
fn assert_refused(error: &Error) {
    assert_eq!(error.kind, Kind::Refused);
    assert_eq!(
        error.message,
        "not allowed to change anything: the journal `/data/journals/x.jsonl` cannot be written"
    );
    assert!(error.hint.as_ref().unwrap().contains("DESKHAND_DATA_DIR"));
    assert_eq!(error.causes, ["no space left"]);
}

#[tokio::test]
async fn a_full_disk_ends_all_writing_and_leaves_no_half_line() {
    let (faults, journal) = on_failing();
    let planned = [rename(1), rename(2), rename(3)];
    let numbers = journal.plan(&Notes::default(), &planned).unwrap();
    begin(&journal, &numbers[..1], &planned).await.unwrap();
    faults.append.store(true, SeqCst);
    assert_refused(&begin(&journal, &numbers[1..], &planned[1..]).await.unwrap_err());
    faults.append.store(false, SeqCst);
    assert_refused(&begin(&journal, &numbers[1..], &planned[1..]).await.unwrap_err());
    assert_refused(&journal.plan(&Notes::default(), &[rename(4)]).unwrap_err());
    // What was sent before still has its outcome.
    journal.came(numbers[0], &Outcome::Done(None)).unwrap();
    let run = held(&faults);
    assert_eq!((run.entries.len(), run.torn), (3, None));
    let counts = Counts {
        done: 1,
        not_begun: 2,
        ..Counts::default()
    };
    assert_eq!((run.counts(), journal.counts()), (counts, counts));
}

#[tokio::test]
async fn a_plan_that_cannot_be_written_whole_is_not_there() {
    let (faults, journal) = on_failing();
    faults.append.store(true, SeqCst);
    assert_refused(
        &journal
            .plan(&Notes::default(), &[rename(1), rename(2)])
            .unwrap_err(),
    );
    faults.append.store(false, SeqCst);
    assert_refused(&journal.plan(&Notes::default(), &[rename(1)]).unwrap_err());
    let run = held(&faults);
    assert_eq!((run.plans.len(), run.entries.len(), run.torn), (0, 0, None));
    assert_eq!(journal.counts(), Counts::default());
}

#[tokio::test]
async fn a_half_line_that_cannot_be_taken_away_is_the_last() {
    let (faults, journal) = on_failing();
    let before = intend(&journal, &[rename(1)]).await.unwrap();
    faults.append.store(true, SeqCst);
    faults.cut.store(true, SeqCst);
    assert_refused(&intend(&journal, &[rename(2)]).await.unwrap_err());
    faults.append.store(false, SeqCst);
    let error = journal.came(before[0], &Outcome::Done(None)).unwrap_err();
    assert_eq!(error.causes, ["a line before it could not be written whole"]);
    let run = held(&faults);
    assert_eq!((run.entries.len(), run.torn), (1, Some(6)));
    // A plan that nobody finished is no plan.
    assert_eq!((run.is_whole(0), run.is_whole(1)), (true, false));
}

#[tokio::test]
async fn a_sync_that_fails_is_never_tried_again() {
    let (faults, journal) = on_failing();
    faults.sync.store(true, SeqCst);
    assert_refused(&intend(&journal, &[rename(1)]).await.unwrap_err());
    faults.sync.store(false, SeqCst);
    assert_refused(&intend(&journal, &[rename(2)]).await.unwrap_err());
    assert_refused(&journal.close().await.unwrap_err());
    // It may be in the file for good; it was not sent, and the journal says so.
    let run = held(&faults);
    assert_eq!(run.entries.len(), 1);
    assert_eq!(run.entries[0].came.as_ref().unwrap().outcome, Word::Failed);
}

#[tokio::test]
async fn an_outcome_that_cannot_be_written_ends_all_writing() {
    let (faults, journal) = on_failing();
    let numbers = intend(&journal, &[rename(1)]).await.unwrap();
    faults.append.store(true, SeqCst);
    assert_refused(&journal.came(numbers[0], &Outcome::AlreadySo).unwrap_err());
    faults.append.store(false, SeqCst);
    assert_refused(&intend(&journal, &[rename(2)]).await.unwrap_err());
    assert_eq!(held(&faults).counts().in_flight, 1);
}

#[tokio::test]
async fn without_the_csv_of_what_is_removed_nothing_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let csv = folder.path().join("20261120T090000Z-acme-3f9a.removed.csv");
    std::fs::create_dir(&csv).unwrap();
    let error = intend(&journal, &[removal(1)]).await.unwrap_err();
    assert_eq!(error.kind, Kind::Refused);
    let run = read(journal.path()).unwrap();
    assert_eq!(run.entries[0].stands(), Standing::NotBegun);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_device_that_is_full_is_found_out_before_anything_is_sent() {
    let full = std::fs::OpenOptions::new()
        .append(true)
        .open("/dev/full")
        .unwrap();
    let path = PathBuf::from("/dev/full");
    let journal = Journal::on(
        Box::new(full),
        Found::default(),
        path,
        clock(),
        &Redactor::default(),
    )
    .unwrap();
    let error = intend(&journal, &[rename(1)]).await.unwrap_err();
    assert_eq!(error.kind, Kind::Refused);
    assert!(error.causes[0].contains("No space left"), "{:?}", error.causes);
}

#[test]
fn a_folder_that_cannot_be_written_stops_the_run_at_its_beginning() {
    let above = tempfile::tempdir().unwrap();
    std::fs::write(above.path().join("file"), "").unwrap();
    let folder = above.path().join("file/journals");
    let Err(error) = Journal::create(&folder, &head(1), clock(), &Redactor::default()) else {
        panic!("a journal below a file")
    };
    assert_eq!(error.kind, Kind::Refused);
    assert!(!error.causes.is_empty());
}
