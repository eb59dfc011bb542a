//! The files of cursors: `cursors/NAME.json` in the data directory, each locked for as long as a run follows it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::fleet::{Error, Kind, Result};
use crate::replace;

use super::cursor::Cursor;

/// The folder in the data directory.
const FOLDER: &str = "cursors";

/// The longest name of a cursor.
const LONGEST: usize = 64;

/// The file of a cursor. Nobody else follows it as long as this lives.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    /// Dropping it lets go.
    _lock: File,
}

impl Store {
    /// Takes hold of the cursor of a name.
    pub fn open(data: &Path, name: &str) -> Result<Self> {
        let fit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || name.len() > LONGEST || name.starts_with('.') || !name.chars().all(fit) {
            return Err(
                Error::new(Kind::Invalid, format!("`{name}` cannot be the name of a cursor")).hint(format!(
                    "up to {LONGEST} of a-z, A-Z, 0-9, `-`, `_` and `.`, and no `.` first"
                )),
            );
        }
        let folder = data.join(FOLDER);
        let lock = folder.join(format!("{name}.lock"));
        let unusable = |e: &io::Error| {
            Error::new(Kind::Refused, format!("`{}` cannot be locked", lock.display()))
                .hint("choose a place on a local disk with DESKHAND_DATA_DIR")
                .caused_by(e)
        };
        let file = make_folder(&folder)
            .and_then(|()| open(&lock))
            .map_err(|e| unusable(&e))?;
        match file.try_lock() {
            Ok(()) => Ok(Self {
                path: folder.join(format!("{name}.json")),
                _lock: file,
            }),
            Err(TryLockError::WouldBlock) => Err(Error::new(
                Kind::Refused,
                format!("another run follows the cursor `{name}` just now"),
            )
            .hint("try again when it has ended")),
            Err(TryLockError::Error(e)) => Err(unusable(&e)),
        }
    }

    /// Reads the cursor, if there is one yet.
    pub fn load(&self) -> Result<Option<Cursor>> {
        let unreadable = |e: &(dyn std::error::Error + 'static)| {
            let path = self.path.display();
            Error::new(Kind::Invalid, format!("the cursor in `{path}` cannot be read"))
                .hint(
                    "a later deskhand may have written it: then use that one; without that file the name begins anew, 30 days ago \
                     or at --from",
                )
                .caused_by(e)
        };
        match fs::read(&self.path) {
            Ok(text) => serde_json::from_slice(&text)
                .map(Some)
                .map_err(|e| unreadable(&e)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(unreadable(&e)),
        }
    }

    /// Puts a cursor in the place of the last one.
    pub fn keep(&self, cursor: &Cursor) -> io::Result<()> {
        replace::replace(&self.path, &serde_json::to_vec(cursor)?)
    }
}

/// Makes the folder where it is not there, for its owner only.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::feed::cursor::tests::{at, binding};

    #[test]
    fn a_cursor_is_read_back_as_it_was_kept_and_its_name_keeps_to_its_folder() {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path(), "siem-1.b").unwrap();
        assert_eq!(store.load().unwrap(), None);
        let cursor = Cursor::new(binding(), true, at(7));
        store.keep(&cursor).unwrap();
        assert_eq!(store.load().unwrap(), Some(cursor));
        assert!(data.path().join("cursors/siem-1.b.json").exists());
        for name in ["", "../x", "a/b", ".x", "a b", "ä", &"x".repeat(65)] {
            assert_eq!(
                Store::open(data.path(), name).unwrap_err().kind,
                Kind::Invalid,
                "{name}"
            );
        }
    }

    #[test]
    fn two_runs_do_not_follow_the_same_cursor() {
        let data = tempfile::tempdir().unwrap();
        let first = Store::open(data.path(), "siem").unwrap();
        assert_eq!(Store::open(data.path(), "siem").unwrap_err().kind, Kind::Refused);
        Store::open(data.path(), "other").unwrap();
        drop(first);
        Store::open(data.path(), "siem").unwrap();
    }

    #[test]
    fn a_cursor_that_is_none_is_not_taken_for_the_beginning() {
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path(), "siem").unwrap();
        fs::write(data.path().join("cursors/siem.json"), "{\"of\":").unwrap();
        let error = store.load().unwrap_err();
        assert!(error.message.contains("siem.json"), "{error}");
    }
}
