//! A feed that is killed at any moment, over and over: each event arrives once.

use std::path::PathBuf;

use jiff::Timestamp;

use super::cursor::key;
use super::cursor::tests::{at, binding, entry};
use super::*;
use crate::fleet::Kind;
use crate::host::Entry;

/// What lasts of a run that is killed: the cursor and the file.
#[derive(Debug, Default, Clone)]
struct Lasting {
    cursor: Option<String>,
    file: Option<Vec<u8>>,
    is_stdout: bool,
}

/// A ground that is pulled away from under a run after so many steps; each byte that is written is one.
struct Quicksand<'a> {
    lasting: &'a mut Lasting,
    steps: usize,
}

impl Quicksand<'_> {
    fn step(&mut self) -> io::Result<()> {
        self.steps = self.steps.checked_sub(1).ok_or_else(killed)?;
        Ok(())
    }
}

fn killed() -> io::Error {
    io::Error::other("killed")
}

fn path() -> PathBuf {
    PathBuf::from("/events.jsonl")
}

impl Ground for Quicksand<'_> {
    fn cursor(&self) -> fleet::Result<Option<Cursor>> {
        Ok(self
            .lasting
            .cursor
            .as_ref()
            .map(|text| serde_json::from_str(text).unwrap()))
    }

    fn keep(&mut self, cursor: &Cursor) -> io::Result<()> {
        self.step()?;
        self.lasting.cursor = Some(serde_json::to_string(cursor).unwrap());
        Ok(())
    }

    fn place(&self) -> io::Result<UnderWay> {
        Ok(UnderWay {
            file: (!self.lasting.is_stdout).then(path),
            length: self.lasting.file.as_ref().map_or(0, Vec::len) as u64,
        })
    }

    fn tail(&self, _: &Path, from: u64) -> io::Result<Option<Vec<u8>>> {
        let from = usize::try_from(from).unwrap();
        let file = self.lasting.file.as_ref();
        Ok(file.and_then(|file| file.get(from..)).map(<[u8]>::to_vec))
    }

    fn cut(&mut self, _: &Path, length: u64) -> io::Result<()> {
        self.step()?;
        let length = usize::try_from(length).unwrap();
        self.lasting.file.get_or_insert_default().truncate(length);
        Ok(())
    }

    fn add(&mut self, lines: &[u8]) -> io::Result<()> {
        for byte in lines {
            self.step()?;
            self.lasting.file.get_or_insert_default().push(*byte);
        }
        self.step()
    }
}

/// One run at a moment, on ground that lasts for so many steps.
fn run(
    lasting: &mut Lasting,
    events: &[Entry],
    now: Timestamp,
    steps: usize,
) -> Result<Vec<String>, Failure> {
    let terms = Terms {
        of: binding(),
        connections_only: false,
        begins: None,
        now,
    };
    let mut ground = Quicksand { lasting, steps };
    let step = look(&ground, &terms, |from, to| {
        let listed = |entry: &&Entry| entry.at.is_none_or(|at| from <= at && at <= to);
        Ok(events.iter().filter(listed).cloned().collect())
    })?;
    take(&mut ground, &step).map_err(|e| Failure::usage(e.to_string()))?;
    Ok(step.alerts)
}

fn arrived(lasting: &Lasting) -> Vec<String> {
    let text = String::from_utf8(lasting.file.clone().unwrap_or_default()).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'), "{text}");
    let mut keys: Vec<String> = text.lines().map(key).collect();
    keys.sort();
    keys
}

fn keys(events: &[Entry]) -> Vec<String> {
    let mut keys: Vec<String> = events.iter().map(|entry| key(&entry.line)).collect();
    keys.sort();
    keys
}

/// Enough steps for any run.
const ALL: usize = 1_000_000;

