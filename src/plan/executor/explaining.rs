//! What the guards would say to the removal of a computer, and what they would look at.

use jiff::Timestamp;

use crate::fleet::{Change, ComputerRef, Error, Kind, Result};

use super::super::guards::{Answer, Facts, explain};
use super::super::{Kept, KeptComputer, Proposal};
use super::Executor;
use super::knowledge::Known;

/// A computer, and what the rules say to its removal.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// All that was read of it.
    pub computer: KeptComputer,
    /// The answer of each rule.
    pub answers: Vec<Answer>,
    /// What the user should know of what was read.
    pub warnings: Vec<String>,
}

impl Executor {
    /// Explains what each rule says to the removal of a computer that was not seen since a moment. Reads what the guards of a
    /// plan would have read, and changes nothing.
    pub async fn explain(&self, computer: &ComputerRef, cutoff: Timestamp) -> Result<Explained> {
        let change = Change::RemoveComputer {
            computer: computer.clone(),
        };
        let mut plan = self.plan();
        plan.push(Proposal::of(change.clone()))?;
        let known = Known::of(self.reader.as_ref(), &plan, self.protected()).await?;
        let mut before = None;
        known.complete(&change, &mut before);
        let Some(Kept::Computer(record)) = before else {
            return Err(Error::new(
                Kind::NotFound,
                format!("nothing could be read of '{}'", computer.name),
            ));
        };
        let now = self.logbook.now();
        let facts = Facts {
            vendor: self.reader.vendor(),
            now,
            inventory: known.inventory.as_ref(),
            incomplete: &known.incomplete,
            presence_at: known.presence.then_some(now),
            removed: 0,
            planned: 0,
            managers: None,
            period: self.rules.period.as_deref(),
        };
        Ok(Explained {
            answers: explain(&record, cutoff, &facts, &self.rules.limits),
            computer: *record,
            warnings: known.warnings,
        })
    }
}
