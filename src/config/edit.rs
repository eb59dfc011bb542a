//! Changing the configuration file: a profile more or less, and everything else as it was, comments and order included.
//!
//! Nothing is written before the new text has been read back as strictly as any
//! other, and says what it should. The file is written in UTF-8, whatever it was before.

mod document;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml_edit::DocumentMut;

use super::error::Error;
use super::file::parse;
use super::resolve::COMMAND_LINE;
use super::{ConfigFile, Dirs, Paging};
use crate::encoding;
use crate::fleet::Vendor;
use crate::replace::replace;

/// A profile to be written down.
#[derive(Clone, PartialEq, Eq)]
pub struct NewProfile {
    /// Its name.
    pub name: String,
    /// Whose API it is for.
    pub vendor: Vendor,
    /// Where its key is, as it is to stand in the file: a text that [`KeyReference::parse`](super::KeyReference::parse)
    /// takes.
    pub key: String,
    /// The vendor's address, if it is not the usual one.
    pub url: Option<String>,
    /// How pages are asked for, if it matters.
    pub paging: Option<Paging>,
    /// Whether nothing may be written.
    pub read_only: bool,
}

/// A configuration file that is about to be changed.
pub struct Editor {
    file: ConfigFile,
    path: PathBuf,
    text: String,
}

/// The configuration file as it is to be.
pub struct Draft {
    path: PathBuf,
    text: String,
    file: ConfigFile,
}

impl Editor {
    /// Reads the configuration file, which need not be there. One that cannot be read cannot be changed either.
    pub fn open(dirs: &Dirs) -> Result<Self, Error> {
        let path = dirs.config_file().ok_or(Error::NoDirectory)?;
        let text = match encoding::read(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
            Err(source) => return Err(Error::Unreadable { path, source }),
        };
        Ok(Self {
            file: parse(&path, &text)?,
            path,
            text,
        })
    }

    /// Returns what the file says now.
    pub fn file(&self) -> &ConfigFile {
        &self.file
    }

    /// Refuses a name that a profile bears.
    pub fn vacant(&self, name: &str) -> Result<(), Error> {
        match self.file.profiles.get(name) {
            None => Ok(()),
            Some(there) => Err(Error::ProfileExists {
                name: name.to_owned(),
                place: there.place.clone(),
            }),
        }
    }

    /// Adds a profile, or puts it in the place of one of that name if `replace` is set. The first profile becomes the
    /// default, and any other if `default` is set.
    pub fn add(&self, profile: &NewProfile, replace: bool, default: bool) -> Result<Draft, Error> {
        if !replace {
            self.vacant(&profile.name)?;
        }
        let mut document = self.document()?;
        document::put(&mut document, profile).ok_or_else(|| self.uneditable())?;
        if default || self.file.profiles.is_empty() {
            document::set_default(&mut document, &profile.name);
        }
        let draft = self.draft(document.to_string(), &profile.name)?;
        if draft.file.profiles.contains_key(&profile.name) {
            Ok(draft)
        } else {
            Err(self.uneditable())
        }
    }

    /// Takes a profile out, which then is the default profile no more.
    pub fn remove(&self, name: &str) -> Result<Draft, Error> {
        self.file.profile(name, COMMAND_LINE)?;
        let mut document = self.document()?;
        document::take(&mut document, name).ok_or_else(|| self.uneditable())?;
        if self.file.is_default(name) {
            document::unset_default(&mut document);
        }
        // What stood above the blank lines at the top may be gone.
        let text = document.to_string().trim_start_matches(['\r', '\n']).to_owned();
        let draft = self.draft(text, name)?;
        if draft.file.profiles.contains_key(name) {
            Err(self.uneditable())
        } else {
            Ok(draft)
        }
    }

    fn document(&self) -> Result<DocumentMut, Error> {
        self.text.parse().map_err(|_| self.uneditable())
    }

    fn uneditable(&self) -> Error {
        Error::Uneditable {
            path: self.path.clone(),
        }
    }

    /// Makes sure that the new text can be read, and says the same of all profiles but the one that was changed.
    fn draft(&self, text: String, changed: &str) -> Result<Draft, Error> {
        let text = if self.text.contains("\r\n") {
            text.replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            text
        };
        if others(&self.text, changed) != others(&text, changed) {
            return Err(self.uneditable());
        }
        Ok(Draft {
            file: parse(&self.path, &text).map_err(|_| self.uneditable())?,
            path: self.path.clone(),
            text,
        })
    }
}

/// Returns what a file says beside one profile and the default.
fn others(text: &str, changed: &str) -> Option<toml::Table> {
    let mut table: toml::Table = text.parse().ok()?;
    table.remove("default_profile");
    if let Some(toml::Value::Table(mut profiles)) = table.remove("profiles") {
        profiles.remove(changed);
        table.extend(profiles);
    }
    Some(table)
}

impl Draft {
    /// Returns what the file is going to say.
    pub fn file(&self) -> &ConfigFile {
        &self.file
    }

    /// Returns where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file: whole, or not at all. It keeps its permissions; a new one, and its directory, are for their owner
    /// only.
    pub fn save(&self) -> Result<(), Error> {
        let unwritable = |path: &Path, source| Error::Unwritable {
            path: path.to_owned(),
            source,
        };
        if let Some(folder) = self.path.parent() {
            make_private(folder).map_err(|source| unwritable(folder, source))?;
        }
        replace(&self.path, self.text.as_bytes()).map_err(|source| unwritable(&self.path, source))
    }
}

/// Makes a directory, and those above it, if they are not there.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests;