#[test]
fn each_event_arrives_once_however_often_a_run_is_killed() {
    for seed in 0..400 {
        let mut rng = Numbers(seed);
        let mut lasting = Lasting::default();
        let mut events: Vec<Entry> = Vec::new();
        let mut now = 0;
        for round in 0..12 {
            now += rng.between(0, 900);
            for number in 0..rng.between(0, 4) {
                // Many at the same time, some late, some without an id.
                let second = now - rng.between(0, 1) * rng.between(0, 590);
                let id = match rng.between(0, 3) {
                    0 => String::new(),
                    _ => format!("{round}-{number}"),
                };
                events.push(entry(second, &id));
            }
            events.sort_by_key(|entry| entry.at);
            let steps = usize::try_from(rng.between(0, 600)).unwrap();
            let _ = run(&mut lasting, &events, at(now), steps);
        }
        run(&mut lasting, &events, at(now), ALL).unwrap();
        assert_eq!(arrived(&lasting), keys(&events), "seed {seed}: {lasting:?}");
        let before = lasting.file.clone();
        run(&mut lasting, &events, at(now + 5), ALL).unwrap();
        assert_eq!(lasting.file, before, "seed {seed}");
    }
}

#[test]
fn a_file_that_was_rotated_between_runs_gets_only_what_is_new() {
    let mut lasting = Lasting::default();
    let mut events = vec![entry(1, "a"), entry(2, "b")];
    run(&mut lasting, &events, at(9), ALL).unwrap();
    for file in [None, Some(b"{\"id\":".to_vec())] {
        let torn = file.clone().unwrap_or_default();
        lasting.file = file;
        events.push(entry(20, &format!("c{}", torn.len())));
        let alerts = run(&mut lasting, &events, at(30), ALL).unwrap();
        assert_eq!(alerts, [""; 0]);
        let text = lasting.file.clone().unwrap();
        assert!(text.starts_with(&torn));
        assert_eq!(String::from_utf8(text).unwrap().matches('\n').count(), 1);
    }
}

#[test]
fn what_cannot_be_looked_at_again_comes_once_more_and_that_is_said() {
    let events = [entry(1, "a"), entry(2, "b")];
    for is_stdout in [true, false] {
        let mut lasting = Lasting {
            is_stdout,
            ..Lasting::default()
        };
        let first = events[0].line.len() + 3;
        run(&mut lasting, &events, at(9), first).unwrap_err();
        lasting.file = None;
        let alerts = run(&mut lasting, &events, at(9), ALL).unwrap();
        assert!(alerts[0].contains("comes once more"), "{alerts:?}");
        assert_eq!(arrived(&lasting), keys(&events));
        assert_eq!(run(&mut lasting, &events, at(9), ALL).unwrap(), [""; 0]);
    }
}

#[test]
fn after_more_than_the_vendor_keeps_a_gap_is_said_once() {
    let mut lasting = Lasting::default();
    let day = 86_400;
    run(&mut lasting, &[], at(0), ALL).unwrap();
    assert_eq!(run(&mut lasting, &[], at(30 * day), ALL).unwrap(), [""; 0]);
    let alerts = run(&mut lasting, &[entry(60 * day + 1, "a")], at(61 * day), ALL).unwrap();
    assert!(alerts[0].contains("events are missing"), "{alerts:?}");
    assert_eq!(run(&mut lasting, &[], at(61 * day), ALL).unwrap(), [""; 0]);
    assert_eq!(arrived(&lasting), ["id a"]);
}

#[test]
fn a_cursor_keeps_to_the_events_that_it_was_made_for() {
    let mut lasting = Lasting::default();
    run(&mut lasting, &[], at(0), ALL).unwrap();
    let of = |change: fn(&mut Terms)| {
        let mut terms = Terms {
            of: binding(),
            connections_only: false,
            begins: None,
            now: at(1),
        };
        change(&mut terms);
        let ground = Quicksand {
            lasting: &mut lasting.clone(),
            steps: ALL,
        };
        look(&ground, &terms, |_, _| Ok(Vec::new())).map(|step| step.count)
    };
    assert_eq!(of(|_| {}), Ok(0));
    for change in [
        (|terms| terms.of.host = "https://other.test".to_owned()) as fn(&mut Terms),
        |terms| terms.of.profile = "branch".to_owned(),
        |terms| terms.connections_only = true,
    ] {
        assert_eq!(of(change).unwrap_err().kind, Kind::Refused);
    }
}

/// Numbers that follow from a seed.
struct Numbers(u64);

impl Numbers {
    /// Draws one of `from` to `to`, both included.
    fn between(&mut self, from: i64, to: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        from + i64::try_from(self.0 >> 33).unwrap() % (to - from + 1)
    }
}
