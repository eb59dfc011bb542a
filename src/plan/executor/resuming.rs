//! Going on with a run that was broken off: what was in flight is settled by reading back, then the rest is done, and
//! nothing twice.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use crate::fleet::{Change, Error, Kind, NewUser, Observed, Outcome, Result};
use crate::held::held;

use super::super::journal::{Entry, Number, Run, Standing, Word};
use super::super::verdict::GONE;
use super::super::{Order, Plan, Proposal};
use super::sending::Work;
use super::{Executor, changes_of};

/// What is said of a change that shows, after nobody had written down what came of it.
const READ_BACK: &str = "it was in flight when the run was broken off; read back, and it is done";

impl Executor {
    /// Goes on with the run that the logbook was made for. Returns what came of each change that was not settled before, and
    /// of each that had come to nothing: perhaps nobody has seen it, and the run is not whole without it. Nothing of those
    /// that were not sent because `go_on` has ended it.
    pub async fn resume(
        &self,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<(Proposal, Option<Outcome>)>> {
        let Some(run) = self.logbook.broken_off().cloned() else {
            return Ok(Vec::new());
        };
        self.rules.writable("go on with the run")?;
        // Whoever holds the lock may be at this very run.
        self.logbook.open().await?;
        self.take_over(&run);
        let mut rows = Vec::new();
        // Of a plan that is not whole nothing was begun, and what there is of it is not what was decided on.
        for plan in (0..run.plans.len()).filter(|plan| run.is_whole(*plan)) {
            let entries: Vec<&Entry> = run.entries.iter().filter(|entry| entry.plan == plan).collect();
            rows.extend(self.resume_plan(&entries, &run, go_on).await?);
        }
        Ok(rows)
    }

    /// Counts what has come to nothing before, and the removals that were made or may have been.
    fn take_over(&self, run: &Run) {
        let mut tally = held(&self.tally);
        for entry in run.entries.iter().filter(|entry| !is_made(entry)) {
            if let Some(outcome) = came_before(entry) {
                tally.count(&entry.proposal, &outcome);
            }
        }
        tally.removed = removed_by(run);
    }

    async fn resume_plan(
        &self,
        entries: &[&Entry],
        run: &Run,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<(Proposal, Option<Outcome>)>> {
        let in_flight: Vec<usize> = (0..entries.len())
            .filter(|at| entries[*at].stands() == Standing::InFlight)
            .collect();
        let mut plan = Plan::new(self.binding.clone(), run.head.started);
        for entry in entries {
            plan.push(entry.proposal.clone())?;
        }
        let order = plan.order()?;
        let numbers: Vec<Number> = entries.iter().map(|entry| entry.number).collect();
        let mut outcomes: Vec<Option<Outcome>> = entries.iter().map(|entry| came_before(entry)).collect();
        let work = Work {
            plan: &plan,
            numbers: &numbers,
            fresh: AtomicBool::new(false),
            go_on,
            halted: Mutex::default(),
        };
        self.settle_in_flight(&work, &in_flight, &mut outcomes).await?;
        self.give_up_on_passwords(&work, &mut outcomes);
        self.make_the_rest(&work, &order, &mut outcomes).await?;
        let rows = entries.iter().zip(outcomes).filter(|(entry, _)| !is_made(entry));
        Ok(rows
            .map(|(entry, outcome)| (entry.proposal.clone(), outcome))
            .collect())
    }

    /// Reads back what was in flight. What is not made stays open, unless it does harm when it is made twice.
    async fn settle_in_flight(
        &self,
        work: &Work<'_>,
        in_flight: &[usize],
        outcomes: &mut [Option<Outcome>],
    ) -> Result<()> {
        let changes = changes_of(in_flight.iter().map(|at| &work.plan.proposals()[*at]));
        for ((at, change), seen) in in_flight.iter().zip(&changes).zip(self.look_for(&changes).await) {
            if let Some(outcome) = settled(change, seen?) {
                self.settle(work, *at, &outcome);
                outcomes[*at] = Some(outcome);
            }
        }
        Ok(())
    }

    /// A password is kept nowhere: users who were not made yet cannot be made from a journal.
    fn give_up_on_passwords(&self, work: &Work<'_>, outcomes: &mut [Option<Outcome>]) {
        for (at, outcome) in outcomes.iter_mut().enumerate() {
            if let (Change::CreateUser(NewUser { username, .. }), None) =
                (&work.plan.proposals()[at].change, &outcome)
            {
                let error = Error::new(
                    Kind::Refused,
                    format!("'{username}' was not made: the password is kept in no journal"),
                )
                .hint("make the user again, with a password");
                let failed = Outcome::Failed(error);
                self.settle(work, at, &failed);
                *outcome = Some(failed);
            }
        }
    }

    /// Judges what is still open as a plan of its own, and makes it.
    async fn make_the_rest(
        &self,
        work: &Work<'_>,
        order: &Order,
        outcomes: &mut [Option<Outcome>],
    ) -> Result<()> {
        let mut rest = Plan::new(self.binding.clone(), work.plan.made_at());
        for (proposal, _) in work
            .plan
            .proposals()
            .iter()
            .zip(&*outcomes)
            .filter(|(_, o)| o.is_none())
        {
            if let Some(error) = self.reader.lacks(&proposal.change) {
                return Err(error);
            }
            self.rules.check(&proposal.change)?;
            rest.push(proposal.clone())?;
        }
        if rest.proposals().is_empty() {
            return Ok(());
        }
        self.judge(&mut rest).await?;
        let open: Vec<usize> = (0..rest.proposals().len()).collect();
        self.ask(&rest, &open)?;
        held(&self.tally).notes.add(rest.notes);
        self.waves(work, order, outcomes).await;
        Ok(())
    }
}

/// Returns what a change came to before the run was broken off, as far as what needs it is concerned.
fn came_before(entry: &Entry) -> Option<Outcome> {
    match entry.stands() {
        Standing::NotBegun | Standing::InFlight => None,
        Standing::Settled(Word::Done | Word::Issued | Word::AlreadySo) => Some(Outcome::AlreadySo),
        Standing::Settled(word) => {
            let told = entry.came.as_ref().and_then(|came| came.error.as_ref());
            let told = match told {
                Some(told) => told.message.clone(),
                None => format!("{}: {}", entry.proposal.change, word.as_str()),
            };
            let error = Error::new(Kind::Refused, format!("before the run was broken off: {told}"));
            Some(match word {
                Word::Unknown => Outcome::Unknown(error),
                _ => Outcome::Failed(error),
            })
        }
    }
}

/// Tells whether a change was made, or was so, before the run was broken off.
fn is_made(entry: &Entry) -> bool {
    matches!(
        entry.stands(),
        Standing::Settled(Word::Done | Word::Issued | Word::AlreadySo)
    )
}

/// Tells what came of a change that was in flight; nothing of one that is surely not made and may be sent again.
fn settled(change: &Change, seen: Observed) -> Option<Outcome> {
    let unknown = |found: String| {
        let message = format!("{change}: it was in flight when the run was broken off; {found}");
        let error = Error::new(Kind::Network, message);
        Some(Outcome::Unknown(
            error.hint("look at the vendor's side; it is not sent again"),
        ))
    };
    match seen {
        Observed::After => Some(Outcome::Done(Some(READ_BACK.to_owned()))),
        Observed::Before if change.must_not_repeat() => unknown("the vendor does not show it".to_owned()),
        // Nobody can look where a computer was moved to; to move it there again does no more than once.
        Observed::Unseen if matches!(change, Change::MoveToGroup { .. }) => None,
        Observed::Before => None,
        Observed::Unseen => unknown("the vendor has no way to show it".to_owned()),
        Observed::Other { now, .. } => unknown(format!("the vendor shows {now}")),
        Observed::Gone { .. } => unknown(format!("its target is {GONE}")),
    }
}

/// Counts the removals of computers that a run has made, or may have.
fn removed_by(run: &Run) -> usize {
    let removals = run.entries.iter().filter(|entry| {
        entry.proposal.change.removes_computer()
            && matches!(entry.stands(), Standing::Settled(Word::Done | Word::Unknown))
    });
    removals.count()
}
