//! A plan: what is proposed for one profile's fleet, in order, and what the guards have to know of how it was made.
//!
//! A plan never holds two changes of which one undoes, repeats or thwarts the other: it is found out when the second one
//! is proposed, where the script that does so can still be named.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fleet::{Change, ComputerRef, Error, Kind, Result, UserRef, Vendor};

use super::subject::{Aspect, Subject, holds, is_lasting, of_computer, removes, settles};
use super::{Kept, Notes, Proposal, Reason};

#[cfg(test)]
mod tests;

/// Whose fleet a plan is for. It is applied to no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The profile.
    pub profile: String,
    /// The vendor that the profile had when the plan was made.
    pub vendor: Vendor,
    /// The host that the vendor was reached at, in a form that is the same each time: of a simulated team no port.
    pub host: String,
}

/// Proposals for one fleet.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What there is to know of how it came about.
    pub notes: Notes,
    binding: Binding,
    made_at: Timestamp,
    proposals: Vec<Proposal>,
    /// Which proposal settles what.
    settled: HashMap<(Subject, Aspect), usize>,
    /// Which proposal was the first to need a subject to stay.
    needed: HashMap<Subject, usize>,
}

impl Plan {
    /// Starts a plan that holds nothing.
    pub fn new(binding: Binding, made_at: Timestamp) -> Self {
        Self {
            notes: Notes::default(),
            binding,
            made_at,
            proposals: Vec::new(),
            settled: HashMap::new(),
            needed: HashMap::new(),
        }
    }

    /// Returns whose fleet it is for.
    pub fn binding(&self) -> &Binding {
        &self.binding
    }

    /// Returns when it was begun.
    pub fn made_at(&self) -> Timestamp {
        self.made_at
    }

    /// Returns what is proposed, in the order in which it was.
    pub fn proposals(&self) -> &[Proposal] {
        &self.proposals
    }

    /// Adds a proposal. An error of kind `invalid`, which leaves the plan as it was, says that the plan holds the same
    /// change already, or one that cannot be made along with it.
    pub fn push(&mut self, proposal: Proposal) -> Result<()> {
        let change = &proposal.change;
        let settles = settles(change);
        if let Some(before) = settles.iter().find_map(|key| self.settled.get(key)) {
            return Err(clash(&self.proposals[*before].change, change));
        }
        let survivor = survivor(&proposal).map(of_computer);
        let gone = |subject: &Subject| {
            let key = (subject.clone(), Aspect::Existence);
            self.settled.get(&key).copied()
        };
        let holds = holds(change);
        let needs = || holds.iter().map(|(subject, _)| subject).chain(&survivor);
        let removed = removes(change);
        if removed.is_some() && removed == survivor {
            return Err(thwarts(&proposal, &proposal));
        }
        let thwarted = match &removed {
            Some(subject) => self.needed.get(subject).copied(),
            None => None,
        }
        .or_else(|| {
            needs()
                .filter(|subject| matches!(subject, Subject::Computer(_) | Subject::User(_)))
                .find_map(gone)
        });
        if let Some(before) = thwarted {
            return Err(thwarts(&self.proposals[before], &proposal));
        }
        let at = self.proposals.len();
        let lasting = removed.is_none() && is_lasting(change);
        let stays = if lasting {
            needs().cloned().collect()
        } else {
            Vec::from_iter(survivor.clone())
        };
        for subject in stays {
            self.needed.entry(subject).or_insert(at);
        }
        self.settled.extend(settles.into_iter().map(|key| (key, at)));
        self.proposals.push(proposal);
        Ok(())
    }

    /// Looks at each proposal, to put to it the record of its target.
    pub(super) fn each_before(&mut self, mut look: impl FnMut(&Change, &mut Option<Kept>)) {
        for Proposal { change, before, .. } in &mut self.proposals {
            look(change, before);
        }
    }

    /// Counts the changes by verb, in the order in which the verbs first appear.
    pub fn counts(&self) -> Vec<(&'static str, usize)> {
        tallied(self.proposals.iter().map(|proposal| proposal.change.verb()))
    }

    /// Returns the computers that it would remove, each with what is proposed of it.
    pub fn removed_computers(&self) -> impl Iterator<Item = (&ComputerRef, &Proposal)> {
        self.proposals
            .iter()
            .filter_map(|proposal| match &proposal.change {
                Change::RemoveComputer { computer } => Some((computer, proposal)),
                _ => None,
            })
    }

    /// Returns the users that it would remove, each with what is proposed of them.
    pub fn removed_users(&self) -> impl Iterator<Item = (&UserRef, &Proposal)> {
        self.proposals
            .iter()
            .filter_map(|proposal| match &proposal.change {
                Change::RemoveUser { user, .. } => Some((user, proposal)),
                _ => None,
            })
    }
}

/// Counts what is the same, in the order in which it first appears.
pub(super) fn tallied<T: Copy + Eq + Hash>(items: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    let mut place: HashMap<T, usize> = HashMap::new();
    for item in items {
        let at = *place.entry(item).or_insert_with(|| {
            counts.push((item, 0));
            counts.len() - 1
        });
        counts[at].1 += 1;
    }
    counts
}

/// Returns the record that must stay for a removal to be right.
pub(super) fn survivor(proposal: &Proposal) -> Option<&ComputerRef> {
    match &proposal.reason {
        Some(Reason::DuplicateOf { survivor }) => Some(survivor),
        _ => None,
    }
}

/// Says that two changes settle the same.
fn clash(before: &Change, change: &Change) -> Error {
    if let (Change::Rename { computer, to }, Change::Rename { computer: other, .. }) = (before, change)
        && computer.id != other.id
    {
        return Error::new(
            Kind::Invalid,
            format!(
                "cannot plan to {change}: the plan gives that name to '{}' already",
                computer.name
            ),
        )
        .hint(format!(
            "a name tells computers apart; plan another one than '{to}' for one of them"
        ));
    }
    if before.verb() == change.verb() && before.result() == change.result() {
        return Error::new(
            Kind::Invalid,
            format!("cannot plan to {change}: the plan holds that already"),
        )
        .hint("plan each change once; a list may name its target twice");
    }
    Error::new(
        Kind::Invalid,
        format!("cannot plan to {change}: the plan is to {before} already"),
    )
    .hint("only one of them can stay: plan the one that is meant")
}

/// Says that one change needs what the other takes away.
fn thwarts(before: &Proposal, proposal: &Proposal) -> Error {
    let (was, now) = (&before.change, &proposal.change);
    let why = match (survivor(before), survivor(proposal)) {
        (Some(stays), _) if removes(now) == Some(of_computer(stays)) => {
            format!(
                "it stays in the place of '{}', which the plan removes",
                was.target()
            )
        }
        (_, Some(stays)) if removes(was) == Some(of_computer(stays)) => {
            format!(
                "'{}' is to stay in its place, and the plan removes that too",
                stays.name
            )
        }
        _ => format!("the plan is to {was} already"),
    };
    Error::new(Kind::Invalid, format!("cannot plan to {now}: {why}"))
        .hint("of what is removed nothing else can be changed, and a removed duplicate needs one that stays")
}
