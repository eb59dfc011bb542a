//! Ground that does not last: what a run stands on while it is killed, and what is left of it.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::cli::failure::Failure;
use crate::cli::feed::cursor::tests::binding;
use crate::cli::feed::cursor::{Cursor, UnderWay, key};
use crate::cli::feed::follow::{Ground, Step, Terms, look, take};
use crate::fleet;
use crate::host::Entry;

/// What lasts of a run that is killed: the cursor and the file, and those that had its name before.
#[derive(Debug, Default, Clone)]
pub struct Lasting {
    pub cursor: Option<String>,
    pub file: Option<Vec<u8>>,
    pub rotated: Vec<Vec<u8>>,
    pub is_stdout: bool,
}

impl Lasting {
    /// Does what tools do that rotate logs.
    pub fn rotate(&mut self) {
        self.rotated.extend(self.file.replace(Vec::new()));
    }

    /// Returns the place behind all that is there.
    fn place(&self) -> UnderWay {
        UnderWay {
            file: (!self.is_stdout).then(path),
            length: self.file.as_ref().map_or(0, Vec::len) as u64,
            mark: Some(self.rotated.len().to_string()),
            to: None,
        }
    }
}

/// A ground that is pulled away from under a run after so many steps; each byte that is written is one.
pub struct Quicksand<'a> {
    pub lasting: &'a mut Lasting,
    pub steps: usize,
    /// How many bytes of events the disk takes.
    pub space: usize,
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
        Ok(self.lasting.place())
    }

    fn tail(&self, behind: &UnderWay) -> io::Result<Option<Vec<u8>>> {
        if behind.mark != self.lasting.place().mark {
            return Ok(None);
        }
        let from = usize::try_from(behind.length).unwrap();
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
        let is_within = |file: &Vec<u8>| file.last().is_some_and(|last| *last != b'\n');
        let end: &[u8] = match &self.lasting.file {
            Some(file) if is_within(file) => b"\n",
            _ => b"",
        };
        for byte in end.iter().chain(lines) {
            self.step()?;
            self.space = self.space.checked_sub(1).ok_or(io::ErrorKind::StorageFull)?;
            self.lasting.file.get_or_insert_default().push(*byte);
        }
        self.step()
    }
}

/// One run at a moment, on ground that lasts for so many steps.
pub fn run(
    lasting: &mut Lasting,
    events: &[Entry],
    now: Timestamp,
    steps: usize,
) -> Result<Vec<String>, Failure> {
    let step = look_at(lasting, events, now)?;
    let space = ALL;
    let mut ground = Quicksand {
        lasting,
        steps,
        space,
    };
    take(&mut ground, &step).map_err(|e| Failure::usage(format!("{e:?}")))?;
    Ok(step.alerts)
}

/// The first half of a run: what it would do.
pub fn look_at(lasting: &mut Lasting, events: &[Entry], now: Timestamp) -> fleet::Result<Step> {
    let terms = Terms {
        of: binding(),
        connections_only: false,
        begins: None,
        now,
    };
    let ground = Quicksand {
        lasting,
        steps: 0,
        space: 0,
    };
    look(&ground, &terms, |from, to| {
        let listed = |entry: &&Entry| entry.at.is_none_or(|at| from <= at && at <= to);
        Ok(events.iter().filter(listed).cloned().collect())
    })
}

pub fn arrived(lasting: &Lasting) -> Vec<String> {
    let files = lasting.rotated.iter().chain(&lasting.file);
    let text = String::from_utf8(files.flatten().copied().collect()).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'), "{text}");
    let mut keys: Vec<String> = text.lines().map(key).collect();
    keys.sort();
    keys
}

pub fn keys(events: &[Entry]) -> Vec<String> {
    let mut keys: Vec<String> = events.iter().map(|entry| key(&entry.line)).collect();
    keys.sort();
    keys
}

/// Enough steps for any run.
pub const ALL: usize = 1_000_000;
