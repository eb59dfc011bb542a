//! Journals that are not whole, not sound, or not ours.

use std::fs;

use super::*;
use crate::fleet::{Kind, Outcome};
use crate::plan::journal::read::parse;
use crate::plan::journal::{Run, read};

/// Writes a journal of a few changes, and returns its bytes.
async fn sound() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let journal = create(&folder);
    let numbers = journal.intend(&[rename(1), removal(2), rename(3)]).await.unwrap();
    journal.came(numbers[1], &Outcome::Done(None)).unwrap();
    let more = journal.intend(&[removal(4)]).await.unwrap();
    journal.came(more[0], &Outcome::AlreadySo).unwrap();
    journal
        .came(numbers[0], &Outcome::Done(Some("ü".to_owned())))
        .unwrap();
    journal.close().await.unwrap();
    fs::read(journal.path()).unwrap()
}

/// Reads a journal that nobody has put on a disk.
fn parsed(bytes: &[u8]) -> crate::fleet::Result<Run> {
    parse(Path::new("x.jsonl"), bytes)
}

/// Tells whether a run says nothing but what the other says, and perhaps less.
fn is_part_of(part: &Run, whole: &Run) -> bool {
    let entries = part.entries.len() <= whole.entries.len()
        && part.entries.iter().zip(&whole.entries).all(|(part, whole)| {
            (part.number, &part.proposal) == (whole.number, &whole.proposal)
                && (part.came.is_none() || part.came == whole.came)
        });
    entries && part.head == whole.head && (part.end.is_none() || part.end == whole.end)
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
        let said = 1
            + run.entries.len()
            + run.entries.iter().filter(|entry| entry.came.is_some()).count()
            + usize::from(run.end.is_some());
        assert_eq!(said, whole_lines, "cut at {cut}");
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
            .ends_with("x.jsonl:4: the journal is damaged: its checksum does not fit"),
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

const INTENT: &str = r#"{"intent":{"number":1,"at":"2026-11-20T09:00:00Z","proposal":{"change":{"verb":"rename","computer":{"id":"1","name":"a"},"to":"b"}}}}"#;
const OUTCOME: &str = r#"{"outcome":{"number":1,"at":"2026-11-20T09:00:00Z","outcome":"done"}}"#;

#[test]
fn a_newer_format_is_refused() {
    let error = parsed(first(2, "").as_bytes()).unwrap_err();
    assert!(
        error
            .message
            .ends_with("x.jsonl: a newer deskhand has written it, in format 2; this one reads up to 1"),
        "{error}"
    );
    assert_eq!(error.hint.unwrap(), "look at it with the newer version");
}

#[test]
fn members_that_nobody_knows_are_passed_over() {
    let outcome = OUTCOME.replace("\"done\"", "\"done\",\"mood\":{\"good\":true}");
    let text = first(1, r#","mood":[1]"#) + &line(INTENT) + &line(&outcome);
    let run = parsed(text.as_bytes()).unwrap();
    assert_eq!((run.head.run.as_str(), run.counts().done), ("r", 1));
}

#[test]
fn lines_that_no_run_writes_are_refused() {
    let strange = OUTCOME.replace("number\":1", "number\":2");
    for (lines, what) in [
        (vec![OUTCOME], "an outcome of change 1, which was never begun"),
        (
            vec![INTENT, &strange],
            "an outcome of change 2, which was never begun",
        ),
        (vec![INTENT, INTENT], "a second change 1"),
        (vec![INTENT, OUTCOME, OUTCOME], "a second outcome of change 1"),
        (vec![r#"{"mood":{}}"#], "unknown variant `mood`"),
        (vec!["[]"], "it says what no journal says"),
    ] {
        let last = lines.len() + 1;
        let lines: String = lines.into_iter().map(line).collect();
        let error = parsed((first(1, "") + &lines).as_bytes()).unwrap_err();
        assert!(error.message.contains(what), "{error}");
        assert!(error.message.contains(&format!("x.jsonl:{last}: ")), "{error}");
    }
    let error = parsed(line(INTENT).as_bytes()).unwrap_err();
    assert!(error.message.contains("x.jsonl:1: "), "{error}");
}

#[test]
fn a_file_that_is_not_there_is_an_error() {
    let error = read(Path::new("/nowhere/x.jsonl")).unwrap_err();
    assert_eq!(error.message, "/nowhere/x.jsonl cannot be read");
}
