//! The files of a journal, and what it takes for them to be there after a crash.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// A file that grows at its end.
pub(super) trait Disk: Send + Sync {
    /// Adds bytes, so that they survive the end of this process.
    fn append(&self, bytes: &[u8]) -> io::Result<()>;

    /// Makes sure that what was added survives the end of the machine.
    fn sync(&self) -> io::Result<()>;

    /// Takes away what stands behind a length.
    fn cut(&self, length: u64) -> io::Result<()>;
}

impl Disk for File {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file = self;
        file.write_all(bytes)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

/// Makes the folder of journals where it is not there, for its owner only.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes a file with a first text, for its owner only, and makes sure of both. The file is there with all of the text or
/// not at all; one that is there already stays, and is an error.
pub(super) fn make_file(path: &Path, first: &[u8]) -> io::Result<File> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(".new").append(true);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600));
    // Taken away again if it is not persisted.
    let mut beside = builder.tempfile_in(folder)?;
    beside.write_all(first)?;
    beside.as_file().sync_all()?;
    let file = beside.persist_noclobber(path)?;
    sync_folder(folder)?;
    Ok(file)
}

/// Opens a file that is there to go on with it behind a length, and cuts away what stands there now.
pub(super) fn reopen(path: &Path, length: usize) -> io::Result<File> {
    // One that only adds may not cut everywhere.
    let cutting = OpenOptions::new().write(true).open(path)?;
    let length = length as u64;
    if cutting.metadata()?.len() != length {
        cutting.set_len(length)?;
        cutting.sync_all()?;
    }
    OpenOptions::new().append(true).open(path)
}

/// Makes sure of the names in a folder, where the system has a way to.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        OpenOptions::new().read(true).open(folder)?.sync_all()?;
    }
    Ok(())
}
