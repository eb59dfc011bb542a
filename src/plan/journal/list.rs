//! All runs of a folder, without reading the whole of each.

use std::cmp::Reverse;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::fleet::{Error, Kind, Result};

use super::lock::Lock;
use super::read::{head, headless, read, unreadable};
use super::{Counts, End, Head, SUFFIX, line};

/// The last line of a run that has ended is never as long.
const TAIL: u64 = 4096;

/// No head is as long: what has no line end before is no journal.
const HEAD: u64 = 1 << 20;

/// A journal of a folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The run's name, as the file has it.
    pub run: String,
    /// The file.
    pub path: PathBuf,
    /// What it says, or what is wrong with it.
    pub found: Result<Summary>,
}

/// What a journal says, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Which run it is.
    pub head: Head,
    /// What came of its changes.
    pub counts: Counts,
    /// How many times it was resumed.
    pub resumed: u64,
    /// Where it stands.
    pub state: State,
}

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It ended, at that time.
    Ended(Timestamp),
    /// It is under way.
    Running,
    /// It was broken off.
    Interrupted,
}

/// Lists the journals of a folder, the newest first. A folder that is not there has none.
pub fn list(folder: &Path) -> Result<Vec<Listed>> {
    Ok(runs(folder)?
        .into_iter()
        .map(|(run, path)| Listed {
            found: summary(&path),
            run,
            path,
        })
        .collect())
}

/// Returns the names of the runs of a folder, the newest first, and the files.
pub(super) fn runs(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let failed = |e: &io::Error| {
        Error::new(
            Kind::Invalid,
            format!("the journals in {} cannot be listed", folder.display()),
        )
        .caused_by(e)
    };
    let files = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        files => files.map_err(|e| failed(&e))?,
    };
    let mut found = Vec::new();
    for file in files {
        let path = file.map_err(|e| failed(&e))?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if let Some(run) = name.strip_suffix(SUFFIX).filter(|run| !run.starts_with('.')) {
            found.push((run.to_owned(), path));
        }
    }
    found.sort_by(|one, other| other.cmp(one));
    // The names tell the second. Of runs of one second the last that was written to is the newest.
    for of_one_second in found.chunk_by_mut(|(one, _), (other, _)| second(one) == second(other)) {
        if of_one_second.len() > 1 {
            of_one_second.sort_by_cached_key(|(_, path)| Reverse(written(path)));
        }
    }
    Ok(found)
}

/// Returns the part of a run's name that tells when it started.
fn second(run: &str) -> &str {
    run.split('-').next().unwrap_or_default()
}

fn written(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|file| file.modified()).ok()
}

/// Returns what a journal says, in short.
pub fn summary(path: &Path) -> Result<Summary> {
    let ends = ends(path).map_err(|e| unreadable(path).caused_by(&e))?;
    let Some((first, end)) = ends else {
        return Err(headless(path));
    };
    let head = head(path, &first)?;
    if let Some(end) = end {
        return Ok(Summary {
            head,
            counts: end.counts,
            resumed: end.resumed,
            state: State::Ended(end.at),
        });
    }
    // Asked before the file is read: a run that ends meanwhile has ended.
    let holder = path
        .parent()
        .and_then(|folder| Lock::holder(folder, &head.profile));
    let run = read(path)?;
    let state = match &run.end {
        Some(end) => State::Ended(end.at),
        None if holder.is_some_and(|holder| holder.run == run.head.run) => State::Running,
        None => State::Interrupted,
    };
    Ok(Summary {
        counts: run.counts(),
        resumed: run.resumed.len() as u64,
        head: run.head,
        state,
    })
}

/// Returns the first line of a file, and the end where the last line is one. Nothing where there is no whole line.
fn ends(path: &Path) -> io::Result<Option<(Vec<u8>, Option<End>)>> {
    let mut file = File::open(path)?;
    let mut first = Vec::new();
    BufReader::new((&file).take(HEAD)).read_until(b'\n', &mut first)?;
    if first.pop() != Some(b'\n') {
        return Ok(None);
    }
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let last = tail
        .strip_suffix(b"\n")
        .and_then(|tail| tail.rsplit(|byte| *byte == b'\n').next());
    let end = last.and_then(|last| match line::read(last) {
        Ok(line::Line::End(end)) => Some(end),
        _ => None,
    });
    Ok(Some((first, end)))
}
