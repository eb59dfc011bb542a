//! Decides on plans, and keeps count of what comes of them; how their changes are sent is told in `sending`.
//!
//! What goes to the vendor in one call, and is read back with one list, is looked at and sent together. Calls that do not
//! wait for each other are under way at the same time.

use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::fleet::{Change, Error, Kind, Outcome, Protected, Reader, Result, Writer};
use crate::held::held;

use super::guards::Stop;
use super::journal::RunId;
use super::{Approve, Ask, Binding, Logbook, Order, Plan, Proposal, Rules, Tally, Watch, saved};

mod explaining;
mod judging;
mod knowledge;
mod looking;
mod online;
mod resuming;
mod sending;
#[cfg(test)]
mod tests;
mod waves;

pub use explaining::Survey;
use online::Online;

/// What is to be done about a plan. Only [`Executor::decide`] makes one, and it can be carried out once.
#[derive(Debug)]
pub struct Decided {
    plan: Plan,
    order: Order,
    /// What came of each change that is not to be sent.
    settled: Vec<Option<Outcome>>,
    /// Whether the targets were looked at just now, with nothing in between that took time.
    fresh: bool,
}

impl Decided {
    /// Returns the plan, with the records that its guards were asked about.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}

/// When the user was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Now,
    Before,
}

/// The only owner of a writer.
pub struct Executor {
    binding: Binding,
    reader: Arc<dyn Reader>,
    writer: Box<dyn Writer>,
    rules: Rules,
    approve: Arc<dyn Approve>,
    watch: Arc<dyn Watch>,
    logbook: Logbook,
    online: Online,
    /// The user's answer, once there is one.
    agreed: Mutex<Option<bool>>,
    tally: Mutex<Tally>,
    stop: Mutex<Stop>,
}

impl Executor {
    /// Makes the door to one profile's fleet.
    pub fn new(
        binding: Binding,
        reader: Arc<dyn Reader>,
        writer: Box<dyn Writer>,
        rules: Rules,
        (approve, watch): (Arc<dyn Approve>, Arc<dyn Watch>),
        logbook: Logbook,
    ) -> Self {
        Self {
            binding,
            reader,
            writer,
            rules,
            approve,
            watch,
            logbook,
            online: Online::default(),
            agreed: Mutex::default(),
            tally: Mutex::default(),
            stop: Mutex::default(),
        }
    }

    /// Returns whose fleet it is the door to.
    pub fn binding(&self) -> &Binding {
        &self.binding
    }

    /// Tells whether nothing is sent in this run.
    pub fn is_dry_run(&self) -> bool {
        self.rules.dry_run
    }

    /// Returns the computers that the profile lets nobody touch.
    pub fn protected(&self) -> &Protected {
        &self.rules.limits.protected
    }

    /// Starts a plan for this fleet.
    pub fn plan(&self) -> Plan {
        Plan::new(self.binding.clone(), self.logbook.now())
    }

    /// Writes a plan into a file; `shown` is the path in the user's words.
    pub fn save(&self, plan: &Plan, path: &Path, shown: &str) -> Result<()> {
        Ok(saved::save(plan, self.logbook.redactor(), path, shown)?)
    }

    /// Refuses if nothing may be written at all: a script learns it before it looks anything up for a change.
    pub fn writable(&self) -> Result<()> {
        self.rules.writable("change anything")
    }

    /// Decides what is to be done about each change of a plan, without sending anything: can it be made, may it, is it so
    /// already, is the target what it was, is this a dry run, does the user agree? May be dropped at any time. A plan of
    /// which a change may not be made at all is an error, and then none is; so is a run that may not begin to write.
    ///
    /// Blocks while the user is asked, so that it must not run on a thread of the async runtime.
    pub async fn decide(&self, mut plan: Plan) -> Result<Decided> {
        if let Some(stopped) = self.stopped() {
            return Err(stopped);
        }
        for Proposal { change, .. } in plan.proposals() {
            // What a vendor cannot do no rule opens up: that is what there is to say first.
            if let Some(error) = self.reader.lacks(change) {
                self.rules.writable(&change.to_string())?;
                return Err(error);
            }
            self.rules.check(change)?;
        }
        let order = plan.order()?;
        let known = self.judge(&mut plan).await?;
        let proposals: Vec<&Proposal> = plan.proposals().iter().collect();
        let mut settled = self.first_look(&proposals, &known).await;
        let open: Vec<usize> = (0..settled.len()).filter(|at| settled[*at].is_none()).collect();
        let mut fresh = self.is_one_call(&plan, &open) && !self.goes_by_itself(plan.proposals().len());
        if self.rules.dry_run {
            for at in open {
                settled[at] = Some(Outcome::Planned);
            }
        } else if !open.is_empty() {
            if self.ask(&plan, &open)? == Some(Asked::Now) {
                // An answer takes time, in which the targets may change.
                fresh = false;
            }
            // Where there is no journal, or somebody else writes, that is no fault of any one change.
            self.logbook.open().await?;
        }
        Ok(Decided {
            plan,
            order,
            settled,
            fresh,
        })
    }

    /// Asks the user once a run: a script that catches the refusal must not make the question come again. Where there is
    /// nothing to agree to, nobody is asked.
    fn ask(&self, plan: &Plan, open: &[usize]) -> Result<Option<Asked>> {
        let proposals = plan.proposals();
        let altering: Vec<Proposal> = open
            .iter()
            .map(|at| &proposals[*at])
            .filter(|proposal| proposal.change.alters())
            .cloned()
            .collect();
        let Some(first) = altering.first() else {
            return Ok(None);
        };
        let ask = Ask {
            profile: &self.binding.profile,
            vendor: self.binding.vendor,
            proposals: &altering,
            notes: &plan.notes,
        };
        // Held while asking: a second thread must wait for the one answer, not ask again.
        let mut agreed = held(&self.agreed);
        if *agreed != Some(false) {
            self.approve.preview(&ask);
        }
        match *agreed {
            Some(true) => Ok(Some(Asked::Before)),
            Some(false) => Err(Error::new(
                Kind::Refused,
                format!(
                    "not allowed to {}: the changes of this run were refused before",
                    first.change
                ),
            )),
            None => {
                let answer = self.approve.approve(&ask);
                *agreed = Some(answer.is_ok());
                answer.map(|()| Some(Asked::Now))
            }
        }
    }

    /// Returns why this run sends nothing more, if it has failed too often.
    fn stopped(&self) -> Option<Error> {
        let stopped = held(&self.stop).stopped()?;
        Some(
            Error::new(Kind::Refused, stopped.to_string())
                .hint("see what is wrong, and run it again: what is so already is left alone"),
        )
    }

    /// Returns the name under which the run stands in its journal, if it has one.
    pub fn run(&self) -> Option<&RunId> {
        self.logbook.run()
    }

    /// Writes down that the run has ended.
    pub async fn close(&self) -> Result<()> {
        self.logbook.close().await
    }

    /// Returns what the run has done so far.
    pub fn tally(&self) -> Tally {
        held(&self.tally).clone()
    }

    fn count(&self, proposal: &Proposal, outcome: &Outcome) {
        let change = &proposal.change;
        tracing::info!(target: "deskhand::plan", %change, %outcome, "change");
        held(&self.tally).count(proposal, outcome);
        self.watch.came(change, outcome);
    }
}

/// Returns the changes of some proposals.
fn changes_of<'a>(proposals: impl IntoIterator<Item = &'a Proposal>) -> Vec<Change> {
    proposals
        .into_iter()
        .map(|proposal| proposal.change.clone())
        .collect()
}
