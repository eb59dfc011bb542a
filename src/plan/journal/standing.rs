//! How far a change has come, and how many have come how far.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Word;

/// How far a change has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was decided on, and nothing was sent.
    NotBegun,
    /// It was begun, with nothing written of what came of it.
    InFlight,
    /// It is known what came of it.
    Settled(Word),
}

impl Standing {
    /// Returns it in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotBegun => "not_begun",
            Self::InFlight => "in_flight",
            Self::Settled(word) => word.as_str(),
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How many changes of a run came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Carried out.
    pub done: u64,
    /// So before.
    pub already_so: u64,
    /// Not carried out, or left alone because the target had changed.
    pub failed: u64,
    /// Sent, with nobody to say what came of it.
    pub unknown: u64,
    /// Begun, with nothing written of what came of it.
    pub in_flight: u64,
    /// Decided on, with nothing sent.
    pub not_begun: u64,
}

impl Counts {
    /// Returns how many changes somebody has still to see to, if the run is not at it.
    pub fn left(&self) -> u64 {
        self.in_flight + self.not_begun
    }
}

impl FromIterator<Standing> for Counts {
    fn from_iter<I: IntoIterator<Item = Standing>>(standings: I) -> Self {
        let mut counts = Self::default();
        for standing in standings {
            match standing {
                Standing::NotBegun => counts.not_begun += 1,
                Standing::InFlight => counts.in_flight += 1,
                Standing::Settled(Word::Done | Word::Issued) => counts.done += 1,
                Standing::Settled(Word::AlreadySo) => counts.already_so += 1,
                Standing::Settled(Word::Drifted | Word::Failed) => counts.failed += 1,
                Standing::Settled(Word::Unknown) => counts.unknown += 1,
                Standing::Settled(Word::Planned) => {}
            }
        }
        counts
    }
}
