//! What stands in the files of a run that goes well.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use super::*;
use crate::fleet::{Error, Kind, NewUser, Outcome, SignIn};
use crate::plan::journal::disk::Disk;
use crate::plan::journal::writer::Found;
use crate::plan::journal::{Came, Counts, Word};
use crate::secret::Secret;

#[tokio::test]
async fn a_run_is_read_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let proposals = [1, 2, 3, 4, 5, 6].map(|n| if n == 2 { removal(n) } else { rename(n) });
    let notes = relaxed("--max-removals 60");
    let numbers = journal.plan(&notes, &proposals[..4]).unwrap();
    begin(&journal, &numbers, &proposals).await.unwrap();
    let more = journal.plan(&Notes::default(), &proposals[4..]).unwrap();
    begin(&journal, &more[..1], &proposals[4..]).await.unwrap();
    let error = Error::new(Kind::Conflict, "the name is taken")
        .status(409)
        .hint("choose another");
    let outcomes = [
        Outcome::Done(Some("a note".to_owned())),
        Outcome::Unknown(Error::new(Kind::Network, "lost")),
        Outcome::Failed(error),
        Outcome::Drifted {
            was: "PC-4".to_owned(),
            now: "PC-9".to_owned(),
        },
    ];
    for (number, outcome) in numbers.iter().zip(&outcomes) {
        journal.came(*number, outcome).unwrap();
    }
    journal.close().await.unwrap();

    let run = read(journal.path()).unwrap();
    assert_eq!(run.head, head(0x3f9a));
    assert_eq!(run.torn, None);
    let read_back: Vec<Proposal> = run.entries.iter().map(|entry| entry.proposal.clone()).collect();
    assert_eq!(read_back, proposals);
    let came: Vec<Option<Came>> = run.entries.iter().map(|entry| entry.came.clone()).collect();
    let words: Vec<Option<Word>> = came.iter().map(|came| came.as_ref().map(|c| c.outcome)).collect();
    assert_eq!(
        words,
        [
            Some(Word::Done),
            Some(Word::Unknown),
            Some(Word::Failed),
            Some(Word::Drifted),
            None,
            None
        ]
    );
    let numbers: Vec<(u64, usize)> = run.entries.iter().map(|e| (e.number.get(), e.plan)).collect();
    assert_eq!(numbers, [(1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (6, 1)]);
    let begun: Vec<Option<Timestamp>> = run.entries.iter().map(|entry| entry.begun).collect();
    assert_eq!(begun[..5], [Some(now()); 5]);
    assert_eq!(begun[5], None);
    let plans: Vec<(&[String], u64)> = run
        .plans
        .iter()
        .map(|plan| (&plan.relaxed[..], plan.changes))
        .collect();
    assert_eq!(plans, [(&notes.relaxed[..], 4), (&[], 2)]);
    assert!(run.is_whole(0) && run.is_whole(1) && !run.is_whole(2));
    assert_eq!(came[0].as_ref().unwrap().note.as_deref(), Some("a note"));
    let told = came[2].as_ref().unwrap().error.clone().unwrap();
    assert_eq!(
        (told.kind.as_str(), told.status, told.hint.as_deref()),
        ("conflict", Some(409), Some("choose another"))
    );
    assert_eq!(
        came[3].as_ref().unwrap().note.as_deref(),
        Some("was PC-4, is PC-9")
    );
    let counts = Counts {
        done: 1,
        failed: 2,
        unknown: 1,
        in_flight: 1,
        not_begun: 1,
        ..Counts::default()
    };
    assert_eq!(run.end.as_ref().unwrap().counts, counts);
    assert_eq!(run.counts(), counts);
}

