//! What would be changed, for people and for files: a [`Summary`] that counts, and a [`table`] with a row a change.
//!
//! A dry run, a question and a saved plan all show this. In a table the columns without anything in them are not there;
//! CSV and JSON have all of them, one a field of the proposal, but for the vendor's whole record. A column of what came of changes can be
//! asked for here, too, and is empty: whoever chooses columns chooses them for the dry run and the run.

mod row;
mod summary;

use crate::output::{Cell, Column, Place, Table};

use super::{LeftAlone, Proposal, results};

pub use summary::Summary;

/// What a change is, to whom, and what becomes of it: the columns of every table of changes.
pub(super) const FIRST: [(&str, &str, &str); 3] = [
    ("change", "Change", results::CHANGE),
    ("target", "Target", "Target"),
    ("to", "To", "To"),
];

/// What somebody who agrees has to have seen: where there is anything in it, a terminal that is too narrow leaves out all
/// else first.
const LAST_TO_GO: [&str; 3] = ["exposure", "why_not", "why"];

/// Makes the table of proposals: what is done to whom and why, how it is then, and what of it cannot be undone.
pub fn table<'a>(proposals: impl IntoIterator<Item = &'a Proposal>) -> Table {
    let columns = FIRST
        .map(|(key, title, csv)| Column::new(key, title, csv))
        .into_iter()
        .chain([Column::new("id", "Id", "ID").optional()])
        .chain(particulars())
        .chain(results::only().map(Column::asked));
    let mut table = Table {
        name_column: 1,
        rows: proposals.into_iter().map(row::row).collect(),
        ..Table::new(columns.collect())
    };
    for at in 0..table.columns.len() {
        let is_told = |row: &Vec<Cell>| *Table::at(row, at) != Cell::Null;
        if LAST_TO_GO.contains(&table.columns[at].key.as_str()) && table.rows.iter().any(is_told) {
            table.columns[at].place = Place::Shown;
        }
    }
    table
}

/// What is known of a change before it is made, apart from what it is and to whom.
pub(super) fn particulars() -> Vec<Column> {
    vec![
        Column::new("exposure", "Exposure", "Exposure").optional(),
        Column::new("why_not", "Cannot be undone", "WhyNotReversible").optional(),
        Column::new("why", "Why", "Why").optional(),
        Column::new("last_seen", "Last seen", "LastSeenTime").optional(),
        Column::new("presence", "Presence", "Presence").optional(),
        Column::new("groups", "Groups", "Groups").optional(),
        Column::new("reversible", "Reversible", "Reversible").data_only(),
        Column::new("reason", "Reason", "Reason").data_only(),
        Column::new("cutoff", "Cutoff", "Cutoff").data_only(),
        Column::new("survivor", "Survivor", "Survivor").data_only(),
        Column::new("survivor_id", "Survivor's id", "SurvivorID").data_only(),
        Column::new("name", "Name", "Name").data_only(),
        Column::new("host", "Host", "Host").data_only(),
        Column::new("os", "System", "OS").data_only(),
        Column::new("macs", "MAC addresses", "MACs").data_only(),
        Column::new("assigned_to", "Assigned to", "AssignedTo").data_only(),
        Column::new("comment", "Comment", "Comment").data_only(),
        Column::new("roles", "Roles", "Roles").data_only(),
        Column::new("group", "Group", "Group").data_only(),
        Column::new("group_id", "Group's id", "GroupID").data_only(),
        Column::new("default_access", "Default access", "DefaultAccess").data_only(),
        Column::new("user", "User", "User").data_only(),
        Column::new("user_id", "User's id", "UserID").data_only(),
        Column::new("computers", "Computers", "Computers").data_only(),
        Column::new("two_factor", "Two factors", "TwoFactor").data_only(),
        Column::new("sso", "Single sign-on", "SSO").data_only(),
    ]
}

/// Returns the cells under [`particulars`].
pub(super) fn told(proposal: &Proposal) -> Vec<Cell> {
    row::row(proposal).split_off(FIRST.len() + 1)
}

/// Makes the table of what was looked at and left alone, each with why.
pub fn left_alone(kept: &[LeftAlone]) -> Table {
    let row = |one: &LeftAlone| {
        vec![
            Cell::text(&one.name),
            Cell::text(&one.why),
            Cell::maybe(one.id.as_ref(), Cell::text),
        ]
    };
    Table {
        rows: kept.iter().map(row).collect(),
        ..Table::new(vec![
            Column::new("name", "Name", "Name"),
            Column::new("why", "Why", "Why"),
            Column::new("id", "Id", "ID").optional(),
        ])
    }
}

#[cfg(test)]
mod tests;
