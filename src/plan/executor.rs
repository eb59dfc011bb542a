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

/// What is said of a target that is gone.
const GONE: &str = "not in the team any more";

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

    /// Decides what is to be done about a change, without sending anything: may it be made, is it so already, is the
    /// target what it was, is this a dry run, does the user agree? May be dropped at any time.
    ///
    /// Blocks while the user is asked, so that it must not run on a thread of the async runtime.
    pub async fn decide(&self, change: &Change) -> Result<Decision> {
        self.rules.check(change)?;
        if let Some(outcome) = self.stands_in_the_way(change).await {
            return Ok(self.settled(change, outcome));
        }
        if self.rules.dry_run {
            return Ok(self.settled(change, Outcome::Planned));
        }
        // An answer takes time, in which the target may change.
        if self.ask(change)? == Asked::Now
            && let Some(outcome) = self.stands_in_the_way(change).await
        {
            return Ok(self.settled(change, outcome));
        }
        Ok(Decision::Send(Admitted(change.clone())))
    }

    /// Looks at the target; returns what comes of the change if it is not to be sent.
    async fn stands_in_the_way(&self, change: &Change) -> Option<Outcome> {
        match self.reader.observe(change).await {
            Ok(Observed::Before) => None,
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

    fn settled(&self, change: &Change, outcome: Outcome) -> Decision {
        self.count(change, &outcome);
        Decision::Settled(outcome)
    }

    /// Asks the user once a run: a script that catches the refusal must not make the question come again.
    fn ask(&self, change: &Change) -> Result<Asked> {
        // Held while asking: a second thread must wait for the one answer, not ask again.
        let mut agreed = self.agreed.lock().unwrap_or_else(PoisonError::into_inner);
        match *agreed {
            Some(true) => Ok(Asked::Before),
            Some(false) => Err(Error::new(
                Kind::Refused,
                format!("not allowed to {change}: the changes of this run were refused before"),
            )),
            None => {
                let answer = self.approve.approve(&self.profile, change);
                *agreed = Some(answer.is_ok());
                answer.map(|()| Asked::Now)
            }
        }
    }

    /// Sends a change and reads back what came of it. Once begun it should be left to finish: dropped in between, nobody
    /// knows what was done.
    pub async fn carry_out(&self, admitted: Admitted) -> Outcome {
        let Admitted(change) = admitted;
        let outcome = match self.writer.write(&change).await {
            Attempt::Failed(error) => Outcome::Failed(error),
            Attempt::Done(note) => self.confirm(&change, note).await,
            Attempt::Unknown(error) => self.settle(&change, error).await,
        };
        self.count(&change, &outcome);
        outcome
    }

    /// Returns what the run has done so far.
    pub fn tally(&self) -> Tally {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn count(&self, change: &Change, outcome: &Outcome) {
        tracing::info!(target: "deskhand::plan", %change, %outcome, "change");
        self.tally
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .count(change, outcome);
    }

    /// The vendor says that it is done: looks whether it shows.
    async fn confirm(&self, change: &Change, note: Option<String>) -> Outcome {
        let mut error = match self.look_for(change).await {
            Ok(Observed::After) => return Outcome::Done(note),
            Ok(seen) => Error::new(
                Kind::Vendor,
                format!("could not confirm: {change}: {}", told(&seen)),
            ),
            Err(error) => Error::new(Kind::Vendor, format!("could not confirm: {change}")).beneath(error),
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
            Ok(seen @ (Observed::Other { .. } | Observed::Gone { .. })) => {
                Outcome::Unknown(read_back(lost, &told(&seen)))
            }
            Err(error) => Outcome::Unknown(lost.beneath(error)),
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
        Observed::Gone { .. } => format!("it is {GONE}"),
    }
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
