//! `deskhand vnc-connect -help`: the options of the original, and what each runs.

use crate::output::{Cell, Column, Document, Table};

use super::operations::{Argument, OPERATIONS, Operation};

/// Returns the mapping as a table.
pub fn mapping() -> Document {
    let mut table = Table::new(vec![
        Column::new("option", "Option", "Option"),
        Column::new("runs", "Runs", "Runs"),
        Column::new("flags", "With", "With"),
    ]);
    table.rows = OPERATIONS.iter().map(row).collect();
    Document::Table(table)
}

fn row(operation: &Operation) -> Vec<Cell> {
    let flags: Vec<String> = operation.flags.iter().map(|flag| flag.typed()).collect();
    let mut runs = vec!["deskhand".to_owned(), operation.script.to_owned()];
    runs.extend(operation.words.iter().map(|&word| word.to_owned()));
    runs.extend(places(operation.argument));
    vec![
        Cell::text(operation.typed()),
        Cell::text(runs.join(" ")),
        Cell::text(flags.join(" ")),
    ]
}

/// Returns what the script takes for an argument, in the words of its help; nothing where it takes nothing.
fn places(argument: Argument) -> Option<String> {
    Some(match argument {
        Argument::None => return None,
        Argument::One(what) => what.split(' ').next_back().unwrap_or(what).to_uppercase(),
        Argument::Rename => "CURRENT NEW".to_owned(),
        Argument::GroupAndComputer => "GROUP COMPUTER".to_owned(),
        Argument::GroupAndUser => "GROUP EMAIL".to_owned(),
        Argument::Invitation => "EMAIL --roles ROLE,ROLE".to_owned(),
        Argument::Roles => "EMAIL ROLE,ROLE".to_owned(),
    })
}
