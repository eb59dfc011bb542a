//! What a run was about to do and what came of it, on disk before anything is sent: rule 12 of the one door for writes.
//!
//! A run has a file of its own, `<run id>.jsonl`, to which lines are only ever added. Each line is a checksum and a JSON
//! object: first the head, then each plan whole, with all its changes, before any of them is begun; an intent for a
//! change that is about to be sent and, once it is known, its outcome; and an end. A run that was killed has no end:
//! what has an intent without an outcome was in flight, and what has neither was not begun. [`Journal::resume`] goes on
//! with it, in the same file. What removals take away stands in `<run id>.removed.csv` too, which needs no deskhand to be
//! read.
//!
//! Who may write: the file of a run is written by one process at a time, and [`Lock`] lets only one run a profile write at
//! all.
//! No secret is written: a [`Redactor`](crate::secret::Redactor) goes over every line.

mod disk;
mod find;
mod line;
mod list;
mod lock;
mod progress;
mod queue;
mod read;
mod record;
mod removed;
mod resume;
mod run;
mod run_id;
mod standing;
mod writer;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

pub use find::find;
pub use list::{Listed, State, Summary, list, summary};
pub use lock::{HeldBy, Holder, Lock};
pub use read::read;
pub use record::{Came, End, Head, Number, PlanHead, Told, Word};
pub use run::{Entry, Run};
pub use run_id::RunId;
pub use standing::{Counts, Standing};
pub use writer::Journal;

/// Returns the folder of all journals, below the directory of what must not get lost.
pub fn folder(data: &Path) -> PathBuf {
    data.join("journals")
}

/// What the name of a journal ends in, behind the run's id.
const SUFFIX: &str = ".jsonl";

/// Returns the path of a run's journal.
fn path_of(folder: &Path, run: &str) -> PathBuf {
    folder.join(format!("{run}{SUFFIX}"))
}
