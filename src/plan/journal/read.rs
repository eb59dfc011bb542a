//! Reading a journal back, also that of a run that was killed.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use crate::fleet::{Error, Kind, Result};

use super::line::{self, Fault, Line, VERSION};
use super::{Entry, Head, Number, Run};

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
            plans: Vec::new(),
            entries: Vec::new(),
            end: None,
            resumed: Vec::new(),
            torn: torn.then_some(lines.len() + 1),
        },
        due: 0,
        begun: HashSet::new(),
    };
    for (index, text) in rest.iter().enumerate() {
        line::read(text)
            .and_then(|line| reading.take(line))
            .map_err(|fault| damaged(path, index + 2, &fault))?;
    }
    Ok(reading.run)
}

/// Returns how long the whole lines are that a file begins with. A crash of the machine may leave it filled up with
/// zeros, which are no line.
pub(super) fn whole(bytes: &[u8]) -> usize {
    let written = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1);
    let last = bytes[..written].iter().rposition(|byte| *byte == b'\n');
    last.map_or(0, |at| at + 1)
}

/// Splits into whole lines, and tells whether there is a part of one behind them.
fn lines(bytes: &[u8]) -> (Vec<&[u8]>, bool) {
    let whole = whole(bytes);
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
    if version != VERSION {
        let age = if version > VERSION { "newer" } else { "older" };
        return Err(Error::new(
            Kind::Invalid,
            format!(
                "{}: a deskhand that is {age} has written it, in format {version}; this one reads format {VERSION}",
                path.display()
            ),
        )
        .hint(format!("look at it with the {age} version")));
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
    /// How many changes of the last plan are still to come.
    due: u64,
    /// What was begun since the run was started or last resumed.
    begun: HashSet<Number>,
}

impl Reading {
    fn take(&mut self, line: Line) -> std::result::Result<(), Fault> {
        let nonsense = |what: String| Err(Fault::Sense(what));
        match line {
            Line::Head(_) => return nonsense("a second head".to_owned()),
            Line::Plan(plan) => {
                self.due = plan.changes;
                self.run.plans.push(plan);
            }
            Line::Planned(planned) => {
                let (number, next) = (planned.number, Number::after(self.run.entries.len()));
                if number != next {
                    return nonsense(format!("change {number} where change {next} is due"));
                }
                let (Some(plan), Some(due)) = (self.run.plans.len().checked_sub(1), self.due.checked_sub(1))
                else {
                    return nonsense(format!("change {number} stands in no plan"));
                };
                self.due = due;
                self.run.entries.push(Entry {
                    number,
                    plan,
                    proposal: planned.proposal,
                    begun: None,
                    came: None,
                });
            }
            Line::Intent(intent) => {
                let number = intent.number;
                let begun_before = !self.begun.insert(number);
                let entry = self.entry(number)?;
                if entry.came.is_some() {
                    return nonsense(format!("change {number} is begun after its outcome"));
                }
                if begun_before {
                    return nonsense(format!("change {number} is begun twice by one process"));
                }
                entry.begun = Some(intent.at);
            }
            Line::Outcome(settled) => {
                let number = settled.number;
                if self.entry(number)?.came.replace(settled.came).is_some() {
                    return nonsense(format!("a second outcome of change {number}"));
                }
            }
            Line::Resumed(resumed) => {
                self.run.end = None;
                self.run.resumed.push(resumed.at);
                self.due = 0;
                self.begun.clear();
            }
            Line::End(end) => {
                if self.run.end.replace(end).is_some() {
                    return nonsense("a second end".to_owned());
                }
            }
        }
        Ok(())
    }

    /// Returns the change of a number.
    fn entry(&mut self, number: Number) -> std::result::Result<&mut Entry, Fault> {
        let at = number.before();
        at.and_then(|at| self.run.entries.get_mut(at))
            .ok_or_else(|| Fault::Sense(format!("change {number} stands in no plan")))
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
