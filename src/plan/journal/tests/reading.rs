//! Journals that are not whole, not sound, or not ours.

use std::collections::HashSet;
use std::fs;

use super::*;
use crate::fleet::{Kind, Outcome};
use crate::plan::journal::read::{parse, whole as whole_length};
use crate::plan::journal::{Run, Standing, Word};

/// Writes a journal of a few changes, broken off and resumed, and returns its bytes.
pub(super) async fn sound() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let planned = [rename(1), removal(2), rename(3), rename(4)];
    let notes = relaxed("--max-removals 60");
    let numbers = journal.plan(&notes, &planned).unwrap();
    begin(&journal, &numbers[..3], &planned).await.unwrap();
    journal.came(numbers[1], &Outcome::Done(None)).unwrap();
    let more = intend(&journal, &[removal(4)]).await.unwrap();
    journal.came(more[0], &Outcome::AlreadySo).unwrap();
    journal.close().await.unwrap();
    let path = journal.path().to_owned();
    drop(journal);
    let journal = resume(&path);
    begin(&journal, &[numbers[2], numbers[3]], &planned[2..])
        .await
        .unwrap();
    journal.came(numbers[2], &Outcome::Done(None)).unwrap();
    journal
        .came(numbers[0], &Outcome::Done(Some("ü".to_owned())))
        .unwrap();
    journal.close().await.unwrap();
    fs::read(&path).unwrap()
}

/// Reads a journal that nobody has put on a disk.
pub(super) fn parsed(bytes: &[u8]) -> crate::fleet::Result<Run> {
    parse(Path::new("x.jsonl"), bytes)
}

/// Tells whether a run says nothing but what the other says, and perhaps less.
fn is_part_of(part: &Run, whole: &Run) -> bool {
    let entries = part.entries.len() <= whole.entries.len()
        && part.entries.iter().zip(&whole.entries).all(|(part, whole)| {
            (part.number, part.plan, &part.proposal) == (whole.number, whole.plan, &whole.proposal)
                && (part.begun.is_none() || part.begun == whole.begun)
                && (part.came.is_none() || part.came == whole.came)
        });
    entries
        && part.head == whole.head
        && whole.plans.starts_with(&part.plans)
        && whole.resumed.starts_with(&part.resumed)
}

/// Asserts that a run says all that stands on these lines.
#[track_caller]
fn assert_says_all(run: &Run, text: &str) {
    let said = |sort: &str| {
        let start = format!("{{\"{sort}\":");
        text.lines().filter(move |line| line[9..].starts_with(&start))
    };
    let begun = run.entries.iter().filter(|entry| entry.begun.is_some());
    let came = run.entries.iter().filter(|entry| entry.came.is_some());
    assert_eq!(
        (run.plans.len(), run.entries.len(), run.resumed.len()),
        (
            said("plan").count(),
            said("planned").count(),
            said("resumed").count()
        )
    );
    // One is begun a second time after the run was resumed, in the same words.
    assert_eq!(begun.count(), said("intent").collect::<HashSet<_>>().len());
    assert_eq!(came.count(), said("outcome").count());
    assert_eq!(run.end.is_some(), said("end").count() > said("resumed").count());
}

