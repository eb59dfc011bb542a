//! `deskhand vnc-connect -help`: the options of the original, and what each runs.

use crate::output::{Cell, Column, Document, Table};

use super::operations::{Argument, OPERATIONS, Operation};

/// What stands over the options.
const ABOUT: &str = "\
deskhand vnc-connect takes the options of RealVNC's sample vnc_connect.ps1 word
for word. Each runs a script of deskhand's own, as its name would:
";

/// What holds for all of them.
const NOTES: &str = "\
Any case will do, and any beginning that no other option has. -Option:value,
-force:$true and -force:$false are understood. Where there is no -force, nobody
is asked; the guards hold for all.

deskhand's own options have two dashes and stand anywhere: --profile NAME,
--demo, --dry-run and whatever else `deskhand --help` lists.

Examples:
  deskhand vnc-connect -listcomputers -withgroups -csv
  deskhand vnc-connect --profile acme -cleanstalecomputers \"90d\" -force
";

/// Returns the mapping as a person reads it, in 80 columns.
pub fn text() -> String {
    let left = |operation: &Operation| {
        if operation.asks() {
            format!("{} {}", operation.typed(), flags(operation))
        } else {
            operation.typed()
        }
    };
    let width = OPERATIONS.iter().map(|operation| left(operation).len()).max();
    let width = width.unwrap_or_default();
    let mut lines = vec![ABOUT.to_owned(), format!("{:width$}  {}", "Option", "deskhand …")];
    for operation in &OPERATIONS {
        lines.push(format!("{:width$}  {}", left(operation), runs(operation)));
        if !operation.asks() && !operation.flags.is_empty() {
            lines.push(format!("    {}", flags(operation)));
        }
    }
    lines.push(String::new());
    lines.push(NOTES.to_owned());
    lines.join("\n")
}

/// Returns the mapping as a table.
pub fn mapping() -> Document {
    let mut table = Table::new(vec![
        Column::new("option", "Option", "Option"),
        Column::new("runs", "Runs", "Runs"),
        Column::new("flags", "With", "With"),
    ]);
    table.rows = OPERATIONS
        .iter()
        .map(|operation| {
            vec![
                Cell::text(operation.typed()),
                Cell::text(format!("deskhand {}", runs(operation))),
                Cell::text(flags(operation)),
            ]
        })
        .collect();
    Document::Table(table)
}

/// Returns what may stand beside an operation.
fn flags(operation: &Operation) -> String {
    let flags: Vec<String> = operation.flags.iter().map(|flag| flag.typed()).collect();
    flags.join(" ")
}

/// Returns what is run instead.
fn runs(operation: &Operation) -> String {
    let mut words = vec![operation.script.to_owned()];
    words.extend(operation.words.iter().map(|&word| word.to_owned()));
    words.extend(places(operation.argument));
    words.join(" ")
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
