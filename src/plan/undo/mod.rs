//! Undo: what a run did, turned around into proposals for a plan, and what of it stays as it is.
//!
//! Nothing is asked here but the run's journal. Whether everything is still as the run left it is looked at when the plan
//! is applied, as for any plan: what somebody has changed since is left alone as drifted.
//!
//! Several changes of one thing, such as two names for one computer, are turned around as one: from how it is after the
//! last of them to how it was before the first. An undo is a run with a journal of its own, so that it can be undone.

mod done;
mod inverse;
mod names;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use super::Proposal;
use super::journal::Run;
use super::subject::{Aspect, Subject, holds, removes};
use crate::fleet::{Change, ComputerId, DefaultAccess, Member};

pub use done::Done;
use inverse::{computer_of, inverse, net, thing};

/// The way back from what a run did.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Undo {
    /// What leads back, the last change first; a plan takes all of it, and has an order for it.
    pub proposals: Vec<Proposal>,
    /// What was done, or may have been, and is not among them; in the order of the run.
    pub left: Vec<Left>,
}

/// A change of a run that is not taken back, because it cannot be, or need not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The change.
    pub change: Change,
    /// Why; to be read behind "…: ".
    pub why: String,
}

impl Undo {
    /// Turns around what a journal tells of.
    pub fn of(run: &Run) -> Self {
        let made = run.entries.iter().filter_map(|entry| {
            let done = Done::of(entry)?;
            Some((entry.proposal.change.clone(), done))
        });
        undo(made)
    }
}

/// Turns around what was done: the changes that were sent, in the order in which they were made. Those that were certainly
/// not made do not belong among them.
pub fn undo(changes: impl IntoIterator<Item = (Change, Done)>) -> Undo {
    let changes: Vec<(Change, Done)> = changes.into_iter().collect();
    let mut way_back = WayBack::of(&changes);
    let mut strands: HashMap<(Subject, Aspect), Vec<usize>> = HashMap::new();
    for (at, (change, done)) in changes.iter().enumerate() {
        match (thing(change), done) {
            (Some(thing), _) => strands.entry(thing).or_default().push(at),
            (None, Done::Yes) => way_back.leave(at, gone_for_good(change)),
            (None, Done::NobodyKnows(known)) => way_back.leave(at, nobody_knows(change, known)),
        }
    }
    for strand in strands.into_values() {
        way_back.follow(&strand);
    }
    way_back.end()
}

/// The way back, as far as it is known.
struct WayBack<'a> {
    changes: &'a [(Change, Done)],
    /// The name of each computer after the run.
    names: HashMap<ComputerId, String>,
    /// Which change has removed whom.
    removed: HashMap<Subject, usize>,
    /// What takes back, by the last of the changes that it takes back; and all of these.
    back: BTreeMap<usize, (Change, Vec<usize>)>,
    left: BTreeMap<usize, String>,
}

impl<'a> WayBack<'a> {
    fn of(changes: &'a [(Change, Done)]) -> Self {
        let mut names = HashMap::new();
        let mut given = HashMap::new();
        let mut removed = HashMap::new();
        for (at, (change, done)) in changes.iter().enumerate() {
            if let Some(computer) = change.computer() {
                names.insert(computer.id.clone(), computer.name.clone());
            }
            if *done == Done::Yes {
                if let Change::Rename { computer, to } = change {
                    given.insert(computer.id.clone(), to.clone());
                }
                removed.extend(removes(change).map(|subject| (subject, at)));
            }
        }
        // What was read before a new name was given has the old one.
        names.extend(given);
        Self {
            changes,
            names,
            removed,
            back: BTreeMap::new(),
            left: BTreeMap::new(),
        }
    }

    fn leave(&mut self, at: usize, why: String) {
        self.left.insert(at, why);
    }

