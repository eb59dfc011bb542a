//! Group commit: what many calls want durable is written together and made sure of with one sync.
//!
//! One thread does it. While it waits for the disk the next calls queue up, so that the slower the disk is, the more of
//! them share a sync.

use std::fs::File;
use std::io;
use std::mem;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::disk::{self, Disk};
use super::removed;

use crate::held::held;

/// What stands between a call and its being durable.
#[derive(Debug, Clone)]
pub(super) enum Broken {
    /// The lines are not in the file.
    Unwritten(Arc<io::Error>),
    /// They may be in the file; a crash of the machine may take them.
    Unsynced(Arc<io::Error>),
}

impl Broken {
    pub(super) fn cause(&self) -> &io::Error {
        match self {
            Self::Unwritten(cause) | Self::Unsynced(cause) => cause,
        }
    }

    /// Returns what this means for lines that come after it: they are not in the file, whatever it was that broke.
    fn unwritten(&self) -> Self {
        let cause = self.cause();
        Self::Unwritten(Arc::new(io::Error::new(cause.kind(), cause.to_string())))
    }
}

/// What one call wants to be durable.
pub(super) struct Wanted {
    /// Lines of the journal.
    pub(super) lines: String,
    /// Rows of what is removed, which have to be durable first.
    pub(super) removed: String,
    /// Who waits for it.
    pub(super) told: oneshot::Sender<Result<(), Broken>>,
}

/// The files, and how far they are known to be sound.
struct Files {
    /// How long the journal is, in whole lines.
    length: u64,
    /// The first thing that went wrong: nothing is promised after it.
    broken: Option<Broken>,
    /// Whether a part of a line could not be taken away again: what followed it would be taken for damage.
    torn: bool,
}

#[derive(Default)]
struct Waiting {
    calls: Vec<Wanted>,
    closed: bool,
}

/// The queue, and what it leads to.
pub(super) struct Queue {
    journal: Box<dyn Disk>,
    removed_path: PathBuf,
    files: Mutex<Files>,
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

impl Queue {
    /// Makes the queue of a journal that has its head.
    pub(super) fn new(journal: Box<dyn Disk>, length: u64, removed_path: PathBuf) -> Self {
        Self {
            journal,
            removed_path,
            files: Mutex::new(Files {
                length,
                broken: None,
                torn: false,
            }),
            waiting: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Queues what is wanted; its sender is told.
    pub(super) fn push(&self, wanted: Wanted) {
        held(&self.waiting).calls.push(wanted);
        self.changed.notify_one();
    }

    /// Lets [`Queue::serve`] end once it has done what is queued.
    pub(super) fn close(&self) {
        held(&self.waiting).closed = true;
        self.changed.notify_one();
    }

    /// Adds a line at once: it survives the end of the process, and the machine's from the next sync on. Goes on after
    /// something went wrong, for what was sent before has an outcome all the same.
    pub(super) fn append(&self, line: &str) -> Result<(), Broken> {
        let mut files = held(&self.files);
        self.write(&mut files, line.as_bytes())
    }

    /// The same, unless something went wrong before: nothing is promised then.
    pub(super) fn append_if_sound(&self, lines: &str) -> Result<(), Broken> {
        let mut files = held(&self.files);
        if let Some(broken) = &files.broken {
            return Err(broken.unwritten());
        }
        self.write(&mut files, lines.as_bytes())
    }

    /// Writes and syncs what is queued until the queue is closed; then syncs what was added since. The file of what
    /// is removed is made when it is needed, where it is not there.
    pub(super) fn serve(&self, mut removed: Option<File>) {
        while let Some(calls) = self.next() {
            let done = self.commit(&calls, &mut removed);
            if let Err(broken) = &done {
                held(&self.files).broken.get_or_insert_with(|| broken.clone());
            }
            for call in calls {
                // Whoever has stopped waiting need not be told.
                let _ = call.told.send(done.clone());
            }
        }
        // Nobody waits for it any more.
        let _ = self.journal.sync();
    }

    /// Waits for calls; nothing once the queue is closed and empty.
    fn next(&self) -> Option<Vec<Wanted>> {
        let waiting = self
            .changed
            .wait_while(held(&self.waiting), |waiting| {
                waiting.calls.is_empty() && !waiting.closed
            })
            .unwrap_or_else(PoisonError::into_inner);
        let mut waiting = waiting;
        let calls = mem::take(&mut waiting.calls);
        (!calls.is_empty()).then_some(calls)
    }

    fn commit(&self, calls: &[Wanted], removed: &mut Option<File>) -> Result<(), Broken> {
        if let Some(broken) = &held(&self.files).broken {
            return Err(broken.unwritten());
        }
        let rows: String = calls.iter().map(|call| call.removed.as_str()).collect();
        if !rows.is_empty() {
            self.keep(&rows, removed)
                .map_err(|e| Broken::Unwritten(Arc::new(e)))?;
        }
        let lines: String = calls.iter().map(|call| call.lines.as_str()).collect();
        self.write(&mut held(&self.files), lines.as_bytes())?;
        // Not while the files are locked: outcomes are added meanwhile.
        self.journal.sync().map_err(|e| Broken::Unsynced(Arc::new(e)))
    }

    /// Adds rows to the file of what is removed, and makes sure of them.
    fn keep(&self, rows: &str, removed: &mut Option<File>) -> io::Result<()> {
        let file = match removed {
            Some(file) => file,
            None => removed.insert(disk::make_file(
                &self.removed_path,
                removed::headings()?.as_bytes(),
            )?),
        };
        file.append(rows.as_bytes())?;
        file.sync()
    }

    /// Adds whole lines or nothing.
    fn write(&self, files: &mut Files, bytes: &[u8]) -> Result<(), Broken> {
        if files.torn {
            let cause = io::Error::other("a line before it could not be written whole");
            return Err(Broken::Unwritten(Arc::new(cause)));
        }
        match self.journal.append(bytes) {
            Ok(()) => {
                files.length += bytes.len() as u64;
                Ok(())
            }
            Err(e) => {
                files.torn = self.journal.cut(files.length).is_err();
                let broken = Broken::Unwritten(Arc::new(e));
                files.broken.get_or_insert_with(|| broken.clone());
                Err(broken)
            }
        }
    }
}
