//! What the guards would say to the removal of a computer, asked of a fleet that is listed once.

use jiff::Timestamp;

use crate::fleet::{Computer, Result, Vendor};

use super::super::guards::{Answer, Facts, Limits, explain};
use super::super::{KeptComputer, Reason};
use super::Executor;
use super::knowledge::Known;

/// The whole fleet as it was read at one moment, with all that the key may read of it. Nothing more is read to explain
/// what would be done with any of its computers.
pub struct Survey {
    /// The records, in the vendor's order.
    computers: Vec<Computer>,
    known: Known,
    vendor: Vendor,
    now: Timestamp,
    limits: Limits,
    period: Option<String>,
}

impl Executor {
    /// Lists the fleet as it is listed before a plan is judged.
    pub async fn survey(&self) -> Result<Survey> {
        let mut known = Known::default();
        let listing = known.list(self.reader.as_ref()).await?;
        let computers = listing.items.clone();
        known.learn(listing);
        Ok(Survey {
            computers,
            known,
            vendor: self.reader.vendor(),
            now: self.logbook.now(),
            limits: self.rules.limits.clone(),
            period: self.rules.period.clone(),
        })
    }
}

impl Survey {
    /// Returns the records, in the vendor's order.
    pub fn computers(&self) -> &[Computer] {
        &self.computers
    }

    /// Returns what the user should know of what was read.
    pub fn warnings(&self) -> &[String] {
        &self.known.warnings
    }

    /// Returns what each rule says to the removal of a computer that was not seen since a moment.
    pub fn answers(&self, computer: &Computer, cutoff: Timestamp) -> Vec<Answer> {
        explain::answers(&KeptComputer::from(computer), cutoff, &self.facts(), &self.limits)
    }

    /// Returns why a plan with nothing but the removal of a computer would be refused, if it would.
    pub fn refused(&self, computer: &Computer, reason: Reason) -> Option<String> {
        explain::refused(&KeptComputer::from(computer), reason, &self.facts(), &self.limits)
    }

    /// Returns why a plan that makes several records of a machine into one, which has the name in the end, would be refused, if
    /// it would; `computer` is the record that is spoken of.
    pub fn refused_merge(
        &self,
        computer: &Computer,
        survivor: &Computer,
        others: &[&Computer],
        name: &str,
    ) -> Option<String> {
        let others: Vec<KeptComputer> = others.iter().map(|other| KeptComputer::from(*other)).collect();
        explain::refused_merge(
            &KeptComputer::from(computer),
            &KeptComputer::from(survivor),
            &others,
            name,
            &self.facts(),
            &self.limits,
        )
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            vendor: self.vendor,
            now: self.now,
            inventory: self.known.inventory.as_ref(),
            incomplete: &self.known.incomplete,
            presence_at: self.known.presence.then_some(self.now),
            removed: 0,
            planned: 0,
            managers: None,
            period: self.period.as_deref(),
        }
    }
}
