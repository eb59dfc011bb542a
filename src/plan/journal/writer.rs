//! Writing the journal of a run.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::fleet::{Error, Kind, Outcome, Result};
use crate::held::held;
use crate::plan::{Notes, Proposal};
use crate::secret::Redactor;

use super::disk::{self, Disk};
use super::line::{self, Said, Versioned};
use super::progress::Progress;
use super::queue::{Broken, Queue, Wanted};
use super::record::{Came, End, Head, Intent, Number, PlanHead, Planned, Settled};
use super::{Counts, path_of, removed};

/// The journal of a run that is under way. Dropped without [`Journal::close`] it has no end, as after a crash.
pub struct Journal {
    path: PathBuf,
    clock: Clock,
    redactor: Redactor,
    queue: Arc<Queue>,
    /// Locked over what is written of it, so that the file tells the same.
    progress: Mutex<Progress>,
    /// How many times the run was resumed.
    resumed: u64,
    thread: Option<JoinHandle<()>>,
}

/// What the files of a run hold when a process begins to write.
#[derive(Default)]
pub(super) struct Found {
    /// How long the journal is.
    pub(super) length: usize,
    /// Its changes.
    pub(super) progress: Progress,
    /// How many times the run was resumed.
    pub(super) resumed: u64,
    /// The file of what was removed, where there is one.
    pub(super) removed: Option<File>,
}

impl Journal {
    /// Starts the journal of a run in a folder, which is made where it is not there.
    ///
    /// An error of kind `refused` where that cannot be done: then nothing may be written to the fleet.
    pub fn create(folder: &Path, head: &Head, clock: Clock, redactor: &Redactor) -> Result<Self> {
        let path = path_of(folder, head.run.as_str());
        let first = line::write(&Said::Head(Versioned::of(head)), redactor)
            .map_err(|e| unwritable(&path, &e.into()))?;
        let file = disk::make_folder(folder)
            .and_then(|()| disk::make_file(&path, first.as_bytes()))
            .map_err(|e| unwritable(&path, &e))?;
        let found = Found {
            length: first.len(),
            ..Found::default()
        };
        Self::on(Box::new(file), found, path, clock, redactor)
    }

