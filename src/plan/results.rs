//! What came of the changes of a plan, a row each.

use crate::fleet::Outcome;
use crate::output::{Cell, Column, Place, Table};

use super::{Proposal, preview};

/// What is said of a change that an interruption has left unsent.
pub const NOT_SENT: &str = "not_sent";

/// The heading of the column that says which change it is, in CSV.
pub const CHANGE: &str = "Change";

/// Where the note stands in a row.
const NOTE: usize = 4;

/// Makes the table of changes and what came of each; nothing came of those that were not sent.
pub fn table<'a>(rows: impl IntoIterator<Item = (&'a Proposal, Option<&'a Outcome>)>) -> Table {
    table_of(rows.into_iter().map(|(proposal, outcome)| row(proposal, outcome)))
}

/// Makes such a table of rows from [`row`] and [`Aside::row`].
pub fn table_of(rows: impl IntoIterator<Item = Vec<Cell>>) -> Table {
    let columns = preview::FIRST
        .map(|(key, title, csv)| Column::new(key, title, csv))
        .into_iter()
        .chain(only())
        .chain([Column::new("id", "Id", "ID").optional()])
        .chain(preview::particulars().into_iter().map(Column::asked));
    let mut table = Table {
        rows: rows.into_iter().collect(),
        name_column: 1,
        ..Table::new(columns.collect())
    };
    // Why something was not made has to be seen on a narrow terminal, too.
    if table.rows.iter().any(|row| *Table::at(row, NOTE) != Cell::Null) {
        table.columns[NOTE].place = Place::Shown;
    }
    table
}

/// The columns that only these tables show.
pub(super) fn only() -> impl Iterator<Item = Column> {
    [
        Column::new("outcome", "Outcome", "Outcome"),
        Column::new("note", "Note", "Note").optional(),
    ]
    .into_iter()
}

/// Makes the row of a change.
pub fn row(proposal: &Proposal, outcome: Option<&Outcome>) -> Vec<Cell> {
    let change = &proposal.change;
    let mut row = Aside {
        verb: change.verb(),
        target: &change.target(),
        to: Some(&change.result()),
        outcome: outcome.map_or(NOT_SENT, Outcome::word),
        note: outcome.and_then(Outcome::note).as_deref(),
        id: change.target_id(),
    }
    .row();
    row.extend(preview::told(proposal));
    row
}

/// Something for which no change is made, and which is told among the changes all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aside<'a> {
    /// What was done, or would have been, in a word.
    pub verb: &'a str,
    /// The name of what it is about.
    pub target: &'a str,
    /// How that is then.
    pub to: Option<&'a str>,
    /// What came of it, in a word.
    pub outcome: &'a str,
    /// What there is to say of it beyond the word.
    pub note: Option<&'a str>,
    /// The vendor's identifier of what it is about; empty where there is none.
    pub id: &'a str,
}

impl Aside<'_> {
    /// Makes its row.
    pub fn row(&self) -> Vec<Cell> {
        vec![
            Cell::text(self.verb),
            Cell::text(self.target),
            Cell::maybe(self.to, Cell::text),
            Cell::text(self.outcome),
            Cell::maybe(self.note, Cell::text),
            Cell::maybe((!self.id.is_empty()).then_some(self.id), Cell::text),
        ]
    }
}
