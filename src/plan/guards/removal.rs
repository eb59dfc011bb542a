//! The removals of computers in a plan.

use jiff::Timestamp;

use crate::fleet::{Change, ComputerRef};
use crate::plan::{Kept, KeptComputer, Proposal, Reason};

use super::words::some;

/// A removal of a computer that is proposed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Removal<'a> {
    /// Which of the proposals it is.
    pub(super) row: usize,
    pub(super) computer: &'a ComputerRef,
    pub(super) reason: Option<&'a Reason>,
    pub(super) record: Record<'a>,
}

/// The record that goes with a removal.
#[derive(Debug, Clone, Copy)]
pub(super) enum Record<'a> {
    Read(&'a KeptComputer),
    NotRead,
    /// It is the record of something else.
    Foreign,
}

/// Why a last-seen time says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unseen {
    /// There is none, or none that can be read as a time.
    Never,
    /// It has not come yet.
    Future,
    /// It is a clock that was never set.
    Epoch,
}

/// Returns the removals of computers among the proposals.
pub(super) fn of(proposals: &[Proposal]) -> Vec<Removal<'_>> {
    let removals = proposals.iter().enumerate().filter_map(|(row, proposal)| {
        let Change::RemoveComputer { computer } = &proposal.change else {
            return None;
        };
        Some(Removal {
            row,
            computer,
            reason: proposal.reason.as_ref(),
            record: match &proposal.before {
                None => Record::NotRead,
                Some(Kept::Computer(kept)) if is_of(kept, computer) => Record::Read(kept),
                Some(_) => Record::Foreign,
            },
        })
    });
    removals.collect()
}

fn is_of(kept: &KeptComputer, computer: &ComputerRef) -> bool {
    kept.id == computer.id.as_str() && kept.name == computer.name
}

impl<'a> Removal<'a> {
    /// Returns the computer's record, if it was read.
    pub(super) fn kept(&self) -> Option<&'a KeptComputer> {
        match self.record {
            Record::Read(kept) => Some(kept),
            Record::NotRead | Record::Foreign => None,
        }
    }

    /// Tells whether the user has named the computer.
    pub(super) fn is_named(&self) -> bool {
        matches!(self.reason, Some(Reason::Named))
    }
}

/// Returns when a computer was last seen, if that can be relied upon.
pub(super) fn last_seen(record: &KeptComputer, now: Timestamp) -> Result<Timestamp, Unseen> {
    match record.last_seen {
        None => Err(Unseen::Never),
        Some(at) if at > now => Err(Unseen::Future),
        Some(at) if at <= Timestamp::UNIX_EPOCH => Err(Unseen::Epoch),
        Some(at) => Ok(at),
    }
}

/// Counts and names the computers of some removals.
pub(super) fn whom<'a>(removals: impl IntoIterator<Item = &'a Removal<'a>>) -> String {
    let names: Vec<&str> = removals
        .into_iter()
        .map(|removal| removal.computer.name.as_str())
        .collect();
    some("computer", &names)
}

/// Returns which of the proposals some removals are.
pub(super) fn rows<'a>(removals: impl IntoIterator<Item = &'a Removal<'a>>) -> Vec<usize> {
    removals.into_iter().map(|removal| removal.row).collect()
}
