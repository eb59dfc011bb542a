//! What came of the changes of a plan, a row each.

use crate::fleet::Outcome;
use crate::output::{Cell, Column, Table};

use super::Proposal;

/// What is said of a change that an interruption has left unsent.
const NOT_SENT: &str = "not_sent";

/// Makes the table of changes and what came of each; nothing came of those that were not sent.
pub fn table<'a>(rows: impl IntoIterator<Item = (&'a Proposal, Option<&'a Outcome>)>) -> Table {
    let columns = vec![
        Column::new("change", "Change", "Change"),
        Column::new("target", "Target", "Target"),
        Column::new("to", "To", "To"),
        Column::new("outcome", "Outcome", "Outcome"),
        Column::new("note", "Note", "Note").optional(),
        Column::new("id", "Id", "ID").optional(),
    ];
    Table {
        rows: rows
            .into_iter()
            .map(|(proposal, outcome)| row(proposal, outcome))
            .collect(),
        name_column: 1,
        ..Table::new(columns)
    }
}

fn row(Proposal { change, .. }: &Proposal, outcome: Option<&Outcome>) -> Vec<Cell> {
    let id = change.target_id();
    vec![
        Cell::text(change.verb()),
        Cell::text(change.target()),
        Cell::text(change.result()),
        Cell::text(outcome.map_or(NOT_SENT, Outcome::word)),
        Cell::maybe(outcome.and_then(Outcome::note), Cell::Text),
        Cell::maybe((!id.is_empty()).then_some(id), Cell::text),
    ]
}
