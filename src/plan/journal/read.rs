//! Reading a journal back, also that of a run that was killed.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use jiff::Timestamp;

use crate::fleet::{Error, Kind, Result};
use crate::plan::Proposal;

use super::line::{self, Fault, Line, VERSION};
use super::record::{Came, Counts, End, Head, Number};

/// What stands in the journal of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Which run it is.
    pub head: Head,
    /// Its changes, in the order in which they were begun.
    pub entries: Vec<Entry>,
    /// Its end; `None` where it is still under way, or was broken off.
    pub end: Option<End>,
    /// The number of the last line, where it was not written whole and is left out.
    pub torn: Option<usize>,
}

/// A change of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number.
    pub number: Number,
    /// When it was about to be made.
    pub at: Timestamp,
    /// What it was, and what it was decided on.
    pub proposal: Proposal,
    /// What came of it; `None` where it was in flight when the run was broken off.
    pub came: Option<Came>,
}

impl Run {
    /// Counts what came of the changes.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        counts.begin(self.entries.len() as u64);
        for came in self.entries.iter().filter_map(|entry| entry.came.as_ref()) {
            counts.settle(came.outcome);
        }
        counts
    }
}

/// Reads a journal.
///
/// A last line that was not written whole is what a killed run leaves behind: it is left out, and [`Run::torn`] says so.
/// Anything else that is not as it was written is an error that names the line, as is a newer format.
pub fn read(path: &Path) -> Result<Run> {
    let bytes = fs::read(path).map_err(|e| unreadable(path).caused_by(&e))?;
    parse(path, &bytes)
}

/// Reads what stands in the file at a path.
pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<Run> {
    let (lines, torn) = lines(bytes);
    let Some((first, rest)) = lines.split_first() else {
        return Err(headless(path));
    };
    let mut reading = Reading {
        run: Run {
            head: head(path, first)?,
            entries: Vec::new(),
            end: None,
            torn: torn.then_some(lines.len() + 1),
        },
        at: HashMap::new(),
    };
    for (index, text) in rest.iter().enumerate() {
        line::read(text)
            .and_then(|line| reading.take(line))
            .map_err(|fault| damaged(path, index + 2, &fault))?;
    }
    Ok(reading.run)
}

/// Splits into whole lines, and tells whether there is a part of one behind them. A crash of the machine may leave a
/// file filled up with zeros, which are no line.
fn lines(bytes: &[u8]) -> (Vec<&[u8]>, bool) {
    let written = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1);
    let whole = bytes[..written]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let lines = bytes[..whole]
        .split_inclusive(|byte| *byte == b'\n')
        .map(|line| &line[..line.len() - 1])
        .collect();
    (lines, whole < bytes.len())
}

/// Reads the first line.
pub(super) fn head(path: &Path, text: &[u8]) -> Result<Head> {
    let fault = |fault: Fault| damaged(path, 1, &fault);
    let version = line::version(text).map_err(fault)?;
    if version > VERSION {
        return Err(Error::new(
            Kind::Invalid,
            format!(
                "{}: a newer deskhand has written it, in format {version}; this one reads up to {VERSION}",
                path.display()
            ),
        )
        .hint("look at it with the newer version"));
    }
    match line::read(text).map_err(fault)? {
        Line::Head(head) => Ok(*head),
        _ => Err(damaged(
            path,
            1,
            &Fault::Sense("the first line is no head".to_owned()),
        )),
    }
}

struct Reading {
    run: Run,
    /// Where each change stands among the entries.
    at: HashMap<Number, usize>,
}

impl Reading {
    fn take(&mut self, line: Line) -> std::result::Result<(), Fault> {
        let nonsense = |what: String| Err(Fault::Sense(what));
        match line {
            Line::Head(_) => nonsense("a second head".to_owned()),
            Line::Intent(intended) => {
                let number = intended.number;
                if self.at.insert(number, self.run.entries.len()).is_some() {
                    return nonsense(format!("a second change {number}"));
                }
                self.run.entries.push(Entry {
                    number,
                    at: intended.at,
                    proposal: intended.proposal,
                    came: None,
                });
                Ok(())
            }
            Line::Outcome(settled) => {
                let number = settled.number;
                let Some(at) = self.at.get(&number) else {
                    return nonsense(format!("an outcome of change {number}, which was never begun"));
                };
                match self.run.entries[*at].came.replace(settled.came) {
                    Some(_) => nonsense(format!("a second outcome of change {number}")),
                    None => Ok(()),
                }
            }
            Line::End(end) => match self.run.end.replace(end) {
                Some(_) => nonsense("a second end".to_owned()),
                None => Ok(()),
            },
        }
    }
}

pub(super) fn unreadable(path: &Path) -> Error {
    Error::new(Kind::Invalid, format!("{} cannot be read", path.display()))
}

pub(super) fn headless(path: &Path) -> Error {
    Error::new(
        Kind::Invalid,
        format!("{} ends before its first line does", path.display()),
    )
    .hint("nothing was changed under it: no change is begun before that line is there")
}

fn damaged(path: &Path, line: usize, fault: &Fault) -> Error {
    Error::new(
        Kind::Invalid,
        format!("{}:{line}: the journal is damaged: {fault}", path.display()),
    )
    .hint("the lines are JSON behind a checksum, and can be read without deskhand; what was removed stands in the CSV beside it")
}
