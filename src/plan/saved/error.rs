//! What is wrong with a plan in a file: what it is, and what to do now.

use std::error::Error as _;
use std::fmt;
use std::io;

use jiff::{SignedDuration, Timestamp};

use super::GOOD_FOR;
use crate::fleet::{self, Kind, Vendor};

/// A plan that cannot be written, read or applied.
#[derive(Debug)]
pub struct Error {
    /// The file, in the user's words.
    pub file: String,
    /// What is wrong with it.
    pub trouble: Trouble,
}

/// What is wrong with a plan; to be read behind the name of its file.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The file cannot be read.
    #[error("cannot be read")]
    Unreadable(#[source] io::Error),
    /// The file cannot be written.
    #[error("cannot be written")]
    Unwritable(#[source] io::Error),
    /// There is nothing in it.
    #[error("is empty")]
    Empty,
    /// It is something else.
    #[error("is no saved plan")]
    NotAPlan,
    /// It ends before the plan does.
    #[error("ends in the middle of the plan, in line {line}")]
    Truncated {
        /// The last line.
        line: usize,
    },
    /// It is no JSON. The reason tells line and column.
    #[error("is no JSON any more")]
    Damaged(#[source] serde_json::Error),
    /// A later version of deskhand has written it.
    #[error("is a plan of version {version}, and this deskhand reads none but version 1")]
    Newer {
        /// Its version.
        version: u64,
    },
    /// It does not say what it was when it was written.
    #[error("has no fingerprint any more, by which deskhand knows what it has written")]
    NoFingerprint,
    /// It is not as it was written.
    #[error("was edited after deskhand wrote it: the fingerprint does not fit")]
    Edited,
    /// It is as it was written, and still cannot be understood: where, and why.
    #[error("cannot be understood at `{0}`: {1}")]
    Field(String, String),
    /// It is for another profile than this.
    #[error("is for profile `{made_for}`, and this is profile `{here}`")]
    OtherProfile {
        /// Its profile.
        made_for: String,
        /// This one.
        here: String,
    },
    /// The profile has another vendor now.
    #[error("is for {}, and profile `{profile}` is one of {} now", made_for.product(), here.product())]
    OtherVendor {
        /// The profile.
        profile: String,
        /// The vendor that it had.
        made_for: Vendor,
        /// The vendor that it has.
        here: Vendor,
    },
    /// The profile leads to another host now.
    #[error("is for the team at `{made_for}`, and profile `{profile}` leads to `{here}` now")]
    OtherHost {
        /// The profile.
        profile: String,
        /// The host that it led to.
        made_for: String,
        /// The host that it leads to.
        here: String,
    },
    /// It is too old.
    #[error("is a plan of {made_at:.0}, {}: a plan is good for {} hours", old(*age), GOOD_FOR.as_hours())]
    Expired {
        /// When it was made.
        made_at: Timestamp,
        /// How old it is.
        age: SignedDuration,
    },
    /// It was made later than now.
    #[error("is a plan of {made_at:.0}, which is yet to come: it is {now:.0} here")]
    FromTheFuture {
        /// When it was made.
        made_at: Timestamp,
        /// When it is.
        now: Timestamp,
    },
    /// It would hold the password of a new user, who is named.
    #[error(
        "cannot hold this plan: it makes the user '{0}' with a password, and a password is written to no file"
    )]
    Password(String),
    /// It would make a secret that nobody is there to take: what it would do.
    #[error("cannot hold this plan: it is to {0}, which only the script that asks for it can take")]
    Handed(String),
    /// It would hold a secret.
    #[error("cannot hold this plan: a key, a token or a password of this run is in it")]
    Secret,
    /// Its changes have no order.
    #[error("cannot hold this plan")]
    NoOrder(#[source] Box<fleet::Error>),
}

impl Error {
    pub(super) fn new(file: &str, trouble: Trouble) -> Self {
        Self {
            file: file.to_owned(),
            trouble,
        }
    }
}

impl Trouble {
    /// Tells whether it is the file that is no good, or the rules that say no to it.
    fn kind(&self) -> Kind {
        match self {
            Self::Unreadable(_)
            | Self::Unwritable(_)
            | Self::Empty
            | Self::NotAPlan
            | Self::Truncated { .. }
            | Self::Damaged(_)
            | Self::Newer { .. }
            | Self::Field(..)
            | Self::NoOrder(_) => Kind::Invalid,
            Self::NoFingerprint
            | Self::Edited
            | Self::OtherProfile { .. }
            | Self::OtherVendor { .. }
            | Self::OtherHost { .. }
            | Self::Expired { .. }
            | Self::FromTheFuture { .. }
            | Self::Password(_)
            | Self::Handed(_)
            | Self::Secret => Kind::Refused,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Unreadable(_) | Self::Unwritable(_) => return None,
            Self::NoOrder(error) => return error.hint.clone(),
            Self::OtherProfile { made_for, .. } => {
                format!("add --profile {made_for}, or plan again for this one")
            }
            Self::Empty | Self::NotAPlan => {
                "a list of changes that was written with --out is there to be read, and is no plan".to_owned()
            }
            Self::Truncated { .. } | Self::Damaged(_) => {
                "copy the file again from where it was whole, or plan again".to_owned()
            }
            Self::Newer { .. } => "use the deskhand that wrote it, or a later one".to_owned(),
            Self::NoFingerprint | Self::Edited => {
                "what is applied has to be what was planned: change the script or its parameters, and plan again".to_owned()
            }
            Self::Field(..) => "plan again with this deskhand".to_owned(),
            Self::OtherVendor { .. } | Self::OtherHost { .. } => {
                "the profile has changed since: change it back, or plan again".to_owned()
            }
            Self::Expired { .. } => {
                "plan again, as the fleet has changed since; or allow it with --allow-old-plan".to_owned()
            }
            Self::FromTheFuture { .. } => {
                "set the clock of this computer, or of the one that the plan was made on".to_owned()
            }
            Self::Password(_) => {
                "make new users without saving a plan, or invite them: then they choose a password themselves"
                    .to_owned()
            }
            Self::Handed(_) => "ask for the address by itself, without a plan".to_owned(),
            Self::Secret => "look for it in names and comments, and plan without it".to_owned(),
        };
        Some(hint)
    }
}

/// Says how old a plan is in its two largest units: `2 d 1 h old`.
pub(super) fn old(age: SignedDuration) -> String {
    let seconds = age.as_secs();
    let parts = [
        (seconds / 86_400, "d"),
        (seconds / 3_600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .take(2)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    if told.is_empty() {
        return "just made".to_owned();
    }
    format!("{} old", told.join(" "))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.file, self.trouble)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.trouble.source()
    }
}

impl From<Error> for fleet::Error {
    fn from(error: Error) -> Self {
        let mut told = Self::new(error.trouble.kind(), error.to_string());
        told.hint = error.trouble.hint();
        match error.source() {
            Some(source) => told.caused_by(source),
            None => told,
        }
    }
}
