//! Carries changes out and keeps count.
//!
//! Changes come in slices: what goes to the vendor in one call, and is read back with one list, is looked at and sent
//! together. A change of its own is a slice of one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::fleet::{Attempt, Change, Error, Kind, Observed, Outcome, Reader, Result, Writer};

use super::guards::Stop;
use super::journal::Number;
use super::verdict::{GONE, verdict};
use super::{Approve, Logbook, Proposal, Rules, Tally};

#[cfg(test)]
mod tests;

/// How long to wait before each further look at what came of a change: vendors may need a moment to show it.
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(1)];

/// A change that may be sent, once. Only [`Executor::decide`] makes one.
#[derive(Debug)]
pub struct Admitted(Change);

/// What is to be done about a change.
#[derive(Debug)]
pub enum Decision {
    /// Nothing, and this is what came of it.
    Settled(Outcome),
    /// It is to be sent.
    Send(Admitted),
}

/// When the user was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Now,
    Before,
}

/// The only owner of a writer.
pub struct Executor {
    profile: String,
    reader: Arc<dyn Reader>,
    writer: Box<dyn Writer>,
    rules: Rules,
    approve: Arc<dyn Approve>,
    logbook: Logbook,
    /// The user's answer, once there is one.
    agreed: Mutex<Option<bool>>,
    tally: Mutex<Tally>,
    stop: Mutex<Stop>,
}

impl Executor {
    /// Makes the door to one profile's fleet.
    pub fn new(
        profile: impl Into<String>,
        reader: Arc<dyn Reader>,
        writer: Box<dyn Writer>,
        rules: Rules,
        approve: Arc<dyn Approve>,
        logbook: Logbook,
    ) -> Self {
        Self {
            profile: profile.into(),
            reader,
            writer,
            rules,
            approve,
            logbook,
            agreed: Mutex::default(),
            tally: Mutex::default(),
            stop: Mutex::default(),
        }
    }

    /// Refuses if nothing may be written at all: a script learns it before it looks anything up for a change.
    pub fn writable(&self) -> Result<()> {
        self.rules.writable("change anything")
    }

    /// Decides what is to be done about each of the changes, without sending anything: can they be made, may they, is it so
    /// already, is the target what it was, is this a dry run, does the user agree? May be dropped at any time. One that
    /// may not be made at all is an error, and then none is.
    ///
    /// Blocks while the user is asked, so that it must not run on a thread of the async runtime.
    pub async fn decide(&self, changes: &[Change]) -> Result<Vec<Decision>> {
        if let Some(stopped) = self.stopped() {
            return Err(stopped);
        }
        for change in changes {
            // What a vendor cannot do is not opened up by any later version: that is what there is to say first.
            if let Some(error) = self.reader.lacks(change) {
                self.rules.writable(&change.to_string())?;
                return Err(error);
            }
            self.rules.check(change)?;
        }
        let mut settled = self.stand_in_the_way(changes).await;
        let open = open(changes, &settled);
        if self.rules.dry_run {
            for at in open {
                settled[at] = Some(Outcome::Planned);
            }
        } else if self.ask(&altering(changes, &open))? == Some(Asked::Now) {
            // An answer takes time, in which the targets may change.
            let again: Vec<Change> = open.iter().map(|at| changes[*at].clone()).collect();
            for (at, outcome) in open.into_iter().zip(self.stand_in_the_way(&again).await) {
                settled[at] = outcome;
            }
        }
        let decided = changes
            .iter()
            .zip(settled)
            .map(|(change, settled)| match settled {
                Some(outcome) => {
                    self.count(change, &outcome);
                    Decision::Settled(outcome)
                }
                None => Decision::Send(Admitted(change.clone())),
            });
        Ok(decided.collect())
    }

    /// Looks at the targets; returns what comes of each change that is not to be sent.
    async fn stand_in_the_way(&self, changes: &[Change]) -> Vec<Option<Outcome>> {
        if changes.is_empty() {
            return Vec::new();
        }
        let seen = self.reader.observe(changes).await;
        seen.into_iter()
            .map(|seen| self.stands_in_the_way(seen))
            .collect()
    }

    fn stands_in_the_way(&self, seen: Result<Observed>) -> Option<Outcome> {
        match seen {
            Ok(Observed::Before | Observed::Unseen) => None,
            // A dry run does not see its own earlier changes, and so cannot tell somebody else's from them.
            Ok(Observed::Other { .. }) if self.rules.dry_run => None,
            Ok(Observed::After) => Some(Outcome::AlreadySo),
            Ok(Observed::Other { was, now }) => Some(Outcome::Drifted { was, now }),
            Ok(Observed::Gone { was }) => Some(Outcome::Drifted {
                was,
                now: GONE.to_owned(),
            }),
            Err(error) => Some(Outcome::Failed(error)),
        }
    }

    /// Asks the user once a run: a script that catches the refusal must not make the question come again. Where there is
    /// nothing to agree to, nobody is asked.
    fn ask(&self, changes: &[&Change]) -> Result<Option<Asked>> {
        let Some(first) = changes.first() else {
            return Ok(None);
        };
        // Held while asking: a second thread must wait for the one answer, not ask again.
        let mut agreed = held(&self.agreed);
        match *agreed {
            Some(true) => Ok(Some(Asked::Before)),
            Some(false) => Err(Error::new(
                Kind::Refused,
                format!("not allowed to {first}: the changes of this run were refused before"),
            )),
            None => {
                let answer = self.approve.approve(&self.profile, changes);
                *agreed = Some(answer.is_ok());
                answer.map(|()| Some(Asked::Now))
            }
        }
    }

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

    /// Returns why this run sends nothing more, if it has failed too often.
    fn stopped(&self) -> Option<Error> {
        let stopped = held(&self.stop).stopped()?;
        Some(
            Error::new(Kind::Refused, stopped.to_string())
                .hint("see what is wrong, and run it again: what is so already is left alone"),
        )
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

    /// Writes down that the run has ended.
    pub async fn close(&self) -> Result<()> {
        self.logbook.close().await
    }

    /// Returns what the run has done so far.
    pub fn tally(&self) -> Tally {
        held(&self.tally).clone()
    }

    fn count(&self, change: &Change, outcome: &Outcome) {
        tracing::info!(target: "deskhand::plan", %change, %outcome, "change");
        held(&self.tally).count(change, outcome);
    }

    /// Reads back what came of the attempts that may have been carried out.
    async fn conclude(&self, changes: &[Change], mut attempts: Vec<Attempt>) -> Vec<Outcome> {
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

/// Takes a lock. Whoever panicked with it has left a value that is still one.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns which changes are not settled.
fn open(changes: &[Change], settled: &[Option<Outcome>]) -> Vec<usize> {
    (0..changes.len()).filter(|at| settled[*at].is_none()).collect()
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

/// Returns those of some changes that alter the fleet.
fn altering<'a>(changes: &'a [Change], some: &[usize]) -> Vec<&'a Change> {
    some.iter()
        .map(|at| &changes[*at])
        .filter(|change| change.alters())
        .collect()
}