#[tokio::test]
async fn a_line_is_a_checksum_and_an_object_that_can_be_searched_for() {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let numbers = intend(&journal, &[rename(7)]).await.unwrap();
    journal.came(numbers[0], &Outcome::AlreadySo).unwrap();
    let text = fs::read_to_string(journal.path()).unwrap();
    let lines: Vec<(&str, &str)> = text.lines().map(|line| line.split_at(9)).collect();
    let said: Vec<&str> = lines[1..].iter().map(|(_, json)| *json).collect();
    assert_eq!(
        said,
        [
            r#"{"plan":{"changes":1}}"#,
            r#"{"planned":{"number":1,"proposal":{"change":{"verb":"rename","computer":{"id":"id-7","name":"PC-7"},"to":"NEW-7"}}}}"#,
            r#"{"intent":{"number":1,"at":"2026-11-20T09:00:00Z"}}"#,
            r#"{"outcome":{"number":1,"at":"2026-11-20T09:00:00Z","outcome":"already_so"}}"#,
        ]
    );
    assert!(
        lines[0]
            .1
            .starts_with(r#"{"head":{"version":2,"run":"20261120T090000Z-acme-3f9a","#)
    );
    for (sum, json) in lines {
        assert_eq!(sum, format!("{:08x} ", crc32fast::hash(json.as_bytes())));
    }
}

#[tokio::test]
async fn what_is_removed_can_be_read_without_deskhand() {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let path = folder.path().join("20261120T090000Z-acme-3f9a.removed.csv");
    intend(&journal, &[rename(1)]).await.unwrap();
    assert!(!path.exists(), "a run that removes nothing needs no such file");
    let unread = Proposal {
        before: None,
        ..removal(3)
    };
    intend(&journal, &[rename(1), removal(2)]).await.unwrap();
    intend(&journal, &[unread]).await.unwrap();
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "\"Name\",\"EntryID\",\"LastSeenTime\",\"Groups\",\"System\",\"Host\",\"MAC\",\"User\",\"Comment\"\n\
         \"PC-2\",\"id-2\",\"2026-01-31T08:30:00Z\",\"Sales;West\",\"Windows 11\",\"pc.kestrel.example\",\
         \"00:11:22:33:44:55;00:11:22:33:44:56\",\"\",\"by the \"\"window\"\"\nof Ann\"\n\
         \"PC-3\",\"id-3\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n"
    );
}

#[tokio::test]
async fn no_secret_gets_into_any_file() {
    let folder = tempfile::tempdir().unwrap();
    let redactor = Redactor::default();
    // The second would take the JSON apart if it were taken out of the line as text.
    for secret in ["s3cret-token", r#"":"2026"#] {
        redactor.learn(&Secret::new(secret));
    }
    let journal = Journal::create(folder.path(), &head(1), clock(), &redactor).unwrap();
    let mut removal = removal(2);
    if let Some(Kept::Computer(kept)) = &mut removal.before {
        kept.comment = Some("the key is s3cret-token".to_owned());
        kept.raw = serde_json::json!({ "deep": ["a s3cret-token"] }).into();
    }
    let user = Change::CreateUser(NewUser {
        username: "ann@kestrel.example".to_owned(),
        first_name: "Ann".to_owned(),
        last_name: "Other".to_owned(),
        password: Secret::new("pa55-w0rd"),
        sign_in: SignIn::default(),
    });
    let numbers = intend(&journal, &[removal, Proposal::of(user), rename(1)])
        .await
        .unwrap();
    let error = Error::new(Kind::Vendor, "it said s3cret-token");
    journal.came(numbers[0], &Outcome::Failed(error)).unwrap();
    journal
        .came(numbers[2], &Outcome::Issued(Secret::new("https://open-sesame")))
        .unwrap();
    journal.close().await.unwrap();
    for file in fs::read_dir(folder.path()).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for secret in ["s3cret-token", "pa55-w0rd", "sesame"] {
            assert!(!text.contains(secret), "{text}");
        }
        assert!(text.contains("[redacted]"), "{text}");
    }
    assert_eq!(read(journal.path()).unwrap().entries.len(), 3);
}

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("data/journals");
    let journal = create_in(&folder, 1);
    intend(&journal, &[removal(1)]).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for file in fs::read_dir(&folder).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
}

#[test]
fn two_runs_of_one_name_do_not_share_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let first = create(&folder);
    let Err(error) = Journal::create(folder.path(), &head(0x3f9a), clock(), &Redactor::default()) else {
        panic!("a second journal of one name")
    };
    assert_eq!(error.kind, Kind::Refused);
    assert_eq!(read(first.path()).unwrap().entries, []);
}

