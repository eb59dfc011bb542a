//! One writer a profile, rule 16: a file that the system keeps locked for as long as a run lives, however that ends.
//!
//! Who holds it stands in a file beside it, since on some systems nobody else can read a file that is locked. A holder
//! that was killed leaves its name behind, but not the lock. On a file system without locks every run is refused.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fleet::{Error, Kind};
use crate::replace;

use super::disk::make_folder;
use super::run_id::{RunId, file_name};

/// How long a look at who holds a lock may take, and how many of them may come one after the other.
const GLANCE: Duration = Duration::from_millis(5);
const GLANCES: usize = 4;

/// The lock of a profile, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    /// Dropping it lets go.
    _file: File,
}

/// The run that holds a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Its process.
    pub pid: u32,
    /// Its name.
    pub run: RunId,
    /// Since when.
    pub since: Timestamp,
}

/// Why a lock was not given.
#[derive(Debug)]
pub enum HeldBy {
    /// Another run holds it; which one is not known where it has only just begun.
    Run {
        /// Whose lock it is.
        profile: String,
        /// Who holds it.
        holder: Option<Holder>,
    },
    /// There is no locking here.
    Nobody {
        /// The file that should have been locked.
        path: PathBuf,
        /// What went wrong.
        cause: io::Error,
    },
}

impl Lock {
    /// Takes the lock of a profile for a run, or says who holds it. In the folder of the journals, or a list of them cannot
    /// tell a run that is under way from one that was broken off.
    pub fn take(folder: &Path, profile: &str, run: &RunId, now: Timestamp) -> Result<Self, HeldBy> {
        let path = lock_path(folder, profile);
        let nobody = |cause: io::Error| HeldBy::Nobody {
            path: path.clone(),
            cause,
        };
        let file = make_folder(folder).and_then(|()| open(&path)).map_err(nobody)?;
        match patiently(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(HeldBy::Run {
                    profile: profile.to_owned(),
                    holder: named(folder, profile),
                });
            }
            Err(TryLockError::Error(cause)) => return Err(nobody(cause)),
        }
        let holder = Holder {
            pid: std::process::id(),
            run: run.clone(),
            since: now,
        };
        let text = serde_json::to_vec(&holder).map_err(|e| nobody(e.into()))?;
        replace::replace(&holder_path(folder, profile), &text).map_err(nobody)?;
        Ok(Self { _file: file })
    }

    /// Returns the run that holds the lock of a profile just now, if one does.
    pub fn holder(folder: &Path, profile: &str) -> Option<Holder> {
        let file = File::open(lock_path(folder, profile)).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => named(folder, profile),
            // Let go at once.
            Ok(()) | Err(TryLockError::Error(_)) => None,
        }
    }
}

/// Tries to lock a file. A list of runs that looks who holds the lock holds it for a moment itself.
fn patiently(file: &File) -> Result<(), TryLockError> {
    for _ in 0..GLANCES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(GLANCE),
            done => return done,
        }
    }
    file.try_lock()
}

/// Opens a file that is to be locked, and makes it for its owner only.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn lock_path(folder: &Path, profile: &str) -> PathBuf {
    folder.join(format!("{}.lock", file_name(profile)))
}

fn holder_path(folder: &Path, profile: &str) -> PathBuf {
    folder.join(format!("{}.holder", file_name(profile)))
}

fn named(folder: &Path, profile: &str) -> Option<Holder> {
    let text = fs::read(holder_path(folder, profile)).ok()?;
    serde_json::from_slice(&text).ok()
}

impl From<HeldBy> for Error {
    fn from(held: HeldBy) -> Self {
        match held {
            HeldBy::Run { profile, holder } => {
                let who = match &holder {
                    Some(Holder { pid, run, since }) => {
                        format!("run {run} (process {pid}) has been at it since {since:.0}")
                    }
                    None => "another run is at it".to_owned(),
                };
                Self::new(
                    Kind::Refused,
                    format!("not allowed to change profile `{profile}`: {who}"),
                )
                .hint("only one run may write through a profile; try again when the other has ended")
            }
            HeldBy::Nobody { path, cause } => Self::new(
                Kind::Refused,
                format!(
                    "not allowed to change anything: `{}` cannot be locked, so that a second run would not be noticed",
                    path.display()
                ),
            )
            .hint("choose a place on a local disk with DESKHAND_DATA_DIR")
            .caused_by(&cause),
        }
    }
}
