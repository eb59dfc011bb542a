//! What came of a change, and how the fleet stands to it.

use std::fmt;

use super::Error;
use crate::secret::Secret;

/// How the fleet stands to a change, read back from the vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observed {
    /// As it was when the change was decided on.
    Before,
    /// As the change wants it.
    After,
    /// Neither: somebody else changed it. The two texts say what was expected and what is.
    Other {
        /// What the decision rested on.
        was: String,
        /// What the vendor says now.
        now: String,
    },
    /// The target is not in the team any more.
    Gone {
        /// What the decision rested on.
        was: String,
    },
    /// The target is there, and the vendor has no way to show how it stands to the change.
    Unseen,
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Carried out, and the vendor says so. The note, if any, is something the user should know.
    Done(Option<String>),
    /// Carried out, and the vendor has handed out a secret.
    Issued(Secret),
    /// Nothing to do: it was so before.
    AlreadySo,
    /// Only looked at: a dry run.
    Planned,
    /// Left alone because the target is not as it was when the change was decided on.
    Drifted {
        /// What the decision rested on.
        was: String,
        /// What the vendor says now.
        now: String,
    },
    /// Not carried out.
    Failed(Error),
    /// Sent, and nobody can say whether it was carried out.
    Unknown(Error),
}

impl Outcome {
    /// Returns it in a word that scripts and programs can go by.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Done(_) | Self::Issued(_) => "done",
            Self::AlreadySo => "already_so",
            Self::Planned => "planned",
            Self::Drifted { .. } => "drifted",
            Self::Failed(_) => "failed",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Tells whether the change was not made, or may not have been.
    pub fn is_left_undone(&self) -> bool {
        match self {
            Self::Drifted { .. } | Self::Failed(_) | Self::Unknown(_) => true,
            Self::Done(_) | Self::Issued(_) | Self::AlreadySo | Self::Planned => false,
        }
    }

    /// Returns what there is to say of it beyond the word.
    pub fn note(&self) -> Option<String> {
        match self {
            Self::Done(note) => note.clone(),
            Self::Drifted { was, now } => Some(format!("was {was}, is {now}")),
            Self::Failed(error) | Self::Unknown(error) => Some(error.message.clone()),
            Self::Issued(_) | Self::AlreadySo | Self::Planned => None,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(None) | Self::Issued(_) => f.write_str("done"),
            Self::Done(Some(note)) => write!(f, "done: {note}"),
            Self::AlreadySo => f.write_str("so already"),
            Self::Planned => f.write_str("planned"),
            Self::Drifted { was, now } => write!(f, "left alone: was {was}, is {now}"),
            Self::Failed(error) => write!(f, "failed: {error}"),
            Self::Unknown(error) => write!(f, "unknown: {error}"),
        }
    }
}
