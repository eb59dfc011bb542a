//! What stands in a journal.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fleet::{Error, Outcome, Vendor};
use crate::plan::Binding;

use super::{Counts, RunId};

/// Which run it is, and what was allowed to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The run's name.
    pub run: RunId,
    /// The profile that it wrote through.
    pub profile: String,
    /// Whose fleet it is.
    pub vendor: Vendor,
    /// The host that was written to, for a profile may point elsewhere one day.
    pub host: String,
    /// The version of deskhand.
    pub program: String,
    /// When it started.
    pub started: Timestamp,
    /// The script or the verb.
    pub what: String,
}

impl Head {
    /// Returns whose fleet it was about.
    pub fn binding(&self) -> Binding {
        Binding {
            profile: self.profile.clone(),
            vendor: self.vendor,
            host: self.host.clone(),
        }
    }
}

/// What is said of a plan before its changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanHead {
    /// The rules that were relaxed for it, each with the flag or the setting that did it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relaxed: Vec<String>,
    /// The cleanup policy of the user's own that had a say in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// How many changes it has: fewer behind it are what is left of a plan that was not written whole.
    pub changes: u64,
}

/// The number of a change within its run, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Number(u64);

impl Number {
    /// Returns the number of the change that has so many before it.
    pub(super) fn after(before: usize) -> Self {
        Self(before as u64 + 1)
    }

    /// Returns how many changes come before it.
    pub(super) fn before(self) -> Option<usize> {
        usize::try_from(self.0).ok()?.checked_sub(1)
    }

    /// Returns it as a plain number.
    pub fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A change that was decided on; with a reference where it is written, and with the proposal itself where it is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Planned<P> {
    pub(super) number: Number,
    pub(super) proposal: P,
}

/// A change that is about to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Intent {
    pub(super) number: Number,
    pub(super) at: Timestamp,
}

/// What came of a change, and which one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Settled {
    pub(super) number: Number,
    #[serde(flatten)]
    pub(super) came: Came,
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Came {
    /// When it was known.
    pub at: Timestamp,
    /// The outcome in a word.
    pub outcome: Word,
    /// What the user should know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What went wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Told>,
}

/// An outcome in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// Carried out.
    Done,
    /// Carried out, and the vendor handed out a secret, which is not kept.
    Issued,
    /// It was so before.
    AlreadySo,
    /// Only looked at.
    Planned,
    /// Left alone, as the target had changed.
    Drifted,
    /// Not carried out.
    Failed,
    /// Sent, and nobody can say whether it was carried out.
    Unknown,
}

impl Word {
    /// Returns the word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Issued => "issued",
            Self::AlreadySo => "already_so",
            Self::Planned => "planned",
            Self::Drifted => "drifted",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// An error as it was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The word of its [`Kind`](crate::fleet::Kind).
    pub kind: String,
    /// What happened.
    pub message: String,
    /// The HTTP status, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What lay beneath, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
}

impl Came {
    /// Takes down an outcome; a secret that was handed out stays out of it.
    pub(super) fn of(at: Timestamp, outcome: &Outcome) -> Self {
        let (word, note, error) = match outcome {
            Outcome::Done(note) => (Word::Done, note.clone(), None),
            Outcome::Issued(_) => (Word::Issued, None, None),
            Outcome::AlreadySo => (Word::AlreadySo, None, None),
            Outcome::Planned => (Word::Planned, None, None),
            Outcome::Drifted { was, now } => (Word::Drifted, Some(format!("was {was}, is {now}")), None),
            Outcome::Failed(error) => (Word::Failed, None, Some(Told::of(error))),
            Outcome::Unknown(error) => (Word::Unknown, None, Some(Told::of(error))),
        };
        Self {
            at,
            outcome: word,
            note,
            error,
        }
    }
}

impl Told {
    fn of(error: &Error) -> Self {
        Self {
            kind: error.kind.as_str().to_owned(),
            message: error.message.clone(),
            status: error.status,
            hint: error.hint.clone(),
            causes: error.causes.clone(),
        }
    }
}

/// Another process goes on with the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Resumed {
    /// Since when.
    pub(super) at: Timestamp,
    /// Its version of deskhand.
    pub(super) program: String,
}

/// The end of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// When it ended.
    pub at: Timestamp,
    /// What came of its changes.
    pub counts: Counts,
    /// How many times it was resumed before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub resumed: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}
