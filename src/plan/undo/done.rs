//! What a journal tells of whether a change was made.

use crate::plan::journal::{Entry, Standing, Word};

/// Whether a change that was sent was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It was.
    Yes,
    /// Nobody knows; the text says what is known of it.
    NobodyKnows(String),
}

impl Done {
    /// Reads it from a journal; nothing of a change that was certainly not made.
    pub fn of(entry: &Entry) -> Option<Self> {
        match entry.stands() {
            Standing::Settled(Word::Done | Word::Issued) => Some(Self::Yes),
            Standing::Settled(Word::Unknown) => {
                let error = entry.came.as_ref().and_then(|came| came.error.as_ref());
                Some(Self::NobodyKnows(error.map_or_else(
                    || "no clear answer came".to_owned(),
                    |error| error.message.clone(),
                )))
            }
            Standing::InFlight => Some(Self::NobodyKnows(
                "the run was broken off before an answer came".to_owned(),
            )),
            Standing::Settled(Word::AlreadySo | Word::Planned | Word::Drifted | Word::Failed)
            | Standing::NotBegun => None,
        }
    }
}
