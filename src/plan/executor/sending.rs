//! The second half of the way through the door: into the journal, to the vendor, read back, into the journal.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::{StreamExt as _, stream};

use crate::fleet::{Attempt, Change, Error, Kind, Observed, Outcome, Result};
use crate::held::held;

use super::super::journal::Number;
use super::super::verdict::verdict;
use super::super::{Plan, Proposal};
use super::{Decided, Executor, changes_of};

/// How long to wait before each further look at what came of a change: vendors may need a moment to show it.
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(1)];

/// A plan that is being carried out.
pub(super) struct Work<'a> {
    pub(super) plan: &'a Plan,
    /// The numbers of its changes in the journal.
    pub(super) numbers: &'a [Number],
    /// Whether the targets were looked at just now.
    pub(super) fresh: AtomicBool,
    /// Tells whether the user wants it to go on.
    pub(super) go_on: &'a (dyn Fn() -> bool + Sync),
    /// Why nothing more is sent, if that is so.
    pub(super) halted: Mutex<Option<Error>>,
}

impl Executor {
    /// Makes the changes of a plan: in its order, and those that do not wait for each other at the same time, in as few
    /// calls as the vendor allows. Returns what came of each; nothing of those that were not sent because `go_on` has ended
    /// it. Before each call its targets are looked at again. Nothing is sent after a call that was turned away at the door.
    ///
    /// Once begun it should be left to finish: dropped in between, nobody knows what was done.
    pub async fn carry_out(
        &self,
        decided: Decided,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Vec<Option<Outcome>> {
        let Decided {
            plan,
            order,
            settled: mut outcomes,
            fresh,
        } = decided;
        held(&self.tally).notes.add(plan.notes.clone());
        let proposals = plan.proposals();
        for (proposal, outcome) in proposals.iter().zip(&outcomes) {
            if let Some(outcome) = outcome {
                self.count(proposal, outcome);
            }
        }
        if outcomes.iter().all(Option::is_some) {
            return outcomes;
        }
        let numbers = match self.logbook.plan(&plan.notes, proposals).await {
            Ok(numbers) => numbers,
            Err(error) => return self.fail(proposals, outcomes, &error),
        };
        for (number, outcome) in numbers.iter().zip(&outcomes) {
            if let Some(outcome) = outcome {
                self.write_down(*number, outcome);
            }
        }
        let work = Work {
            plan: &plan,
            numbers: &numbers,
            fresh: AtomicBool::new(fresh),
            go_on,
            halted: Mutex::default(),
        };
        self.waves(&work, &order, &mut outcomes).await;
        outcomes
    }

    /// Counts all changes that are not settled as failed.
    fn fail(
        &self,
        proposals: &[Proposal],
        outcomes: Vec<Option<Outcome>>,
        error: &Error,
    ) -> Vec<Option<Outcome>> {
        let fail = |(proposal, outcome): (&Proposal, Option<Outcome>)| {
            outcome.or_else(|| {
                let failed = Outcome::Failed(error.clone());
                self.count(proposal, &failed);
                Some(failed)
            })
        };
        proposals.iter().zip(outcomes).map(fail).collect()
    }

    /// Makes some changes that do not wait for each other, so many calls at a time as are allowed.
    pub(super) async fn together(&self, work: &Work<'_>, some: &[usize]) -> Vec<(usize, Option<Outcome>)> {
        let calls = self.calls(work.plan, some);
        stream::iter(calls.into_iter().map(|call| self.call(work, call)))
            .buffer_unordered(self.rules.jobs.max(1))
            .flat_map(stream::iter)
            .collect()
            .await
    }

    /// Divides changes into those that go to the vendor in one call.
    fn calls(&self, plan: &Plan, some: &[usize]) -> Vec<Vec<usize>> {
        let changes = changes_of(some.iter().map(|at| &plan.proposals()[*at]));
        let mut calls = Vec::new();
        let mut begun = 0;
        while begun < some.len() {
            let rest = &changes[begun..];
            let many = self.writer.together(rest).clamp(1, rest.len());
            calls.push(some[begun..begun + many].to_vec());
            begun += many;
        }
        calls
    }

    /// Tells whether some changes go to the vendor in one call.
    pub(super) fn is_one_call(&self, plan: &Plan, some: &[usize]) -> bool {
        self.calls(plan, some).len() == 1
    }

    /// Sends those changes of a call of which nothing stands in the way.
    async fn call(&self, work: &Work<'_>, call: Vec<usize>) -> Vec<(usize, Option<Outcome>)> {
        let unsent = |call: Vec<usize>| call.into_iter().map(|at| (at, None)).collect();
        if let Some(error) = held(&work.halted).clone() {
            return self.not_sent(work, call, &error);
        }
        if !(work.go_on)() {
            return unsent(call);
        }
        let proposals: Vec<&Proposal> = call.iter().map(|at| &work.plan.proposals()[*at]).collect();
        let mut settled = if work.fresh.swap(false, Ordering::Relaxed) {
            vec![None; call.len()]
        } else {
            let settled = self.look(&proposals, None).await;
            if !(work.go_on)() {
                return unsent(call);
            }
            settled
        };
        for (at, outcome) in call.iter().zip(&settled) {
            if let Some(outcome) = outcome {
                self.settle(work, *at, outcome);
            }
        }
        let open: Vec<usize> = (0..call.len()).filter(|at| settled[*at].is_none()).collect();
        if !open.is_empty() {
            let those: Vec<usize> = open.iter().map(|at| call[*at]).collect();
            for (at, outcome) in open.into_iter().zip(self.send(work, &those).await) {
                settled[at] = Some(outcome);
            }
        }
        self.halt_after(work, &settled);
        call.into_iter().zip(settled).collect()
    }

    /// Writes down what is about to be sent, sends it, and writes down what came of it. No journal, no write.
    async fn send(&self, work: &Work<'_>, call: &[usize]) -> Vec<Outcome> {
        let proposals: Vec<&Proposal> = call.iter().map(|at| &work.plan.proposals()[*at]).collect();
        let numbered: Vec<(Number, &Proposal)> = call
            .iter()
            .map(|at| work.numbers[*at])
            .zip(proposals.iter().copied())
            .collect();
        let asked = Instant::now();
        let begun = self.logbook.begin(&numbered).await;
        let waited = asked.elapsed().as_micros();
        tracing::debug!(target: "deskhand::plan", changes = call.len(), waited, "journal");
        if let Err(error) = begun {
            let outcome = Outcome::Failed(error.clone());
            for proposal in proposals {
                self.count(proposal, &outcome);
            }
            held(&work.halted).get_or_insert(error);
            return vec![outcome; call.len()];
        }
        let changes = changes_of(proposals);
        let attempts = self.writer.write(&changes).await;
        let outcomes = self.conclude(&changes, attempts).await;
        for (at, outcome) in call.iter().zip(&outcomes) {
            held(&self.stop).after(outcome);
            self.settle(work, *at, outcome);
        }
        outcomes
    }

    /// Counts what came of a change, and writes it down.
    pub(super) fn settle(&self, work: &Work<'_>, at: usize, outcome: &Outcome) {
        self.count(&work.plan.proposals()[at], outcome);
        self.write_down(work.numbers[at], outcome);
    }

    /// Writes down what came of a change. Where that cannot be done the change is made all the same: the user is told, and
    /// nothing more can be sent.
    fn write_down(&self, number: Number, outcome: &Outcome) {
        if let Err(error) = self.logbook.came(number, outcome) {
            tracing::warn!(target: "deskhand::plan", %error, "the outcome of a change is not in the journal");
            held(&self.tally).unwritten.get_or_insert(error);
        }
    }

    /// Halts the work after outcomes after which nothing more is to be sent.
    fn halt_after(&self, work: &Work<'_>, outcomes: &[Option<Outcome>]) {
        let turned_away = outcomes.iter().flatten().find_map(turned_away).cloned();
        if let Some(error) = turned_away.or_else(|| self.stopped()) {
            held(&work.halted).get_or_insert(error);
        }
    }

    /// Counts changes that come after the end of what is sent. The journal keeps them as not begun.
    pub(super) fn not_sent(
        &self,
        work: &Work<'_>,
        some: Vec<usize>,
        error: &Error,
    ) -> Vec<(usize, Option<Outcome>)> {
        let fail = |at: usize| {
            let proposal = &work.plan.proposals()[at];
            let outcome = not_sent(&proposal.change, error);
            self.count(proposal, &outcome);
            (at, Some(outcome))
        };
        some.into_iter().map(fail).collect()
    }

    /// Reads back what came of the attempts that may have been carried out.
    pub(super) async fn conclude(&self, changes: &[Change], mut attempts: Vec<Attempt>) -> Vec<Outcome> {
        // One too few must not give each change the outcome of its neighbour.
        let unheard = Error::new(Kind::Vendor, "nobody said what came of it");
        attempts.resize(changes.len(), Attempt::Unknown(unheard));
        let sent: Vec<Change> = changes
            .iter()
            .zip(&attempts)
            .filter(|(_, attempt)| matches!(attempt, Attempt::Done(_) | Attempt::Unknown(_)))
            .map(|(change, _)| change.clone())
            .collect();
        let mut seen = self.look_for(&sent).await.into_iter();
        changes
            .iter()
            .zip(attempts)
            .map(|(change, attempt)| match attempt {
                Attempt::Failed(error) => Outcome::Failed(error),
                Attempt::Issued(secret) => Outcome::Issued(secret),
                Attempt::Done(_) | Attempt::Unknown(_) => {
                    verdict(change, attempt, seen.next().unwrap_or(Ok(Observed::Unseen)))
                }
            })
            .collect()
    }

    /// Reads back until the changes show, or patience ends; returns what was seen last.
    pub(super) async fn look_for(&self, changes: &[Change]) -> Vec<Result<Observed>> {
        if changes.is_empty() {
            return Vec::new();
        }
        let shows = |seen: &Vec<Result<Observed>>| {
            seen.iter()
                .all(|seen| matches!(seen, Ok(Observed::After | Observed::Unseen)))
        };
        let mut seen = self.reader.observe(changes).await;
        for pause in PAUSES {
            if shows(&seen) {
                break;
            }
            tokio::time::sleep(pause).await;
            seen = self.reader.observe(changes).await;
        }
        seen
    }
}

/// Returns why a call was turned away, if it was: whatever follows would be, too.
fn turned_away(outcome: &Outcome) -> Option<&Error> {
    match outcome {
        Outcome::Failed(error) | Outcome::Unknown(error) => Some(error),
        _ => None,
    }
    .filter(|error| error.kind.turns_away())
}

/// Makes the outcome of a change that comes after the end of what is sent.
fn not_sent(change: &Change, error: &Error) -> Outcome {
    let message = format!(
        "could not {change}: it was not sent, since the run has ended before it: {}",
        error.message
    );
    let mut unsent = Error::new(error.kind, message).beneath(error.clone());
    unsent.hint.clone_from(&error.hint);
    Outcome::Failed(unsent)
}
