//! `deskhand journal show`: the changes of a run, for people.

use crate::output::{Cell, Column, Document, Table};
use crate::plan::journal::{self, Entry, Run, State, Summary};

use super::super::args::Globals;
use super::super::failure::{Failure, code};
use super::super::process::Process;
use super::super::show::show;
use super::super::ui::Ui;
use super::folder;
use super::rows::{change, count, note, outcome, reason};

/// Shows a row for each change, and says what run it was.
pub fn run(process: &Process, globals: &Globals, name: &str, ui: &Ui) -> Result<u8, Failure> {
    let path = journal::find(&folder(process)?, name)?;
    let run = journal::read(&path)?;
    let mut table = Table::new(vec![
        Column::new("change", "Change", "Change"),
        Column::new("target", "Target", "Target"),
        Column::new("to", "To", "To"),
        Column::new("outcome", "Outcome", "Outcome"),
        Column::new("at", "At", "At"),
        Column::new("reason", "Reason", "Reason").optional(),
        Column::new("note", "Note", "Note").optional(),
        Column::new("number", "No.", "Number").optional(),
        Column::new("id", "Id", "ID").optional(),
    ]);
    table.name_column = 1;
    table.rows = run.entries.iter().map(row).collect();
    show(&Document::Table(table), process, globals, ui)?;
    let summary = journal::summary(&path)?;
    ui.note(&told(&run, &summary));
    remark(&run, ui);
    if let Some(left) = left(&summary) {
        ui.note(&left);
    }
    Ok(code::DONE)
}

fn row(entry: &Entry) -> Vec<Cell> {
    let came = entry.came.as_ref();
    let mut row = change(entry).to_vec();
    row.extend([
        outcome(entry),
        Cell::maybe(came.map(|came| came.at).or(entry.begun), Cell::Time),
        reason(entry),
        note(came),
        count(entry.number.get()),
        Cell::text(entry.proposal.change.target_id()),
    ]);
    row
}

/// Says what run it was, in a line.
fn told(run: &Run, summary: &Summary) -> String {
    let head = &run.head;
    let state = match summary.state {
        State::Ended(at) => format!("ended {at}"),
        State::Running => "still running".to_owned(),
        State::Interrupted => "broken off".to_owned(),
    };
    let relaxed = match run.relaxed().as_slice() {
        [] => String::new(),
        relaxed => format!(", with {}", relaxed.join(" ")),
    };
    format!(
        "run {}: {} of profile `{}` ({}, {}){relaxed}; started {}, {state}",
        head.run, head.what, head.profile, head.vendor, head.host, head.started
    )
}

/// Says what is left of a run that is not at it any more, and how to go on.
fn left(
    Summary {
        head, counts, state, ..
    }: &Summary,
) -> Option<String> {
    if *state == State::Running || counts.left() == 0 {
        return None;
    }
    Some(format!(
        "{} in flight, {} not begun; go on with: deskhand apply --resume {}",
        counts.in_flight, counts.not_begun, head.run
    ))
}

/// Says what is to be kept in mind when one reads it.
pub(super) fn remark(run: &Run, ui: &Ui) {
    if let Some(policy) = run.policy() {
        ui.note(&format!("decided by {policy}"));
    }
    for at in &run.resumed {
        ui.note(&format!("it was resumed {at}"));
    }
    if let Some(line) = run.torn {
        ui.warn(&format!(
            "line {line} of the journal, its last, was not written whole and is left out"
        ));
    }
}
