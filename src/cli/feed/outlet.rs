//! Where the events of a feed go to: the end of a file, or standard output.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::cursor::UnderWay;

/// Where events go to.
#[derive(Debug)]
pub enum Outlet {
    /// To whoever reads along.
    Stdout,
    /// To the end of a file.
    File(PathBuf),
}

impl Outlet {
    /// Returns the file, which is made where it is not there, and its length.
    pub fn place(&self) -> io::Result<UnderWay> {
        let Self::File(path) = self else {
            return Ok(UnderWay::default());
        };
        let is_new = !path.exists();
        let file = OpenOptions::new().append(true).create(true).open(path)?;
        if is_new {
            file.sync_all()?;
            sync_folder(path)?;
        }
        let known = file.metadata()?;
        Ok(UnderWay {
            file: Some(path.clone()),
            length: known.len(),
            mark: mark(&known),
            to: None,
        })
    }

    /// Adds lines, and makes sure of them. A file that ends within a line gets its end first.
    pub fn add(&self, lines: &[u8]) -> io::Result<()> {
        match self {
            Self::Stdout => to_stdout(lines),
            Self::File(path) => {
                let mut file = OpenOptions::new().append(true).open(path)?;
                let end: &[u8] = if ends_within_a_line(path)? { b"\n" } else { b"" };
                // At once, so that nobody who adds to the file as well gets in between.
                file.write_all(&[end, lines].concat())?;
                file.sync_all()
            }
        }
    }
}

fn to_stdout(lines: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(lines)?;
    stdout.flush()?;
    #[cfg(unix)]
    {
        let file = File::from(std::os::fd::AsFd::as_fd(&stdout).try_clone_to_owned()?);
        if file.metadata()?.is_file() {
            file.sync_all()?;
        }
    }
    Ok(())
}

/// Returns what stands behind a place in a file; nothing where that file is not there any more, or is not that long.
pub fn tail(behind: &UnderWay) -> io::Result<Option<Vec<u8>>> {
    let Some(path) = &behind.file else {
        return Ok(None);
    };
    let known = match fs::metadata(path) {
        Ok(known) => known,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    };
    let is_another = behind.mark.is_some() && behind.mark != mark(&known);
    // What is no file, such as a pipe, would have to be waited for.
    if is_another || !known.is_file() || known.len() < behind.length {
        return Ok(None);
    }
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(behind.length))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    Ok(Some(tail))
}

/// Returns what tells a file from another one that gets its name, as when logs are rotated; nothing where the system does
/// not say.
fn mark(known: &Metadata) -> Option<String> {
    #[cfg(unix)]
    let numbers = {
        use std::os::unix::fs::MetadataExt;

        Some((known.dev(), known.ino()))
    };
    #[cfg(not(unix))]
    let numbers: Option<(u64, u64)> = {
        let _ = known;
        None
    };
    numbers.map(|(device, number)| format!("{device}:{number}"))
}

/// Takes away what stands in a file behind a length.
pub fn cut(path: &Path, length: u64) -> io::Result<()> {
    // One that only adds may not cut everywhere.
    let file = OpenOptions::new().write(true).open(path)?;
    file.set_len(length)?;
    file.sync_all()
}

fn ends_within_a_line(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// Makes sure of the names in a file's folder, where the system has a way to.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_to_the_end_and_to_no_line_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.jsonl");
        let outlet = Outlet::File(path.clone());
        let length = || outlet.place().unwrap().length;
        assert_eq!(length(), 0);
        assert!(path.exists());
        let behind = |length| {
            let place = outlet.place().unwrap();
            tail(&UnderWay { length, ..place }).unwrap()
        };
        outlet.add(b"a\n").unwrap();
        outlet.add(b"b\n").unwrap();
        assert_eq!(length(), 4);
        cut(&path, 3).unwrap();
        outlet.add(b"c\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"a\nb\nc\n");
        assert_eq!(behind(4).unwrap(), b"c\n");
        assert_eq!(behind(6).unwrap(), b"");
        assert_eq!(behind(7), None);
        assert_eq!(tail(&Outlet::Stdout.place().unwrap()).unwrap(), None);
    }

    #[test]
    fn another_file_that_got_the_name_is_not_taken_for_the_one_that_was_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.jsonl");
        let outlet = Outlet::File(path.clone());
        let place = outlet.place().unwrap();
        outlet.add(b"a\n").unwrap();
        assert_eq!(tail(&place).unwrap().unwrap(), b"a\n");
        fs::rename(&path, folder.path().join("events.1")).unwrap();
        assert_eq!(tail(&place).unwrap(), None);
        fs::write(&path, "b\n").unwrap();
        if cfg!(unix) {
            assert_eq!(tail(&place).unwrap(), None);
        }
    }
}
