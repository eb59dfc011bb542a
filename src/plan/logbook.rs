//! The journal of a run and its lock, opened when the first change is about to be sent: a run that sends nothing leaves
//! nothing behind.

use std::path::PathBuf;

use jiff::Timestamp;
use tokio::sync::OnceCell;

use crate::clock::Clock;
use crate::fleet::{Error, Kind, Outcome, Result, Vendor};
use crate::secret::Redactor;

use super::Proposal;
use super::journal::{Head, Journal, Lock, Number, RunId};

/// What a journal is begun with.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The folder of the journals; none where there is no place for what must not get lost.
    pub folder: Option<PathBuf>,
    /// The profile that is written through.
    pub profile: String,
    /// Whose fleet it is.
    pub vendor: Vendor,
    /// The host that is written to.
    pub host: String,
    /// The script or the verb.
    pub what: String,
    /// Whether another run on the profile must wait: not where each run has a fleet of its own, as in a demo.
    pub exclusive: bool,
    /// Stamps the lines.
    pub clock: Clock,
    /// Takes secrets out of them.
    pub redactor: Redactor,
}

/// The journal of a run on one profile.
pub struct Logbook {
    terms: Terms,
    open: OnceCell<Open>,
}

struct Open {
    journal: Journal,
    /// Keeps other runs out until this one ends.
    _lock: Option<Lock>,
}

impl Logbook {
    /// Makes a logbook; nothing is written yet.
    pub fn new(terms: Terms) -> Self {
        Self {
            terms,
            open: OnceCell::new(),
        }
    }

    /// Returns the time of day.
    pub(super) fn now(&self) -> Timestamp {
        self.terms.clock.now()
    }

    /// Writes down what is about to be sent, and returns when it is on the disk. An error means that it must not be sent.
    pub(super) async fn intend(&self, proposals: &[Proposal]) -> Result<Vec<Number>> {
        let open = self.open.get_or_try_init(|| async { self.begin() }).await?;
        let numbers = open.journal.plan(&[], proposals)?;
        let changes: Vec<_> = numbers.iter().copied().zip(proposals).collect();
        open.journal.begin(&changes).await?;
        Ok(numbers)
    }

    /// Writes down what came of a change.
    pub(super) fn came(&self, number: Number, outcome: &Outcome) -> Result<()> {
        match self.open.get() {
            Some(open) => open.journal.came(number, outcome),
            None => Ok(()),
        }
    }

    /// Writes down that the run has ended, if it has sent anything.
    pub(super) async fn close(&self) -> Result<()> {
        match self.open.get() {
            Some(open) => open.journal.close().await,
            None => Ok(()),
        }
    }

    fn begin(&self) -> Result<Open> {
        let terms = &self.terms;
        let Some(folder) = &terms.folder else {
            return Err(Error::new(
                Kind::Refused,
                "there is no folder for the journal, without which nothing is written",
            )
            .hint("name one in the variable DESKHAND_DATA_DIR"));
        };
        let started = terms.clock.now();
        let run = RunId::new(started, &terms.profile);
        let lock = if terms.exclusive {
            Some(Lock::take(folder, &terms.profile, &run, started)?)
        } else {
            None
        };
        let head = Head {
            run,
            profile: terms.profile.clone(),
            vendor: terms.vendor,
            host: terms.host.clone(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            started,
            what: terms.what.clone(),
        };
        let journal = Journal::create(folder, &head, terms.clock, &terms.redactor)?;
        Ok(Open { journal, _lock: lock })
    }
}

#[cfg(test)]
impl Logbook {
    /// Makes the logbook of a test, in a folder of its own.
    pub(crate) fn of_a_test(folder: &std::path::Path, profile: &str) -> Self {
        Self::new(Terms {
            folder: Some(folder.to_owned()),
            profile: profile.to_owned(),
            vendor: Vendor::RealVnc,
            host: "vendor.test".to_owned(),
            what: "test".to_owned(),
            exclusive: false,
            clock: Clock::Frozen("2026-11-20T09:00:00Z".parse().unwrap_or_default()),
            redactor: Redactor::default(),
        })
    }
}
