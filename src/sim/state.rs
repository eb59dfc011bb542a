//! A simulated world in a file, so that it lives on between two runs of a simulator.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Error;
use crate::replace::replace;
use crate::text::visible;

/// What marks a file as such a state; the vendor's word follows.
const MARK: &str = "deskhand simulated team: ";

/// How a vendor's world is kept.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The vendor, as the command line and the file name it.
    pub vendor: &'static str,
    /// What is kept, such as `a simulated RealVNC team`.
    pub title: &'static str,
    /// Counts changes of the format that an older program cannot read.
    pub version: u32,
}

#[derive(Serialize)]
struct Saved<'a, W> {
    format: String,
    version: u32,
    world: &'a W,
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

#[derive(Deserialize)]
struct Body<W> {
    world: W,
}

/// Keeps other servers from a state file for as long as the returned file is open, also if this process is killed.
///
/// What is locked is a file beside it, which is never deleted: the state file itself is replaced with each change, and
/// a lock that is deleted could be taken twice.
pub fn lock(path: &Path) -> Result<File, Error> {
    let unusable = |e: io::Error| Error::State {
        path: path.to_owned(),
        why: format!("it cannot be locked: {e}"),
    };
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(lock_of(path)).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse {
            path: path.to_owned(),
        }),
        Err(TryLockError::Error(e)) => Err(unusable(e)),
    }
}

/// Reads a world from a file; nothing if there is no file.
pub fn load<W: DeserializeOwned>(path: &Path, format: &Format) -> Result<Option<W>, Error> {
    let unusable = |why: String| Error::State {
        path: path.to_owned(),
        why,
    };
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(unusable(e.to_string())),
    };
    let foreign = |why: String| Error::NoState {
        path: path.to_owned(),
        why,
    };
    let no_state = || foreign(format!("this is no state of {}", format.title));
    let head: Head = serde_json::from_slice(&text).map_err(|_| no_state())?;
    match head.format.strip_prefix(MARK) {
        Some(vendor) if vendor == format.vendor => {}
        Some(other) => {
            return Err(foreign(format!(
                "it is kept for `{}`, not for `{}`",
                visible(other),
                format.vendor
            )));
        }
        None => return Err(no_state()),
    }
    if head.version > format.version {
        return Err(unusable(format!(
            "it was written by a newer deskhand (format {}, this one reads up to {})",
            head.version, format.version
        )));
    }
    let body: Body<W> = serde_json::from_slice(&text).map_err(|e| unusable(format!("it is damaged: {e}")))?;
    Ok(Some(body.world))
}

/// Writes a world to a file that only its owner may read. The file is replaced as a whole: whoever reads it sees the
/// world before or after, never between.
pub fn save<W: Serialize>(path: &Path, format: &Format, world: &W) -> io::Result<()> {
    let text = serde_json::to_vec(&Saved {
        format: format!("{MARK}{}", format.vendor),
        version: format.version,
        world,
    })?;
    replace(path, &text)
}

/// Returns the name of the file that is locked.
fn lock_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    path.with_file_name(name)
}