    /// Goes back along the changes of one thing.
    fn follow(&mut self, strand: &[usize]) {
        let changes = self.changes;
        let is_done = |at: &usize| changes[*at].1 == Done::Yes;
        let last = strand.iter().rposition(is_done);
        for (place, at) in strand.iter().enumerate() {
            if let (change, Done::NobodyKnows(known)) = &changes[*at] {
                let why = match last.filter(|last| place < *last) {
                    // It was looked at before the later one was made: that one tells where it all has led.
                    Some(last) => format!(
                        "no clear answer came ({known}), but it is settled by what was done later: {}",
                        changes[strand[last]].0
                    ),
                    None => nobody_knows(change, known),
                };
                self.leave(*at, why);
            }
        }
        let Some(last) = last else {
            return;
        };
        let done: Vec<usize> = strand.iter().filter(|at| is_done(at)).copied().collect();
        match self.turn_around(strand[0], strand[last]) {
            Ok(change) => {
                self.back.insert(strand[last], (change, done.clone()));
            }
            Err(why) => {
                for at in &done {
                    self.leave(*at, why.clone());
                }
            }
        }
        for at in done {
            if let Some(why) = let_everyone_in(&changes[at].0) {
                self.leave(at, why.to_owned());
            }
        }
    }

    /// Returns what leads from after the last change of a thing to before the first; an error says why nothing does.
    fn turn_around(&self, first: usize, last: usize) -> Result<Change, String> {
        let (first, (at, last)) = (&self.changes[first].0, (last, &self.changes[last].0));
        let removed = holds(last)
            .into_iter()
            .filter_map(|(subject, _)| self.removed.get(&subject))
            .find(|removal| **removal > at);
        if let Some(removal) = removed {
            return Err(format!("the run did this later: {}", self.changes[*removal].0));
        }
        let net = net(first, last).ok_or("the run itself has put it back")?;
        let mut change = inverse(&net)?;
        if let Some(computer) = computer_of(&mut change)
            && let Some(name) = self.names.get(&computer.id)
        {
            computer.name.clone_from(name);
        }
        Ok(change)
    }

    fn end(mut self) -> Undo {
        let free = names::free(self.back.iter().rev().map(|(at, (change, _))| (*at, change)));
        for (at, why) in free.never {
            for at in self.back.remove(&at).into_iter().flat_map(|(_, done)| done) {
                self.leave(at, why.clone());
            }
        }
        let mut renames = free.order.into_iter();
        let places: Vec<usize> = self.back.keys().rev().copied().collect();
        let order = places.into_iter().filter_map(|at| match self.back[&at].0 {
            // A rename comes where a rename is due, but the one whose name is free by then.
            Change::Rename { .. } => renames.next(),
            _ => Some(at),
        });
        let order: Vec<usize> = order.collect();
        let proposals = order
            .into_iter()
            .filter_map(|at| self.back.remove(&at))
            .map(|(change, _)| Proposal::of(change));
        Undo {
            proposals: proposals.collect(),
            left: self
                .left
                .into_iter()
                .map(|(at, why)| Left {
                    change: self.changes[at].0.clone(),
                    why,
                })
                .collect(),
        }
    }
}

/// Says why a change that was made cannot be taken back.
fn gone_for_good(change: &Change) -> String {
    let why = inverse(change).err().unwrap_or_default();
    match change {
        Change::RemoveComputer { .. } => {
            format!("{why}; `deskhand restore` then gives back what it had")
        }
        _ => why.to_owned(),
    }
}

/// Says of a change that it may have been made.
fn nobody_knows(change: &Change, known: &str) -> String {
    format!(
        "nobody knows whether it was done ({known}): look at '{}'",
        change.target()
    )
}

/// Says what stays of a change even if it is taken back, where it may have let everyone in.
fn let_everyone_in(change: &Change) -> Option<&'static str> {
    match change {
        Change::GroupRemove {
            member: Member::Computer(_),
            default_access: DefaultAccess::Everyone,
            ..
        } => change.exposure(),
        _ => None,
    }
}
