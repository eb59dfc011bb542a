//! What removals take away, as CSV: under the headings of all lists of computers, so that it can be opened in a
//! spreadsheet, or read by whoever has to bring a machine back without deskhand.
//!
//! Computers only: what is kept of users stands in the journal.

use std::io;
use std::path::{Path, PathBuf};

use crate::fleet::Change;
use crate::output::{Cell, Column, Table, csv_headings, csv_rows};
use crate::plan::{Kept, KeptComputer, Proposal};
use crate::secret::Redactor;

/// Returns the path of the file that belongs to a journal.
pub(super) fn path_beside(journal: &Path) -> PathBuf {
    journal.with_extension("removed.csv")
}

/// Returns the line of headings.
pub(super) fn headings() -> io::Result<String> {
    csv_headings(&table(Vec::new()))
}

/// Returns a row for each removal of a computer among some changes; nothing where there is none.
pub(super) fn rows<'a>(
    proposals: impl IntoIterator<Item = &'a Proposal>,
    redactor: &Redactor,
) -> io::Result<String> {
    let rows: Vec<Vec<Cell>> = proposals
        .into_iter()
        .filter_map(|proposal| row(proposal, redactor))
        .collect();
    csv_rows(&table(rows))
}

/// Splits such a file into its whole rows, headings and line ends among them; a part of one behind them is left out. What
/// stands between quotes may go over several lines, and every field does.
pub(super) fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let mut quoted = false;
    let mut rows: Vec<&[u8]> = bytes
        .split_inclusive(|byte| {
            quoted ^= *byte == b'"';
            *byte == b'\n' && !quoted
        })
        .collect();
    if quoted || bytes.last() != Some(&b'\n') {
        rows.pop();
    }
    rows
}

fn table(rows: Vec<Vec<Cell>>) -> Table {
    let headings = [
        "Name",
        "EntryID",
        "LastSeenTime",
        "Groups",
        "System",
        "Host",
        "MAC",
        "User",
        "Comment",
    ];
    Table {
        rows,
        ..Table::new(headings.map(Column::named).into())
    }
}

fn row(proposal: &Proposal, redactor: &Redactor) -> Option<Vec<Cell>> {
    let Change::RemoveComputer { computer } = &proposal.change else {
        return None;
    };
    let text = |text: &str| Cell::text(redactor.redact(text));
    let mut row = vec![text(&computer.name), text(computer.id.as_str())];
    if let Some(Kept::Computer(kept)) = &proposal.before {
        let KeptComputer {
            last_seen,
            groups,
            host,
            os,
            macs,
            user,
            comment,
            ..
        } = kept.as_ref();
        let maybe = |value: &Option<String>| Cell::maybe(value.as_deref(), text);
        row.extend([
            Cell::maybe(*last_seen, Cell::Time),
            Cell::maybe(groups.as_ref(), |groups| {
                Cell::List(groups.iter().map(|group| text(&group.name)).collect())
            }),
            maybe(os),
            maybe(host),
            Cell::List(macs.iter().map(|mac| text(mac)).collect()),
            maybe(user),
            maybe(comment),
        ]);
    }
    Some(row)
}
