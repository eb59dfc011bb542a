//! Carries changes out, one at a time, and keeps count.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::fleet::{
    Attempt, Change, DefaultAccess, Error, Kind, Member, Observed, Outcome, Reader, Result, Writer,
};

use super::{Approve, Rules, Tally};

#[cfg(test)]
mod tests;

/// How long to wait before each further look at what came of a change: vendors may need a moment to show it.
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(1)];

/// A change that may be sent, once. Only [`Executor::admit`] makes one.
#[derive(Debug)]
pub struct Admitted(Change);

/// The only owner of a writer.
pub struct Executor {
    profile: String,
    reader: Arc<dyn Reader>,
    writer: Box<dyn Writer>,
    rules: Rules,
    approve: Arc<dyn Approve>,
    /// The user's answer, once there is one.
    agreed: Mutex<Option<bool>>,
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
            agreed: Mutex::default(),
            tally: Mutex::default(),
        }
    }

    /// Refuses if nothing may be written at all: a script learns it before it looks anything up for a change.
    pub fn writable(&self) -> Result<()> {
        self.rules.writable("change anything")
    }

    /// Decides whether a change may be carried out, asking the user if it is the first of the run.
    ///
    /// Returns nothing in a dry run, where the change is only noted. Blocks while the user is asked, so that it must
    /// not be called from a task of the async runtime.
    pub fn admit(&self, change: &Change) -> Result<Option<Admitted>> {
        self.rules.check(change)?;
        if self.rules.dry_run {
            self.count(|tally| tally.planned.push(change.clone()));
            return Ok(None);
        }
        self.ask(change)?;
        Ok(Some(Admitted(change.clone())))
    }

    /// Asks the user once a run: a script that catches the refusal must not make the question come again.
    fn ask(&self, change: &Change) -> Result<()> {
        // Held while asking: a second thread must wait for the one answer, not ask again.
        let mut agreed = self.agreed.lock().unwrap_or_else(PoisonError::into_inner);
        match *agreed {
            Some(true) => Ok(()),
            Some(false) => Err(Error::new(
                Kind::Refused,
                format!("not allowed to {change}: the changes of this run were refused before"),
            )),
            None => {
                let answer = self.approve.approve(&self.profile, change);
                *agreed = Some(answer.is_ok());
                answer
            }
        }
    }

    /// Sends a change, unless it is so already or the target is no longer what it was, and reads it back.
    pub async fn carry_out(&self, admitted: Admitted) -> Outcome {
        let Admitted(change) = admitted;
        let outcome = self.send(&change).await;
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
        let mut error = match self.look_for(change).await {
            Ok(Observed::After) => return Outcome::Done(note),
            Ok(seen) => Error::new(
                Kind::Vendor,
                format!("could not confirm: {change}: {}", told(&seen)),
            ),
            Err(error) => beneath(
                Error::new(Kind::Vendor, format!("could not confirm: {change}")),
                error,
            ),
        };
        // What the vendor said of it may be what matters most: that everyone has access now.
        error.causes.extend(note);
        Outcome::Unknown(error.hint("the vendor accepted the change; look again in a while"))
    }

    /// The answer was lost: looks what came of it.
    async fn settle(&self, change: &Change, lost: Error) -> Outcome {
        match self.look_for(change).await {
            Ok(Observed::After) => Outcome::Done(Some(format!(
                "{change}: the answer was lost; read back, and it is done{}",
                unread(change)
            ))),
            Ok(Observed::Before) => Outcome::Failed(read_back(lost, "nothing has changed")),
            // Not "drifted": it was sent, and may have been done before somebody or something else changed it.
            Ok(seen @ Observed::Other { .. }) => Outcome::Unknown(read_back(lost, &told(&seen))),
            Err(error) => Outcome::Unknown(beneath(lost, error)),
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

/// Puts an error and all that lies beneath it under another.
fn beneath(mut error: Error, cause: Error) -> Error {
    error.causes.push(cause.message);
    error.causes.extend(cause.causes);
    error
}

fn read_back(mut lost: Error, found: &str) -> Error {
    lost.message = format!("{} (read back: {found})", lost.message);
    lost
}

/// Says what only the answer that was lost could have told.
fn unread(change: &Change) -> &'static str {
    match change {
        Change::GroupRemove {
            member: Member::Computer(_),
            default_access: DefaultAccess::Everyone,
            ..
        } => "; whether everyone in the team now has access is not known",
        _ => "",
    }
}