#[tokio::test]
async fn a_journal_that_is_cut_at_any_byte_loses_its_torn_line_and_no_more() {
    let bytes = sound().await;
    let whole = parsed(&bytes).unwrap();
    let first = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    for cut in first..=bytes.len() {
        let kept = &bytes[..cut];
        let run = parsed(kept).unwrap_or_else(|e| panic!("cut at {cut}: {e}"));
        let whole_lines = kept.split(|byte| *byte == b'\n').count() - 1;
        let torn = (kept.last() != Some(&b'\n')).then_some(whole_lines + 1);
        assert_eq!(run.torn, torn, "cut at {cut}");
        assert!(is_part_of(&run, &whole), "cut at {cut}");
        assert_says_all(&run, std::str::from_utf8(&kept[..whole_length(kept)]).unwrap());
    }
    // Such a file is never there: it is given its name when it has its head.
    for cut in 0..first {
        let error = parsed(&bytes[..cut]).unwrap_err();
        assert!(
            error.message.ends_with("ends before its first line does"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn no_byte_that_is_spoilt_makes_a_wrong_entry() {
    let bytes = sound().await;
    let whole = parsed(&bytes).unwrap();
    for at in 0..bytes.len() {
        for spoilt in [0x01, 0x20, 0x80] {
            let mut copy = bytes.clone();
            copy[at] ^= spoilt;
            match parsed(&copy) {
                Ok(run) => assert!(is_part_of(&run, &whole), "byte {at}"),
                Err(error) => assert_eq!(error.kind, Kind::Invalid),
            }
        }
    }
}

#[tokio::test]
async fn a_damaged_line_is_named() {
    let bytes = sound().await;
    let text = String::from_utf8(bytes).unwrap();
    let error = parsed(text.replacen("NEW-3", "NEW-4", 1).as_bytes()).unwrap_err();
    assert!(
        error
            .message
            .ends_with("x.jsonl:5: the journal is damaged: its checksum does not fit"),
        "{error}"
    );
    let mut lines: Vec<&str> = text.lines().collect();
    lines[3] = "";
    let error = parsed((lines.join("\n") + "\n").as_bytes()).unwrap_err();
    assert!(error.message.contains("x.jsonl:4:"), "{error}");
}

#[tokio::test]
async fn zeros_that_a_crash_of_the_machine_leaves_are_no_damage() {
    let bytes = sound().await;
    let whole = parsed(&bytes).unwrap();
    for cut in [bytes.len(), bytes.len() - 10] {
        let mut copy = bytes[..cut].to_vec();
        copy.resize(8192, 0);
        let run = parsed(&copy).unwrap();
        assert!(is_part_of(&run, &whole));
        assert!(run.torn.is_some());
    }
}

fn line(json: &str) -> String {
    format!("{:08x} {json}\n", crc32fast::hash(json.as_bytes()))
}

/// The sound head with something more in it.
fn first(version: u32, more: &str) -> String {
    line(&format!(
        r#"{{"head":{{"version":{version},"run":"r","profile":"acme","vendor":"realvnc","host":"h","program":"9","started":"2026-11-20T09:00:00Z","what":"w"{more}}}}}"#
    ))
}

const PLAN: &str = r#"{"plan":{"changes":1}}"#;
const PLANNED: &str = r#"{"planned":{"number":1,"proposal":{"change":{"verb":"rename","computer":{"id":"1","name":"a"},"to":"b"}}}}"#;
const INTENT: &str = r#"{"intent":{"number":1,"at":"2026-11-20T09:00:00Z"}}"#;
const OUTCOME: &str = r#"{"outcome":{"number":1,"at":"2026-11-20T09:00:00Z","outcome":"done"}}"#;
const RESUMED: &str = r#"{"resumed":{"at":"2026-11-20T09:00:00Z","program":"9"}}"#;

#[test]
fn another_format_is_refused() {
    for (version, age) in [(3, "newer"), (1, "older")] {
        let error = parsed(first(version, "").as_bytes()).unwrap_err();
        let told =
            format!("a deskhand that is {age} has written it, in format {version}; this one reads format 2");
        assert!(error.message.ends_with(&told), "{error}");
        assert_eq!(error.hint.unwrap(), format!("look at it with the {age} version"));
    }
}

#[test]
fn members_that_nobody_knows_are_passed_over() {
    let outcome = OUTCOME.replace("\"done\"", "\"done\",\"mood\":{\"good\":true}");
    let text = first(2, r#","mood":[1]"#) + &line(PLAN) + &line(PLANNED) + &line(&outcome);
    let run = parsed(text.as_bytes()).unwrap();
    assert_eq!((run.head.run.as_str(), run.counts().done), ("r", 1));
}

/// Reads a journal with a sound head and then these lines.
fn saying(lines: &[&str]) -> crate::fleet::Result<Run> {
    let lines: String = lines.iter().copied().map(line).collect();
    parsed((first(2, "") + &lines).as_bytes())
}

#[test]
fn lines_that_no_run_writes_are_refused() {
    let second = PLANNED.replace("number\":1", "number\":2");
    let zeroth = INTENT.replace("number\":1", "number\":0");
    let strange = OUTCOME.replace("number\":1", "number\":2");
    for (lines, what) in [
        (vec![PLANNED], "change 1 stands in no plan"),
        (vec![PLAN, PLANNED, &second], "change 2 stands in no plan"),
        (vec![PLAN, RESUMED, PLANNED], "change 1 stands in no plan"),
        (vec![PLAN, &second], "change 2 where change 1 is due"),
        (vec![PLAN, PLANNED, PLANNED], "change 1 where change 2 is due"),
        (vec![PLAN, INTENT], "change 1 stands in no plan"),
        (vec![PLAN, PLANNED, &zeroth], "change 0 stands in no plan"),
        (vec![PLAN, PLANNED, &strange], "change 2 stands in no plan"),
        (
            vec![PLAN, PLANNED, INTENT, INTENT],
            "change 1 is begun twice by one process",
        ),
        (
            vec![PLAN, PLANNED, OUTCOME, RESUMED, INTENT],
            "change 1 is begun after its outcome",
        ),
        (
            vec![PLAN, PLANNED, OUTCOME, OUTCOME],
            "a second outcome of change 1",
        ),
        (vec![r#"{"mood":{}}"#], "unknown variant `mood`"),
        (vec!["[]"], "it says what no journal says"),
    ] {
        let error = saying(&lines).unwrap_err();
        assert!(error.message.contains(what), "{error}");
        let last = lines.len() + 1;
        assert!(error.message.contains(&format!("x.jsonl:{last}: ")), "{error}");
    }
    let error = parsed(line(INTENT).as_bytes()).unwrap_err();
    assert!(error.message.contains("x.jsonl:1: "), "{error}");
}

#[test]
fn a_change_stands_where_its_last_line_puts_it() {
    for (lines, standing) in [
        (vec![], Standing::NotBegun),
        (vec![INTENT], Standing::InFlight),
        (vec![OUTCOME], Standing::Settled(Word::Done)),
        (vec![INTENT, RESUMED], Standing::InFlight),
        (vec![INTENT, RESUMED, INTENT], Standing::InFlight),
        (vec![INTENT, RESUMED, OUTCOME], Standing::Settled(Word::Done)),
    ] {
        let run = saying(&[&[PLAN, PLANNED][..], &lines].concat()).unwrap();
        assert_eq!(run.entries[0].stands(), standing, "{lines:?}");
    }
}

#[test]
fn a_file_that_is_not_there_is_an_error() {
    let error = read(Path::new("/nowhere/x.jsonl")).unwrap_err();
    assert_eq!(error.message, "/nowhere/x.jsonl cannot be read");
}
