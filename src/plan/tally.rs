//! What a run has done to a fleet, counted.

use std::collections::HashMap;

use crate::fleet::{Error, Outcome};

use super::{Notes, Proposal};

/// What a run has done so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// What a dry run would change, in order.
    pub planned: Vec<Proposal>,
    /// What came of each change, in the order in which it was known.
    pub rows: Vec<(Proposal, Outcome)>,
    /// What an interruption has left unsent.
    pub unsent: Vec<Proposal>,
    /// How many removals of computers were made, or may have been.
    pub removed: usize,
    /// What there is to know of the plans of the run.
    pub notes: Notes,
    /// How many changes were carried out.
    pub done: usize,
    /// How many were so before.
    pub already_so: usize,
    /// How many were refused by the vendor, or left alone because the target had changed.
    pub failed: usize,
    /// How many were sent without it being known what came of them.
    pub unknown: usize,
    /// Why the outcome of a change could not be written into the journal, if one could not.
    pub unwritten: Option<Error>,
}

impl Tally {
    /// Counts what came of one proposal.
    pub fn count(&mut self, proposal: &Proposal, outcome: &Outcome) {
        self.rows.push((proposal.clone(), outcome.clone()));
        if proposal.change.removes_computer() && matches!(outcome, Outcome::Done(_) | Outcome::Unknown(_)) {
            self.removed += 1;
        }
        match outcome {
            Outcome::Done(_) => self.done += 1,
            // A secret that is handed out changes nothing in the fleet.
            Outcome::Issued(_) => {}
            Outcome::AlreadySo => self.already_so += 1,
            Outcome::Planned => self.planned.push(proposal.clone()),
            Outcome::Drifted { .. } | Outcome::Failed(_) => self.failed += 1,
            Outcome::Unknown(_) => self.unknown += 1,
        }
    }

    /// Adds up what was done to several fleets.
    pub fn sum(tallies: impl IntoIterator<Item = Self>) -> Self {
        tallies.into_iter().fold(Self::default(), |mut sum, tally| {
            sum.planned.extend(tally.planned);
            sum.rows.extend(tally.rows);
            sum.unsent.extend(tally.unsent);
            sum.removed += tally.removed;
            sum.notes.add(tally.notes);
            sum.done += tally.done;
            sum.already_so += tally.already_so;
            sum.failed += tally.failed;
            sum.unknown += tally.unknown;
            sum.unwritten = sum.unwritten.or(tally.unwritten);
            sum
        })
    }

    /// Returns what was not made, each with why: refused, left alone, of unknown outcome, or not sent any more. A change that
    /// was tried more than once counts as it ended.
    pub fn undone(&self) -> impl Iterator<Item = (&Proposal, Option<&Outcome>)> {
        let rows = self
            .rows
            .iter()
            .map(|(proposal, outcome)| (proposal, Some(outcome)));
        let unsent = self.unsent.iter().map(|proposal| (proposal, None));
        let all: Vec<_> = rows.chain(unsent).collect();
        let key = |proposal: &Proposal| serde_json::to_string(&proposal.change).unwrap_or_default();
        let last: HashMap<String, usize> = all
            .iter()
            .enumerate()
            .map(|(at, (proposal, _))| (key(proposal), at))
            .collect();
        all.into_iter()
            .enumerate()
            .filter(move |(at, (proposal, _))| last.get(&key(proposal)) == Some(at))
            .map(|(_, end)| end)
            .filter(|(_, outcome)| outcome.is_none_or(Outcome::is_left_undone))
    }

    /// Returns how many changes there were, whatever came of them.
    pub fn all(&self) -> usize {
        self.rows.len() + self.unsent.len()
    }

    /// Returns how many changes are as they were to be.
    pub fn made(&self) -> usize {
        self.done + self.already_so
    }

    /// Tells whether a change came to nothing, though the script may have got over it.
    pub fn left_something_undone(&self) -> bool {
        self.unknown > 0 || self.failed > 0
    }

    /// Says what was done; nothing where nothing was to be done.
    pub fn told(&self) -> Option<String> {
        let parts: Vec<String> = [
            (self.planned.len(), "planned (dry run: nothing was changed)"),
            (self.done, "done"),
            (self.already_so, "so already"),
            (self.failed, "failed"),
            (self.unknown, "of unknown outcome"),
            (self.unsent.len(), "not sent"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
        (!parts.is_empty()).then(|| format!("Changes: {}", parts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_of_several_fleets_are_added_up_and_told() {
        let tally = Tally::sum([
            Tally {
                done: 2,
                already_so: 1,
                ..Tally::default()
            },
            Tally {
                done: 1,
                failed: 1,
                unknown: 1,
                ..Tally::default()
            },
        ]);
        assert_eq!(
            tally.told().unwrap(),
            "Changes: 3 done, 1 so already, 1 failed, 1 of unknown outcome"
        );
        assert_eq!(Tally::default().told(), None);
    }

    #[test]
    fn what_failed_or_is_not_known_was_left_undone() {
        let tally = |failed, unknown| Tally {
            done: 3,
            already_so: 1,
            failed,
            unknown,
            ..Tally::default()
        };
        for (failed, unknown, undone) in [(0, 0, false), (3, 0, true), (0, 1, true)] {
            assert_eq!(tally(failed, unknown).left_something_undone(), undone);
        }
    }
}
