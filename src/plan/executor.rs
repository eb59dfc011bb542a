//! Carries changes out, one at a time, and keeps count.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::fleet::{Attempt, Change, Error, Kind, Observed, Outcome, Reader, Result, Writer};

use super::{Approve, Rules};

/// How long to wait before each further look at what came of a change: vendors may need a moment to show it.
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(1)];

/// What a run has done so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The changes of a dry run, in order.
    pub planned: Vec<Change>,
    /// How many changes were carried out.
    pub done: usize,
    /// How many were so before.
    pub already_so: usize,
    /// How many were refused by the vendor, or left alone because the target had changed.
    pub failed: usize,
    /// How many were sent without it being known what came of them.
    pub unknown: usize,
}

impl Tally {
    /// Adds up what was done to several fleets.
    pub fn sum(tallies: impl IntoIterator<Item = Self>) -> Self {
        tallies.into_iter().fold(Self::default(), |mut sum, tally| {
            sum.planned.extend(tally.planned);
            sum.done += tally.done;
            sum.already_so += tally.already_so;
            sum.failed += tally.failed;
            sum.unknown += tally.unknown;
            sum
        })
    }

    /// Tells whether some changes were made and others were not, or nobody knows.
    pub fn is_partial(&self) -> bool {
        self.unknown > 0 || (self.done > 0 && self.failed > 0)
    }

    /// Says what was done; nothing where nothing was to be done.
    pub fn told(&self) -> Option<String> {
        let parts: Vec<String> = [
            (
                self.planned.len(),
                "planned; this is a dry run, and nothing was changed",
            ),
            (self.done, "done"),
            (self.already_so, "so already"),
            (self.failed, "failed"),
            (self.unknown, "of which nobody knows"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
        (!parts.is_empty()).then(|| format!("Changes: {}", parts.join(", ")))
    }
}

/// The only owner of a writer.
pub struct Executor {
    profile: String,
    reader: Arc<dyn Reader>,
    writer: Box<dyn Writer>,
    rules: Rules,
    approve: Arc<dyn Approve>,
    approved: Mutex<bool>,
    tally: Mutex<Tally>,
}

impl Executor {
    /// Makes the door to one profile's fleet.
    pub fn new(
        profile: impl Into<String>,
        reader: Arc<dyn Reader>,
        writer: Box<dyn Writer>,
        rules: Rules,
        approve: Arc<dyn Approve>,
    ) -> Self {
        Self {
            profile: profile.into(),
            reader,
            writer,
            rules,
            approve,
            approved: Mutex::new(false),
            tally: Mutex::default(),
        }
    }

    /// Decides whether a change may be carried out, asking the user if it is the first of the run.
    ///
    /// Returns `false` in a dry run, where the change is only noted. Blocks while the user is asked, so that it must
    /// not be called from a task of the async runtime.
    pub fn admit(&self, change: &Change) -> Result<bool> {
        self.rules.check(change)?;
        if self.rules.dry_run {
            self.count(|tally| tally.planned.push(change.clone()));
            return Ok(false);
        }
        // Held while asking: a second thread must wait for the one answer, not ask again.
        let mut approved = self.approved.lock().unwrap_or_else(PoisonError::into_inner);
        if !*approved {
            self.approve.approve(&self.profile, change)?;
            *approved = true;
        }
        Ok(true)
    }

    /// Sends an admitted change, unless it is so already or the target is no longer what it was, and reads it back.
    pub async fn carry_out(&self, change: &Change) -> Outcome {
        let outcome = self.send(change).await;
        self.count(|tally| match &outcome {
            Outcome::Done(_) => tally.done += 1,
            Outcome::AlreadySo => tally.already_so += 1,
            Outcome::Planned => {}
            Outcome::Drifted { .. } | Outcome::Failed(_) => tally.failed += 1,
            Outcome::Unknown(_) => tally.unknown += 1,
        });
        tracing::info!(target: "deskhand::plan", change = %change, outcome = ?outcome, "change");
        outcome
    }

    /// Returns what the run has done so far.
    pub fn tally(&self) -> Tally {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn count(&self, note: impl FnOnce(&mut Tally)) {
        note(&mut self.tally.lock().unwrap_or_else(PoisonError::into_inner));
    }

    async fn send(&self, change: &Change) -> Outcome {
        match self.reader.observe(change).await {
            Ok(Observed::Before) => {}
            Ok(Observed::After) => return Outcome::AlreadySo,
            Ok(Observed::Other { was, now }) => return Outcome::Drifted { was, now },
            Err(error) => return Outcome::Failed(error),
        }
        match self.writer.write(change).await {
            Attempt::Failed(error) => Outcome::Failed(error),
            Attempt::Done(note) => self.confirm(change, note).await,
            Attempt::Unknown(error) => self.settle(change, error).await,
        }
    }

    /// The vendor says that it is done: looks whether it shows.
    async fn confirm(&self, change: &Change, note: Option<String>) -> Outcome {
        match self.look_for(change).await {
            Ok(Observed::After) => Outcome::Done(note),
            Ok(seen) => Outcome::Unknown(
                Error::new(
                    Kind::Vendor,
                    format!("could not confirm: {change}: {}", told(&seen)),
                )
                .hint("the vendor accepted the change; look again in a while"),
            ),
            Err(error) => Outcome::Unknown(
                Error::new(Kind::Vendor, format!("could not confirm: {change}"))
                    .hint("the vendor accepted the change; look again in a while")
                    .caused_by(&error),
            ),
        }
    }

    /// The answer was lost: looks what came of it.
    async fn settle(&self, change: &Change, lost: Error) -> Outcome {
        match self.look_for(change).await {
            Ok(Observed::After) => Outcome::Done(Some(format!(
                "{change}: the answer was lost; read back, and it is done"
            ))),
            Ok(Observed::Before) => {
                let mut error = lost;
                error.message = format!("{} (read back: nothing has changed)", error.message);
                Outcome::Failed(error)
            }
            Ok(Observed::Other { was, now }) => Outcome::Drifted { was, now },
            Err(error) => Outcome::Unknown(lost.caused_by(&error)),
        }
    }

    /// Reads back until the change shows, or patience ends; returns what was seen last.
    async fn look_for(&self, change: &Change) -> Result<Observed> {
        let mut seen = self.reader.observe(change).await;
        for pause in PAUSES {
            if seen == Ok(Observed::After) {
                break;
            }
            tokio::time::sleep(pause).await;
            seen = self.reader.observe(change).await;
        }
        seen
    }
}

fn told(seen: &Observed) -> String {
    match seen {
        Observed::Before => "the vendor still shows it as it was".to_owned(),
        Observed::After => "the vendor shows it as wanted".to_owned(),
        Observed::Other { now, .. } => format!("the vendor shows {now}"),
    }
}
