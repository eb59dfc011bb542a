//! Decides on changes, and keeps count of what comes of them; how they are sent is told in `sending`.
//!
//! Changes come in slices: what goes to the vendor in one call, and is read back with one list, is looked at and sent
//! together. A change of its own is a slice of one.

use std::sync::{Arc, Mutex};

use crate::fleet::{Change, Error, Kind, Observed, Outcome, Reader, Result, Writer};
use crate::held::held;

use super::guards::Stop;
use super::verdict::GONE;
use super::{Approve, Logbook, Rules, Tally};

mod judging;
mod sending;
#[cfg(test)]
mod tests;

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
        self.judge(changes).await?;
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

    /// Returns why this run sends nothing more, if it has failed too often.
    fn stopped(&self) -> Option<Error> {
        let stopped = held(&self.stop).stopped()?;
        Some(
            Error::new(Kind::Refused, stopped.to_string())
                .hint("see what is wrong, and run it again: what is so already is left alone"),
        )
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
}

/// Returns which changes are not settled.
fn open(changes: &[Change], settled: &[Option<Outcome>]) -> Vec<usize> {
    (0..changes.len()).filter(|at| settled[*at].is_none()).collect()
}

/// Returns those of some changes that alter the fleet.
fn altering<'a>(changes: &'a [Change], some: &[usize]) -> Vec<&'a Change> {
    some.iter()
        .map(|at| &changes[*at])
        .filter(|change| change.alters())
        .collect()
}
