//! What the guards say of a plan, before anything is looked at or sent.

use crate::fleet::Result;
use crate::held::held;

use super::super::Plan;
use super::super::guards::{self, Facts};
use super::Executor;
use super::knowledge::Known;

impl Executor {
    /// Holds a plan against the guards: an error of kind `refused` where any of its changes must not be made. A dry run is
    /// told instead what would be refused. The plan gets the records of its targets, and notes of what the guards say.
    pub(super) async fn judge(&self, plan: &mut Plan) -> Result<Known> {
        let mut known = Known::of(self.reader.as_ref(), plan, &self.rules.limits.protected).await?;
        plan.each_before(|change, before| known.complete(change, before));
        for lack in std::mem::take(&mut known.incomplete) {
            if !plan.notes.incomplete.contains(&lack) {
                plan.notes.incomplete.push(lack);
            }
        }
        // Read after everything else: a record is not from the future for having been read just now.
        let now = self.logbook.now();
        let (removed, planned) = self.removals();
        let facts = Facts {
            vendor: self.reader.vendor(),
            now,
            inventory: known.inventory.as_ref(),
            incomplete: &plan.notes.incomplete,
            presence_at: known.presence.then_some(now),
            removed,
            planned,
            managers: known.managers,
            period: self.rules.period.as_deref(),
        };
        let mut verdict = guards::judge(plan.proposals(), &facts, &self.rules.limits);
        if self.rules.dry_run {
            verdict = verdict.of_dry_run();
        }
        if let Some(refused) = verdict.refused() {
            return Err(refused);
        }
        plan.notes.fleet = known
            .inventory
            .as_ref()
            .map(guards::Inventory::len)
            .or(plan.notes.fleet);
        plan.notes.relaxed = verdict.relaxed;
        plan.notes.warnings = std::mem::take(&mut known.warnings);
        plan.notes.warnings.extend(verdict.warnings);
        Ok(known)
    }

    /// Counts the removals of computers that this run has made before, and those that it has only planned.
    fn removals(&self) -> (usize, usize) {
        let tally = held(&self.tally);
        let changes = tally.planned.iter().map(|proposal| &proposal.change);
        let planned = changes.filter(|change| change.removes_computer());
        (tally.removed, planned.count())
    }
}
