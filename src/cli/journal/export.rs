//! `deskhand journal export`: all that is known of the changes of a run, for programs.

use crate::output::{Cell, Column, Document, Format, Table};
use crate::plan::journal::{self, Entry};

use super::super::args::Globals;
use super::super::failure::{Failure, code};
use super::super::process::Process;
use super::super::show::show;
use super::super::ui::Ui;
use super::folder;
use super::rows::{change, count, note, outcome, parts, reason};
use super::show::remark;

/// Writes a row for each change. Where no format is asked for, by option or by the name of a file, it is JSON lines.
pub fn run(process: &Process, globals: &Globals, name: &str, ui: &Ui) -> Result<u8, Failure> {
    let run = journal::read(&journal::find(&folder(process)?, name)?)?;
    let mut globals = globals.clone();
    let display = &mut globals.display;
    let named = display.file().and_then(Format::of_file);
    display.output = display.output.or(named).or(Some(Format::JsonLines));
    let columns = [
        ("number", "Number"),
        ("plan", "Plan"),
        ("at", "At"),
        ("change", "Change"),
        ("target", "Target"),
        ("to", "To"),
        ("id", "ID"),
        ("reason", "Reason"),
        ("outcome", "Outcome"),
        ("settled", "Settled"),
        ("note", "Note"),
        ("error", "Error"),
        ("proposed", "Proposed"),
        ("before", "Before"),
    ];
    let mut table = Table::new(columns.map(|(key, name)| Column::new(key, name, name)).into());
    table.name_column = 4;
    table.rows = run.entries.iter().map(row).collect();
    show(&Document::Table(table), process, &globals, ui)?;
    remark(&run, ui);
    Ok(code::DONE)
}

fn row(entry: &Entry) -> Vec<Cell> {
    let came = entry.came.as_ref();
    let proposal = &entry.proposal;
    let mut row = vec![
        count(entry.number.get()),
        count(entry.plan as u64 + 1),
        Cell::maybe(entry.begun, Cell::Time),
    ];
    row.extend(change(entry));
    row.extend([
        Cell::text(proposal.change.target_id()),
        reason(entry),
        outcome(entry),
        Cell::maybe(came, |came| Cell::Time(came.at)),
        note(came),
        parts(&came.and_then(|came| came.error.as_ref())),
        parts(&proposal.change),
        parts(&proposal.before),
    ]);
    row
}
