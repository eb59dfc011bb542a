//! Going on with the journal of a run that was broken off.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::clock::Clock;
use crate::fleet::{Error, Kind, Result};
use crate::secret::Redactor;

use super::disk::{self, Disk as _};
use super::line::{self, Said};
use super::progress::Progress;
use super::read::{parse, unreadable, whole};
use super::record::Resumed;
use super::writer::{Found, unwritable};
use super::{Journal, Number, Run, Standing, removed};

impl Journal {
    /// Goes on with the journal of a run that was broken off, or that ended before all was done; `run` is what was read of
    /// it. What was torn at the end of its files is cut away first. That nobody else writes it is for the caller to see to,
    /// with a [`Lock`](super::Lock).
    ///
    /// When this returns, all that was read of it would survive a crash of the machine. An error of kind `refused` where it
    /// cannot be written, or does not say any more what was read; of kind `invalid` where it is damaged.
    pub fn resume(path: &Path, run: &Run, clock: Clock, redactor: &Redactor) -> Result<Self> {
        let bytes = fs::read(path).map_err(|e| unreadable(path).caused_by(&e))?;
        if parse(path, &bytes)? != *run {
            return Err(changed(run));
        }
        let resumed = Resumed {
            at: clock.now(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let length = whole(&bytes);
        let begin = || {
            let line = line::write(&Said::Resumed(&resumed), redactor)?;
            let (removed, kept) = removed_so_far(path, run, redactor)?;
            let file = disk::reopen(path, length)?;
            file.append(line.as_bytes())?;
            file.sync()?;
            let found = Found {
                length: length + line.len(),
                progress: Progress::of(run, |number| kept.contains(&number)),
                resumed: run.resumed.len() as u64 + 1,
                removed,
            };
            io::Result::Ok((file, found))
        };
        let (file, found) = begin().map_err(|e| unwritable(path, &e))?;
        Self::on(Box::new(file), found, path.to_owned(), clock, redactor)
    }
}

/// Opens the file of what was removed, where there is one, and tells of the changes that were not begun which have their
/// row all the same: rows are written before intents.
fn removed_so_far(
    journal: &Path,
    run: &Run,
    redactor: &Redactor,
) -> io::Result<(Option<File>, HashSet<Number>)> {
    let path = removed::path_beside(journal);
    let bytes = match fs::read(&path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok((None, HashSet::new())),
        bytes => bytes?,
    };
    let rows = removed::split(&bytes);
    let file = disk::reopen(&path, rows.iter().map(|row| row.len()).sum())?;
    let rows: HashSet<&[u8]> = rows.into_iter().collect();
    let mut kept = HashSet::new();
    for entry in &run.entries {
        if entry.stands() == Standing::NotBegun {
            let row = removed::rows([&entry.proposal], redactor)?;
            if rows.contains(row.as_bytes()) {
                kept.insert(entry.number);
            }
        }
    }
    Ok((Some(file), kept))
}

fn changed(run: &Run) -> Error {
    Error::new(
        Kind::Refused,
        format!(
            "run {} cannot be resumed: its journal has been written since it was read",
            run.head.run
        ),
    )
    .hint(
        "another process is at it, or has just been; look at it with `deskhand journal show`, and try again",
    )
}