#[tokio::test]
async fn nothing_is_begun_or_settled_that_no_plan_has_or_that_is_settled() {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let planned = [rename(1), rename(2), rename(3)];
    let numbers = journal.plan(&Notes::default(), &planned).unwrap();
    // What was not begun may be settled: it had drifted, say.
    journal.came(numbers[0], &Outcome::AlreadySo).unwrap();
    begin(&journal, &numbers[1..2], &planned[1..]).await.unwrap();
    let other = create_in(folder.path(), 2);
    let strange = other
        .plan(&Notes::default(), &[rename(1), rename(2), rename(3), rename(4)])
        .unwrap()[3];
    let before = fs::read(journal.path()).unwrap();
    for (number, why) in [
        (numbers[0], "change 1 is `already_so` in the journal"),
        (numbers[1], "change 2 is `in_flight` in the journal"),
        (strange, "change 4 must not be sent: it stands in no plan"),
    ] {
        // One that may be begun comes before, and is not begun either.
        let error = begin(&journal, &[numbers[2], number], &planned)
            .await
            .unwrap_err();
        assert_eq!(error.kind, Kind::Refused);
        assert!(error.message.contains(why), "{error}");
    }
    for number in [numbers[0], strange] {
        let error = journal.came(number, &Outcome::Done(None)).unwrap_err();
        assert_eq!(error.kind, Kind::Refused);
    }
    assert_eq!(fs::read(journal.path()).unwrap(), before);
    begin(&journal, &numbers[2..], &planned[2..]).await.unwrap();
}

/// A disk that counts what is added to it.
#[derive(Clone, Default)]
struct Counting(Arc<Mutex<usize>>);

impl Disk for Counting {
    fn append(&self, _: &[u8]) -> io::Result<()> {
        *self.0.lock().unwrap() += 1;
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    fn cut(&self, _: u64) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_plan_is_written_at_a_stroke() {
    let disk = Counting::default();
    let path = PathBuf::from("/nowhere/x.jsonl");
    let on = Box::new(disk.clone());
    let journal = Journal::on(on, Found::default(), path, clock(), &Redactor::default()).unwrap();
    let many: Vec<Proposal> = (0..2_000).map(removal).collect();
    let numbers = journal.plan(&Notes::default(), &many).unwrap();
    assert_eq!((numbers.len(), journal.counts().not_begun), (2_000, 2_000));
    assert!(journal.plan(&Notes::default(), &[]).unwrap().is_empty());
    assert_eq!(*disk.0.lock().unwrap(), 1);
}

/// A disk of which each sync has to be allowed.
struct Gated {
    gate: Mutex<mpsc::Receiver<()>>,
    syncs: Arc<Mutex<usize>>,
}

impl Disk for Gated {
    fn append(&self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        // An open gate is one that nobody holds any more.
        let _ = self.gate.lock().unwrap().recv();
        *self.syncs.lock().unwrap() += 1;
        Ok(())
    }

    fn cut(&self, _: u64) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn calls_that_wait_for_the_disk_share_a_sync() {
    let (open, gate) = mpsc::channel();
    let syncs = Arc::new(Mutex::new(0));
    let disk = Gated {
        gate: Mutex::new(gate),
        syncs: Arc::clone(&syncs),
    };
    let path = PathBuf::from("/nowhere/x.jsonl");
    let journal = Journal::on(
        Box::new(disk),
        Found::default(),
        path,
        clock(),
        &Redactor::default(),
    )
    .unwrap();
    let one = [rename(1)];
    let mut calls = tokio::task::JoinSet::new();
    let journal = Arc::new(journal);
    for _ in 0..20 {
        let (journal, one) = (Arc::clone(&journal), one.clone());
        calls.spawn(async move { intend(&journal, &one).await });
    }
    // On one thread each of them runs up to where it waits.
    tokio::task::yield_now().await;
    assert!(
        calls.try_join_next().is_none(),
        "nothing is durable before the sync"
    );
    drop(open);
    let done = calls.join_all().await;
    assert!(done.iter().all(Result::is_ok));
    let syncs = *syncs.lock().unwrap();
    // One for those that came first, one for all others.
    assert!((1..=2).contains(&syncs), "{syncs} syncs for 20 calls");
}
