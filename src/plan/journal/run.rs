//! A run, as its journal tells it.

use jiff::Timestamp;

use crate::plan::Proposal;

use super::{Came, Counts, End, Head, Number, PlanHead, Standing};

/// What stands in the journal of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Which run it is.
    pub head: Head,
    /// Its plans, in the order in which they were begun.
    pub plans: Vec<PlanHead>,
    /// The changes of all plans, in the order in which they were planned, which is that of their numbers.
    pub entries: Vec<Entry>,
    /// Its end; `None` where it is still under way, or was broken off.
    pub end: Option<End>,
    /// When other processes went on with it.
    pub resumed: Vec<Timestamp>,
    /// The number of the last line, where it was not written whole and is left out.
    pub torn: Option<usize>,
}

/// A change of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number.
    pub number: Number,
    /// Which plan of the run it belongs to, from 0.
    pub plan: usize,
    /// What it was, and what it was decided on.
    pub proposal: Proposal,
    /// When it was last about to be sent; `None` where it never was.
    pub begun: Option<Timestamp>,
    /// What came of it; `None` where nobody has written that down.
    pub came: Option<Came>,
}

impl Run {
    /// Counts what came of the changes.
    pub fn counts(&self) -> Counts {
        self.entries.iter().map(Entry::stands).collect()
    }

    /// Tells whether all changes of a plan are there. Of one that was broken off while it was written down nothing was begun,
    /// and what there is of it is not what was decided on.
    pub fn is_whole(&self, plan: usize) -> bool {
        let there = self.entries.iter().filter(|entry| entry.plan == plan).count();
        self.plans
            .get(plan)
            .is_some_and(|head| head.changes == there as u64)
    }

    /// Returns the rules that were relaxed for any of its plans, each once.
    pub fn relaxed(&self) -> Vec<&str> {
        let mut relaxed: Vec<&str> = Vec::new();
        for rule in self.plans.iter().flat_map(|plan| &plan.relaxed) {
            if !relaxed.contains(&rule.as_str()) {
                relaxed.push(rule);
            }
        }
        relaxed
    }

    /// Returns the cleanup policy of the user's own that had a say in it; a run has one.
    pub fn policy(&self) -> Option<&str> {
        self.plans.iter().find_map(|plan| plan.policy.as_deref())
    }
}

impl Entry {
    /// Tells how far it has come.
    pub fn stands(&self) -> Standing {
        match (&self.came, self.begun) {
            (Some(came), _) => Standing::Settled(came.outcome),
            (None, Some(_)) => Standing::InFlight,
            (None, None) => Standing::NotBegun,
        }
    }
}
