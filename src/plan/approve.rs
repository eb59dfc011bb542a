//! Whom the door asks, and whom it keeps informed.

use crate::fleet::{Change, Outcome, Result, Vendor};

use super::preview::Summary;
use super::{Notes, Proposal};

/// What is about to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The profile whose fleet is changed.
    pub profile: &'a str,
    /// Whose fleet it is.
    pub vendor: Vendor,
    /// What is to be changed: at least one proposal.
    pub proposals: &'a [Proposal],
    /// What there is to know of how they came about.
    pub notes: &'a Notes,
}

impl Ask<'_> {
    /// Sums it up for somebody who is to agree.
    pub fn summary(&self) -> Summary {
        Summary::of_proposals(self.proposals, self.vendor).with(self.notes)
    }
}

/// Speaks with the user about what is about to be changed.
pub trait Approve: Send + Sync {
    /// Shows what is about to be changed. Called for each plan of a run that changes anything, whether or not it has to be
    /// agreed to.
    fn preview(&self, ask: &Ask<'_>);

    /// Tells whether the user has agreed before anything was shown: then nobody is asked.
    fn is_given(&self) -> bool;

    /// Returns an error of kind `refused` unless the user agrees, to this and to what follows it in the run. Called once a
    /// run, after the preview.
    fn approve(&self, ask: &Ask<'_>) -> Result<()>;
}

/// Is told how a plan gets on. Called from several threads.
pub trait Watch: Send + Sync {
    /// So many changes are about to be made.
    fn begin(&self, changes: usize);
    /// This came of one of them.
    fn came(&self, change: &Change, outcome: &Outcome);
    /// No more is made of these.
    fn end(&self);
}
