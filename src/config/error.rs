//! What can be wrong with a configuration: where, what, and what to do now.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::fleet::{self, Vendor};
use crate::suggest;
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
        /// The file where it would be.
        file: Option<PathBuf>,
    },
    /// Nothing is configured.
    #[error("{}", no_profile_message(.known))]
    NoProfile {
        /// The file where profiles are written.
        file: Option<PathBuf>,
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
    /// A vendor that this version does not speak to.
    #[error("{by} is for {}, which is not supported by this version", .vendor.product())]
    UnsupportedVendor {
        /// The vendor.
        vendor: Vendor,
        /// What asks for it: a profile or a variable.
        by: String,
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
    /// A key file that does not hold a key.
    #[error("{from} {why}")]
    BadKey {
        /// The file or program.
        from: String,
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
}

impl Error {
    /// Returns what to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Interrupted { .. } => return None,
            Self::Unreadable { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                "check the path, or write the access key's file there".to_owned()
            }
            Self::Unreadable { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                "make it readable for the user who runs deskhand, and for nobody else".to_owned()
            }
            Self::Unreadable { source, .. } if source.kind() == io::ErrorKind::IsADirectory => {
                "there must be a file of that name; move the directory away".to_owned()
            }
            Self::Unreadable { source, .. } if source.kind() == io::ErrorKind::InvalidData => {
                "write it as plain text in UTF-8".to_owned()
            }
            Self::Unreadable { .. } => "check that the path leads to a file of plain text".to_owned(),
            Self::Syntax { .. } => "the file is TOML: `key = \"value\"` lines under `[profiles.NAME]`".to_owned(),
            Self::UnknownKey { key, known, .. } => suggest::did_you_mean(key, known.iter().copied())
                .unwrap_or_else(|| format!("the keys are {}", known.join(", "))),
            Self::WrongValue { hint, .. } => hint.clone(),
            Self::MissingKey { key: "vendor", .. } => "write vendor = \"realvnc\"".to_owned(),
            Self::MissingKey { key, .. } => format!("write {key} = \"file:PATH\", \"env:…\" or \"cmd:…\""),
            Self::UnknownProfile { name, known, file, .. } => unknown_profile(name, known, file.as_deref()),
            Self::NoProfile { file, known } => no_profile(file.as_deref(), known),
            Self::HalfKey { set, missing } => format!("set {missing} as well, or unset {set}"),
            Self::UnsupportedVendor { .. } => {
                "use a profile with vendor = \"realvnc\", or --demo to try deskhand without an account".to_owned()
            }
            Self::UnsupportedKey { profile, .. } => format!("take it out of [profiles.{profile}]"),
            Self::UnsupportedKeyring { .. } => "use file:, env: or cmd:".to_owned(),
            Self::BadKey { .. } => {
                "the key is written {\"accessKeyId\": \"…\", \"accessKey\": \"…\"}, both as the RealVNC portal shows them"
                    .to_owned()
            }
            Self::MissingVariable { variable, .. } => format!("set {variable}"),
            Self::Command { .. } => {
                "it must print the JSON of an access key file, or the id and the key on two lines".to_owned()
            }
        })
    }

    /// Returns the kind of error, which decides on the exit code.
    pub fn kind(&self) -> fleet::Kind {
        match self {
            Self::UnknownProfile { .. } => fleet::Kind::NotFound,
            Self::UnsupportedVendor { .. }
            | Self::UnsupportedKey { .. }
            | Self::UnsupportedKeyring { .. } => fleet::Kind::Unsupported,
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

fn unknown_profile(name: &str, known: &[String], file: Option<&Path>) -> String {
    if known.is_empty() {
        return no_profile(file, known);
    }
    let list = format!("the profiles are {}", known.join(", "));
    match suggest::did_you_mean(name, known.iter().map(String::as_str)) {
        Some(question) => format!("{question} {list}"),
        None => list,
    }
}

fn no_profile_message(known: &[String]) -> &'static str {
    if known.is_empty() {
        "no profile is set up, so there is no account to work on"
    } else {
        "none of the profiles is chosen"
    }
}

fn no_profile(file: Option<&Path>, known: &[String]) -> String {
    if let [first, rest @ ..] = known {
        let example = format!("--profile {first}, or write default_profile = \"{first}\"");
        return if rest.is_empty() {
            format!("choose it with {example}; --demo needs none")
        } else {
            format!(
                "choose one, such as with {example}; the profiles are {}; --demo needs none",
                known.join(", ")
            )
        };
    }
    let file = file.map_or_else(|| "config.toml in DESKHAND_CONFIG_DIR".to_owned(), shown);
    format!(
        "write [profiles.NAME] with vendor = \"realvnc\" and access_key = \"file:PATH\" into {file}, or set \
         REALVNC_ACCESS_KEY_ID and REALVNC_ACCESS_KEY; --demo needs no account"
    )
}
