//! The parts of a change that a row is made of.

use serde::Serialize;

use crate::output::Cell;
use crate::plan::Reason;
use crate::plan::journal::{Came, Entry};

/// Returns a count.
pub fn count(number: u64) -> Cell {
    i64::try_from(number).map_or_else(|_| Cell::text(number.to_string()), Cell::Int)
}

/// Returns what was to be done, to whom, and how that would be then.
pub fn change(entry: &Entry) -> [Cell; 3] {
    let change = &entry.proposal.change;
    [
        Cell::text(change.verb()),
        Cell::text(change.target()),
        Cell::text(change.result()),
    ]
}

/// Returns the word of what came of it, or of how far it has come.
pub fn outcome(entry: &Entry) -> Cell {
    Cell::text(entry.stands().as_str())
}

/// Returns why it was to be done.
pub fn reason(entry: &Entry) -> Cell {
    Cell::maybe(entry.proposal.reason.as_ref(), |reason| {
        Cell::Text(match reason {
            Reason::Stale { last_seen, cutoff } => format!("last seen {last_seen}, before {cutoff}"),
            Reason::DuplicateOf { survivor } => {
                format!("another record of '{}' ({})", survivor.name, survivor.id)
            }
            Reason::Named => "named by the user".to_owned(),
            Reason::Chosen(why) => why.clone(),
        })
    })
}

/// Returns what there is to say of what came of it: a note, or what went wrong.
pub fn note(came: Option<&Came>) -> Cell {
    let told = came.and_then(|came| {
        let error = came.error.as_ref().map(|error| &error.message);
        came.note.as_ref().or(error)
    });
    Cell::maybe(told, Cell::text)
}

/// Returns something with all its parts; nothing where it has none.
pub fn parts(of: &impl Serialize) -> Cell {
    serde_json::to_value(of).map_or(Cell::Null, |value| Cell::from(&value))
}
