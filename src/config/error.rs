//! What can be wrong with a configuration: where, and what.

mod hint;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::fleet::{self, Vendor};
use crate::text::visible;

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", shown(&self.path), self.line)
    }
}

/// Returns a path as it can be shown.
pub(super) fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

/// An error of the configuration. No message or hint holds a key, or a text that may be one.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file is there but cannot be read, or a file that was named is not there.
    #[error("{} cannot be read: {source}", shown(.path))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The configuration file is not TOML.
    #[error("{place}:{column}: {why}")]
    Syntax {
        /// Where.
        place: Place,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        why: String,
    },
    /// A key that the configuration does not have.
    #[error("{place}: unknown key `{}` in {within}", visible(.key))]
    UnknownKey {
        /// Where.
        place: Place,
        /// The key.
        key: String,
        /// What it stands in.
        within: String,
        /// The keys that may stand there.
        known: &'static [&'static str],
    },
    /// A value that its key cannot have.
    #[error("{place}: {key} {why}")]
    WrongValue {
        /// Where.
        place: Place,
        /// The key.
        key: String,
        /// What is wrong with it, in a form that goes on from the key's name.
        why: String,
        /// What to write instead.
        hint: String,
    },
    /// A key that a profile must have.
    #[error("{place}: profile `{profile}` has no `{key}`")]
    MissingKey {
        /// Where the profile begins.
        place: Place,
        /// The profile.
        profile: String,
        /// The key.
        key: &'static str,
    },
    /// A profile that the configuration does not have.
    #[error("there is no profile `{}` (chosen by {by})", visible(.name))]
    UnknownProfile {
        /// The name.
        name: String,
        /// What chose it: an option, a variable, or a line of the file.
        by: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// Nothing is configured.
    #[error("{}", no_profile_message(.known))]
    NoProfile {
        /// The profiles that are there to choose from.
        known: Vec<String>,
    },
    /// One of two variables that belong together.
    #[error("{set} is set, but {missing} is not")]
    HalfKey {
        /// The variable that is there.
        set: &'static str,
        /// The one that is not.
        missing: &'static str,
    },
    /// An address at which a key of another vendor would arrive.
    #[error(
        "{from}: {} belongs to {}, where a key for {} must not be sent",
        visible(.host), .owner.product(), .vendor.product()
    )]
    ForeignHost {
        /// What holds the address: a line of the file, or a variable.
        from: String,
        /// Whose key it is.
        vendor: Vendor,
        /// The host, without anything around it.
        host: String,
        /// Whose host it is.
        owner: Vendor,
    },
    /// A sort of reference that this version does not know.
    #[error("{by}: keyring: is not supported by this version")]
    UnsupportedKeyring {
        /// The profile.
        by: String,
    },
    /// A key of a profile that this version does not heed.
    #[error("{place}: `{key}` is not supported by this version, which would pass over it")]
    UnsupportedKey {
        /// Where.
        place: Place,
        /// The profile.
        profile: String,
        /// The key.
        key: &'static str,
    },
    /// Something that does not hold a key.
    #[error("{from} {why}")]
    BadKey {
        /// The file, the variable or the program.
        from: String,
        /// Whose key it should be.
        vendor: Vendor,
        /// What is wrong with it, in a form that goes on from its name.
        why: String,
    },
    /// A variable that a profile names is not set.
    #[error("{by} takes its key from the environment, but {variable} is not set")]
    MissingVariable {
        /// The profile.
        by: String,
        /// The variable.
        variable: String,
    },
    /// The program that should print the key did not.
    #[error("{by} takes its key from the program `{}`, which {why}", visible(.program))]
    Command {
        /// The profile.
        by: String,
        /// The program, without its arguments.
        program: String,
        /// Whose key it should print.
        vendor: Vendor,
        /// What happened, in a form that goes on from the program's name.
        why: String,
    },
    /// The user stopped the program that should print the key.
    #[error("interrupted while the program `{}` was to print the key of {by}", visible(.program))]
    Interrupted {
        /// The profile.
        by: String,
        /// The program, without its arguments.
        program: String,
    },
    /// A new profile with the name of one that is there.
    #[error("{place}: there is a profile `{name}` already")]
    ProfileExists {
        /// The name.
        name: String,
        /// Where it begins.
        place: Place,
    },
    /// Nobody says where the configuration is.
    #[error("there is no place for the configuration: this user has no home directory")]
    NoDirectory,
    /// The configuration file or its directory cannot be written.
    #[error("{} cannot be written: {source}", shown(.path))]
    Unwritable {
        /// The file or the directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file that is valid, but written in a way that this program cannot change without harm.
    #[error("{} is written in a way that deskhand cannot change without harm; it was left as it is", shown(.path))]
    Uneditable {
        /// The file.
        path: PathBuf,
    },
}

impl Error {
    /// Returns the kind of error, which decides on the exit code.
    pub fn kind(&self) -> fleet::Kind {
        match self {
            Self::UnknownProfile { .. } => fleet::Kind::NotFound,
            Self::UnsupportedKey { .. } | Self::UnsupportedKeyring { .. } => fleet::Kind::Unsupported,
            Self::Interrupted { .. } => fleet::Kind::Cancelled,
            _ => fleet::Kind::Invalid,
        }
    }
}

impl From<Error> for fleet::Error {
    fn from(error: Error) -> Self {
        let plain = Self::new(error.kind(), error.to_string());
        match error.hint() {
            Some(hint) => plain.hint(hint),
            None => plain,
        }
    }
}

fn no_profile_message(known: &[String]) -> &'static str {
    if known.is_empty() {
        "no profile is set up, so there is no account to work on"
    } else {
        "none of the profiles is chosen"
    }
}
