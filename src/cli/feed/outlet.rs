//! Where the events of a feed go to: the end of a file, or standard output.

use std::fs::{File, OpenOptions};
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
            return Ok(UnderWay {
                file: None,
                length: 0,
            });
        };
        let is_new = !path.exists();
        let file = OpenOptions::new().append(true).create(true).open(path)?;
        if is_new {
            file.sync_all()?;
            sync_folder(path)?;
        }
        Ok(UnderWay {
            file: Some(path.clone()),
            length: file.metadata()?.len(),
        })
    }

    /// Adds lines, and makes sure of them. A file that ends within a line gets its end first.
    pub fn add(&self, lines: &[u8]) -> io::Result<()> {
        match self {
            Self::Stdout => to_stdout(lines),
            Self::File(path) => {
                let mut file = OpenOptions::new().append(true).open(path)?;
                if ends_within_a_line(path)? {
                    file.write_all(b"\n")?;
                }
                file.write_all(lines)?;
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

/// Returns what stands in a file from a place on; nothing where there is no such file, or it is not that long.
pub fn tail(path: &Path, from: u64) -> io::Result<Option<Vec<u8>>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    };
    if file.metadata()?.len() < from {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    Ok(Some(tail))
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
        outlet.add(b"a\n").unwrap();
        outlet.add(b"b\n").unwrap();
        assert_eq!(length(), 4);
        cut(&path, 3).unwrap();
        outlet.add(b"c\n").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"a\nb\nc\n");
        assert_eq!(tail(&path, 4).unwrap().unwrap(), b"c\n");
        assert_eq!(tail(&path, 6).unwrap().unwrap(), b"");
        assert_eq!(tail(&path, 7).unwrap(), None);
        assert_eq!(tail(&folder.path().join("none"), 0).unwrap(), None);
    }
}
