//! Writing the journal of a run.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::fleet::{Error, Kind, Outcome, Result};
use crate::held::held;
use crate::plan::Proposal;
use crate::secret::Redactor;

use super::disk::{self, Disk};
use super::line::{self, Said, Versioned};
use super::queue::{Broken, Queue, Wanted};
use super::record::{Came, Counts, End, Head, Intent, Number, Settled};
use super::{path_of, removed};

/// The journal of a run that is under way. Dropped without [`Journal::close`] it has no end, as after a crash.
pub struct Journal {
    path: PathBuf,
    clock: Clock,
    redactor: Redactor,
    queue: Arc<Queue>,
    /// The number of the next change.
    next: AtomicU64,
    counts: Mutex<Counts>,
    thread: Option<JoinHandle<()>>,
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
        Self::on(Box::new(file), first.len(), path, clock, redactor)
    }

    /// Goes on with a file that has the head of a run, and nothing else.
    pub(super) fn on(
        file: Box<dyn Disk>,
        length: usize,
        path: PathBuf,
        clock: Clock,
        redactor: &Redactor,
    ) -> Result<Self> {
        let removed = path.with_extension("removed.csv");
        let queue = Arc::new(Queue::new(file, length as u64, removed));
        let served = Arc::clone(&queue);
        let thread = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || served.serve())
            .map_err(|e| unwritable(&path, &e))?;
        Ok(Self {
            path,
            clock,
            redactor: redactor.clone(),
            queue,
            next: AtomicU64::new(1),
            counts: Mutex::default(),
            thread: Some(thread),
        })
    }

    /// Returns where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes down what is about to be done, and returns once that would survive a crash of the machine. For removals of
    /// computers, what they take away has been put into the CSV by then too.
    ///
    /// An error of kind `refused` means that none of it may be sent, and so do all further calls. Dropped before it
    /// returns, it leaves changes that count as in flight.
    pub async fn intend(&self, proposals: &[Proposal]) -> Result<Vec<Number>> {
        if proposals.is_empty() {
            return Ok(Vec::new());
        }
        let many = proposals.len() as u64;
        let first = self.next.fetch_add(many, Ordering::Relaxed);
        let numbers: Vec<Number> = (first..first + many).map(Number).collect();
        let at = self.clock.now();
        let mut lines = String::new();
        for (number, proposal) in numbers.iter().zip(proposals) {
            let intent = Intent {
                number: *number,
                at,
                proposal,
            };
            lines.push_str(&self.line(&Said::Intent(intent))?);
        }
        let removed = removed::rows(proposals, &self.redactor).map_err(|e| unwritable(&self.path, &e))?;
        self.count(|counts| counts.begin(many));
        let Err(broken) = self.durable(lines, removed).await else {
            return Ok(numbers);
        };
        let error = unwritable(&self.path, broken.cause());
        match broken {
            Broken::Unwritten(_) => self.count(|counts| counts.in_flight -= many),
            // The lines may be there, and nothing was sent for them: where that can be said, it is.
            Broken::Unsynced(_) => {
                let outcome = Outcome::Failed(error.clone());
                for number in numbers {
                    let _ = self.came(number, &outcome);
                }
            }
        }
        Err(error)
    }

    /// Writes down what came of a change. It is in the file when this returns, and survives a crash of the machine from
    /// the next [`Journal::intend`] or [`Journal::close`] on.
    ///
    /// After an error the change is in flight, as far as the journal knows, and [`Journal::intend`] will refuse.
    pub fn came(&self, number: Number, outcome: &Outcome) -> Result<()> {
        let settled = Settled {
            number,
            came: Came::of(self.clock.now(), outcome),
        };
        let line = self.line(&Said::Outcome(&settled))?;
        self.queue
            .append(&line)
            .map_err(|broken| unwritable(&self.path, broken.cause()))?;
        self.count(|counts| counts.settle(settled.came.outcome));
        Ok(())
    }

    /// Writes down that the run has ended, and makes sure of everything.
    pub async fn close(&self) -> Result<()> {
        let end = End {
            at: self.clock.now(),
            counts: self.counts(),
        };
        let line = self.line(&Said::End(&end))?;
        self.durable(line, String::new())
            .await
            .map_err(|broken| unwritable(&self.path, broken.cause()))
    }

    /// Returns what has come of the changes so far.
    pub fn counts(&self) -> Counts {
        *held(&self.counts)
    }

    fn count(&self, count: impl FnOnce(&mut Counts)) {
        count(&mut held(&self.counts));
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
fn unwritable(path: &Path, cause: &std::io::Error) -> Error {
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
