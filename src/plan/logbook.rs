//! The journal of a run and its lock, opened when the first change is about to be sent: a run that sends nothing leaves
//! nothing behind.

use std::path::PathBuf;

use jiff::Timestamp;
use tokio::sync::OnceCell;

use crate::clock::Clock;
use crate::fleet::{Error, Kind, Outcome, Result, Vendor};
use crate::secret::Redactor;

use super::journal::{Head, Journal, Lock, Number, Run, RunId};
use super::{Notes, Proposal};

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
    /// The run that is gone on with, if it is one that was broken off.
    broken_off: Option<BrokenOff>,
    open: OnceCell<Open>,
}

/// A run that was broken off: where its journal is, and what stands in it.
#[derive(Debug, Clone)]
pub struct BrokenOff {
    /// Its journal.
    pub path: PathBuf,
    /// What stands in it.
    pub run: Run,
}

struct Open {
    journal: Journal,
    run: RunId,
    /// Keeps other runs out until this one ends.
    _lock: Option<Lock>,
}

impl Logbook {
    /// Makes a logbook; nothing is written yet.
    pub fn new(terms: Terms) -> Self {
        Self {
            terms,
            broken_off: None,
            open: OnceCell::new(),
        }
    }

    /// Makes a logbook that goes on with a run that was broken off.
    pub fn going_on(terms: Terms, broken_off: BrokenOff) -> Self {
        Self {
            broken_off: Some(broken_off),
            ..Self::new(terms)
        }
    }

    /// Returns the run that is gone on with.
    pub(super) fn broken_off(&self) -> Option<&Run> {
        self.broken_off.as_ref().map(|broken_off| &broken_off.run)
    }

    /// Returns the name of the run, once anything of it is written down.
    pub(super) fn run(&self) -> Option<&RunId> {
        self.open.get().map(|open| &open.run)
    }

    /// Returns the time of day.
    pub(super) fn now(&self) -> Timestamp {
        self.terms.clock.now()
    }

    /// Returns what takes secrets out of what is written.
    pub(super) fn redactor(&self) -> &Redactor {
        &self.terms.redactor
    }

    /// Opens the journal if it is not open yet, and keeps other runs out from then on.
    pub(super) async fn open(&self) -> Result<()> {
        self.opened().await.map(|_| ())
    }

    /// Writes down what is going to be done, and numbers it.
    pub(super) async fn plan(&self, notes: &Notes, proposals: &[Proposal]) -> Result<Vec<Number>> {
        self.opened().await?.journal.plan(notes, proposals)
    }

    /// Writes down what is about to be sent, and returns when it is on the disk. An error means that it must not be sent.
    pub(super) async fn begin(&self, changes: &[(Number, &Proposal)]) -> Result<()> {
        self.opened().await?.journal.begin(changes).await
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

    async fn opened(&self) -> Result<&Open> {
        self.open.get_or_try_init(|| async { self.begun() }).await
    }

    fn begun(&self) -> Result<Open> {
        let terms = &self.terms;
        let Some(folder) = &terms.folder else {
            return Err(Error::new(
                Kind::Refused,
                "there is no folder for the journal, without which nothing is written",
            )
            .hint("name one in the variable DESKHAND_DATA_DIR"));
        };
        let started = terms.clock.now();
        let run = match &self.broken_off {
            Some(broken_off) => broken_off.run.head.run.clone(),
            None => RunId::new(started, &terms.profile),
        };
        let lock = if terms.exclusive {
            Some(Lock::take(folder, &terms.profile, &run, started)?)
        } else {
            None
        };
        let journal = if let Some(BrokenOff { path, run }) = &self.broken_off {
            Journal::resume(path, run, terms.clock, &terms.redactor)?
        } else {
            let head = Head {
                run: run.clone(),
                profile: terms.profile.clone(),
                vendor: terms.vendor,
                host: terms.host.clone(),
                program: env!("CARGO_PKG_VERSION").to_owned(),
                started,
                what: terms.what.clone(),
            };
            Journal::create(folder, &head, terms.clock, &terms.redactor)?
        };
        Ok(Open {
            journal,
            run,
            _lock: lock,
        })
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
