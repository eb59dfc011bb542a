//! The second half of the way through the door: into the journal, to the vendor, read back, into the journal.

use std::time::Duration;

use crate::fleet::{Attempt, Change, Error, Kind, Observed, Outcome, Result};
use crate::held::held;

use super::super::Proposal;
use super::super::journal::Number;
use super::super::verdict::verdict;
use super::{Admitted, Executor, open};

/// How long to wait before each further look at what came of a change: vendors may need a moment to show it.
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(1)];

impl Executor {
    /// Sends changes, in as few calls as the vendor allows, and reads back what came of each. Before each call but the first
    /// its targets are looked at again, and `go_on` may end it: then fewer outcomes are returned than changes were admitted,
    /// and the rest was not sent. Nor is anything sent after a call that was turned away at the door.
    ///
    /// Once begun it should be left to finish: dropped in between, nobody knows what was done.
    pub async fn carry_out(
        &self,
        admitted: Vec<Admitted>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Vec<Outcome> {
        let changes: Vec<Change> = admitted.into_iter().map(|Admitted(change)| change).collect();
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(changes.len());
        while outcomes.len() < changes.len() {
            let begun = outcomes.len();
            let rest = &changes[begun..];
            let call = &rest[..self.writer.together(rest).clamp(1, rest.len())];
            let mut settled = vec![None; call.len()];
            if begun > 0 {
                if !go_on() {
                    break;
                }
                // Calls take time, in which the targets of the later ones may change.
                settled = self.stand_in_the_way(call).await;
                if !go_on() {
                    break;
                }
            }
            outcomes.extend(self.send(call, settled).await);
            if let Some(error) = self.stopped_by(&outcomes[begun..]) {
                let unsent = changes[outcomes.len()..].iter().map(|change| {
                    let outcome = not_sent(change, &error);
                    self.count(change, &outcome);
                    outcome
                });
                outcomes.extend(unsent.collect::<Vec<_>>());
            }
        }
        outcomes
    }

    /// Sends those changes of a call that are not settled.
    async fn send(&self, call: &[Change], mut settled: Vec<Option<Outcome>>) -> Vec<Outcome> {
        let open = open(call, &settled);
        for (change, outcome) in call.iter().zip(&settled) {
            if let Some(outcome) = outcome {
                self.count(change, outcome);
            }
        }
        if !open.is_empty() {
            let sent: Vec<Change> = open.iter().map(|at| call[*at].clone()).collect();
            for (at, outcome) in open.into_iter().zip(self.send_journaled(&sent).await) {
                settled[at] = Some(outcome);
            }
        }
        settled.into_iter().flatten().collect()
    }

    /// Returns why nothing more is to be sent after these outcomes, if that is so.
    fn stopped_by(&self, outcomes: &[Outcome]) -> Option<Error> {
        let turned_away = outcomes.iter().find_map(turned_away).cloned();
        turned_away.or_else(|| self.stopped())
    }

    /// Writes down what is about to be sent, sends it, and writes down what came of it. No journal, no write.
    async fn send_journaled(&self, changes: &[Change]) -> Vec<Outcome> {
        let proposals: Vec<Proposal> = changes.iter().cloned().map(Proposal::of).collect();
        let numbers = match self.logbook.intend(&proposals).await {
            Ok(numbers) => numbers,
            Err(error) => {
                let outcome = Outcome::Failed(error);
                for change in changes {
                    self.count(change, &outcome);
                }
                return vec![outcome; changes.len()];
            }
        };
        let attempts = self.writer.write(changes).await;
        let outcomes = self.conclude(changes, attempts).await;
        self.write_down(&numbers, &outcomes);
        outcomes
    }

    /// Writes down what came of changes. Where that cannot be done the changes are made all the same: the user is told, and
    /// nothing more can be sent.
    fn write_down(&self, numbers: &[Number], outcomes: &[Outcome]) {
        for (number, outcome) in numbers.iter().zip(outcomes) {
            if let Err(error) = self.logbook.came(*number, outcome) {
                tracing::warn!(target: "deskhand::plan", %error, "the outcome of a change is not in the journal");
                held(&self.tally).unwritten.get_or_insert(error);
            }
        }
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
        let mut outcomes = Vec::with_capacity(changes.len());
        for (change, attempt) in changes.iter().zip(attempts) {
            let outcome = match attempt {
                Attempt::Failed(error) => Outcome::Failed(error),
                Attempt::Issued(secret) => Outcome::Issued(secret),
                Attempt::Done(_) | Attempt::Unknown(_) => {
                    verdict(change, attempt, seen.next().unwrap_or(Ok(Observed::Unseen)))
                }
            };
            held(&self.stop).after(&outcome);
            self.count(change, &outcome);
            outcomes.push(outcome);
        }
        outcomes
    }

    /// Reads back until the changes show, or patience ends; returns what was seen last.
    async fn look_for(&self, changes: &[Change]) -> Vec<Result<Observed>> {
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
    let message = format!("could not {change}: it was not sent, since the run has ended before it");
    let mut unsent = Error::new(error.kind, message).beneath(error.clone());
    unsent.hint.clone_from(&error.hint);
    Outcome::Failed(unsent)
}
