//! Whom a run has removed, by its journal.

use crate::fleet::Change;
use crate::plan::journal::Run;
use crate::plan::undo::{Done, Left};
use crate::plan::{Kept, KeptComputer, Reason};

/// The computers that a run has removed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Removed {
    /// What was known of each of them. Those of which nobody knows whether they were removed are among them: the fleet shows
    /// it.
    pub computers: Vec<KeptComputer>,
    /// The removals of which nothing can be given back.
    pub left: Vec<Left>,
}

impl Removed {
    /// Finds them in the journal of a run.
    pub fn of(run: &Run) -> Self {
        let mut removed = Self::default();
        for entry in run.entries.iter().filter(|entry| Done::of(entry).is_some()) {
            let proposal = &entry.proposal;
            let Change::RemoveComputer { computer } = &proposal.change else {
                continue;
            };
            let why = match (&proposal.reason, &proposal.before) {
                (Some(Reason::DuplicateOf { survivor }), _) => {
                    format!("it was another record of '{}', which stayed", survivor.name)
                }
                (_, Some(Kept::Computer(kept))) if kept.id == computer.id.as_str() => {
                    removed.computers.push(kept.as_ref().clone());
                    continue;
                }
                _ => "the journal has no record of it, so that nobody knows what to look for".to_owned(),
            };
            removed.left.push(Left {
                change: proposal.change.clone(),
                why,
            });
        }
        removed
    }
}