    /// Goes on with a file that holds whole lines, the head of a run before all.
    pub(super) fn on(
        file: Box<dyn Disk>,
        found: Found,
        path: PathBuf,
        clock: Clock,
        redactor: &Redactor,
    ) -> Result<Self> {
        let queue = Queue::new(file, found.length as u64, removed::path_beside(&path));
        let queue = Arc::new(queue);
        let served = Arc::clone(&queue);
        let thread = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || served.serve(found.removed))
            .map_err(|e| unwritable(&path, &e))?;
        Ok(Self {
            path,
            clock,
            redactor: redactor.clone(),
            queue,
            progress: Mutex::new(found.progress),
            resumed: found.resumed,
            thread: Some(thread),
        })
    }

    /// Returns where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Numbers the changes of a plan and writes them down, with what there is to know of it. They survive the end of
    /// the process when this returns, and a crash of the machine when [`Journal::begin`] returns for one of them.
    ///
    /// An error of kind `refused` means that none of it may be sent.
    pub fn plan(&self, notes: &Notes, proposals: &[Proposal]) -> Result<Vec<Number>> {
        if proposals.is_empty() {
            return Ok(Vec::new());
        }
        let mut progress = held(&self.progress);
        let plan = PlanHead {
            relaxed: notes.relaxed.clone(),
            policy: notes.policy.clone(),
            changes: proposals.len() as u64,
        };
        let mut lines = self.line(&Said::Plan(&plan))?;
        let mut numbers = Vec::with_capacity(proposals.len());
        for (number, proposal) in progress.next_numbers().zip(proposals) {
            lines.push_str(&self.line(&Said::Planned(Planned { number, proposal }))?);
            numbers.push(number);
        }
        self.queue
            .append_if_sound(&lines)
            .map_err(|broken| unwritable(&self.path, broken.cause()))?;
        progress.plan(numbers.len());
        Ok(numbers)
    }

    /// Writes down which planned changes are about to be sent, and returns once that would survive a crash of the machine,
    /// and the plans before it too. For removals of computers, what they take away has been put into the CSV by then.
    ///
    /// An error of kind `refused` means that none of it may be sent. So do all further calls, unless it was that a change
    /// stands in no plan, is under way, or has its outcome: that is refused before anything is written. Dropped before it
    /// returns, it leaves changes that count as in flight.
    pub async fn begin(&self, changes: &[(Number, &Proposal)]) -> Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let at = self.clock.now();
        let mut lines = String::new();
        for (number, _) in changes {
            let intent = Intent { number: *number, at };
            lines.push_str(&self.line(&Said::Intent(intent))?);
        }
        let before = held(&self.progress).begin(changes.iter().map(|(number, _)| *number))?;
        let unkept = changes.iter().zip(&before).filter(|(_, before)| !before.kept());
        let removed = removed::rows(unkept.map(|((_, proposal), _)| *proposal), &self.redactor);
        let done = match removed {
            Ok(removed) => self.durable(lines, removed).await,
            Err(e) => Err(Broken::Unwritten(Arc::new(e))),
        };
        let Err(broken) = done else {
            return Ok(());
        };
        let error = unwritable(&self.path, broken.cause());
        match broken {
            Broken::Unwritten(_) => held(&self.progress).put_back(&before),
            // The lines may be there, and nothing was sent for them: where that can be said, it is.
            Broken::Unsynced(_) => {
                let outcome = Outcome::Failed(error.clone());
                for (number, _) in changes {
                    let _ = self.came(*number, &outcome);
                }
            }
        }
        Err(error)
    }

    /// Writes down what came of a change, whether it was begun or not. It is in the file when this returns, and survives a
    /// crash of the machine from the next [`Journal::begin`] or [`Journal::close`] on.
    ///
    /// After an error the change stands where it stood, as far as the journal knows, and [`Journal::begin`] will refuse.
    /// A second outcome of a change is refused, too, and does no harm.
    pub fn came(&self, number: Number, outcome: &Outcome) -> Result<()> {
        let mut progress = held(&self.progress);
        progress.check_open(number)?;
        let settled = Settled {
            number,
            came: Came::of(self.clock.now(), outcome),
        };
        let line = self.line(&Said::Outcome(&settled))?;
        self.queue
            .append(&line)
            .map_err(|broken| unwritable(&self.path, broken.cause()))?;
        progress.settle(number, settled.came.outcome);
        Ok(())
    }

    /// Writes down that the run has ended, and makes sure of everything.
    pub async fn close(&self) -> Result<()> {
        let end = End {
            at: self.clock.now(),
            counts: self.counts(),
            resumed: self.resumed,
        };
        let line = self.line(&Said::End(&end))?;
        self.durable(line, String::new())
            .await
            .map_err(|broken| unwritable(&self.path, broken.cause()))
    }

    /// Returns what has come of the changes so far.
    pub fn counts(&self) -> Counts {
        held(&self.progress).standings().collect()
    }

    fn line(&self, said: &Said<'_>) -> Result<String> {
        line::write(said, &self.redactor).map_err(|e| unwritable(&self.path, &e.into()))
    }

    async fn durable(&self, lines: String, removed: String) -> std::result::Result<(), Broken> {
        let (told, waits) = oneshot::channel();
        self.queue.push(Wanted { lines, removed, told });
        waits.await.unwrap_or_else(|_| {
            let cause = std::io::Error::other("the thread that writes it has ended");
            Err(Broken::Unwritten(Arc::new(cause)))
        })
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.queue.close();
        if let Some(thread) = self.thread.take() {
            // What it could not do it has told whoever waited.
            let _ = thread.join();
        }
    }
}

/// Says that without a journal nothing is written.
pub(super) fn unwritable(path: &Path, cause: &std::io::Error) -> Error {
    let (path, shown) = (path.parent().unwrap_or(path), path.display());
    Error::new(
        Kind::Refused,
        format!("not allowed to change anything: the journal `{shown}` cannot be written"),
    )
    .hint(format!(
        "without a journal nothing is changed: make `{}` writable and make room there, or choose another place with \
         DESKHAND_DATA_DIR",
        path.display()
    ))
    .caused_by(cause)
}
