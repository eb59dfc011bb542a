//! What a run has done to a fleet, counted.

use crate::fleet::{Change, Error, Outcome};

/// What a run has done so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The changes of a dry run, in order.
    pub planned: Vec<Change>,
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
    /// Counts one change.
    pub fn count(&mut self, change: &Change, outcome: &Outcome) {
        match outcome {
            Outcome::Done(_) => self.done += 1,
            // A secret that is handed out changes nothing in the fleet.
            Outcome::Issued(_) => {}
            Outcome::AlreadySo => self.already_so += 1,
            Outcome::Planned => self.planned.push(change.clone()),
            Outcome::Drifted { .. } | Outcome::Failed(_) => self.failed += 1,
            Outcome::Unknown(_) => self.unknown += 1,
        }
    }

    /// Adds up what was done to several fleets.
    pub fn sum(tallies: impl IntoIterator<Item = Self>) -> Self {
        tallies.into_iter().fold(Self::default(), |mut sum, tally| {
            sum.planned.extend(tally.planned);
            sum.done += tally.done;
            sum.already_so += tally.already_so;
            sum.failed += tally.failed;
            sum.unknown += tally.unknown;
            sum.unwritten = sum.unwritten.or(tally.unwritten);
            sum
        })
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
