//! `deskhand journal list`: all runs, and what came of them.

use crate::output::{Cell, Column, Document, Table};
use crate::plan::journal::{self, Listed, State, Summary};

use super::super::args::Globals;
use super::super::failure::{Failure, code};
use super::super::process::Process;
use super::super::show::show;
use super::super::ui::Ui;
use super::folder;
use super::rows::count;

/// Lists the runs; one whose journal cannot be read is listed with what is wrong with it.
pub fn run(process: &Process, globals: &Globals, ui: &Ui) -> Result<u8, Failure> {
    let folder = folder(process)?;
    let mut table = Table::new(vec![
        Column::new("run", "Run", "Run"),
        Column::new("profile", "Profile", "Profile"),
        Column::new("started", "Started", "Started"),
        Column::new("done", "Done", "Done"),
        Column::new("failed", "Failed", "Failed"),
        Column::new("unknown", "Unknown", "Unknown"),
        Column::new("in_flight", "In flight", "InFlight"),
        Column::new("not_begun", "Not begun", "NotBegun"),
        Column::new("state", "State", "State"),
        Column::new("trouble", "Trouble", "Trouble").optional(),
        Column::new("what", "What", "What").optional(),
        Column::new("already_so", "So already", "AlreadySo").optional(),
        Column::new("resumed", "Resumed", "Resumed").optional(),
        Column::new("ended", "Ended", "Ended").optional(),
        Column::new("vendor", "Vendor", "Vendor").optional(),
        Column::new("host", "Host", "Host").optional(),
    ]);
    let runs = journal::list(&folder)?;
    table.rows = runs.iter().map(row).collect();
    show(&Document::Table(table), process, globals, ui)?;
    if runs.is_empty() {
        ui.note(&format!("{} has no journals", folder.display()));
    }
    if runs.iter().any(was_broken_off) {
        ui.note("an interrupted run goes on with: deskhand apply --resume RUN");
    }
    Ok(code::DONE)
}

/// Tells whether a run was broken off before all its changes were made.
fn was_broken_off(listed: &Listed) -> bool {
    listed
        .found
        .as_ref()
        .is_ok_and(|run| run.state == State::Interrupted && run.counts.left() > 0)
}

fn row(listed: &Listed) -> Vec<Cell> {
    let mut row = vec![Cell::text(&listed.run)];
    match &listed.found {
        Ok(summary) => row.extend(found(summary)),
        Err(error) => {
            row.resize(8, Cell::Null);
            row.push(Cell::text("damaged"));
            let causes = error.causes.iter().map(|cause| format!(": {cause}"));
            row.push(Cell::text(format!("{error}{}", causes.collect::<String>())));
        }
    }
    row
}

fn found(summary: &Summary) -> Vec<Cell> {
    let Summary {
        head,
        counts,
        resumed,
        state,
    } = summary;
    let (word, ended) = match state {
        State::Ended(at) => ("ended", Cell::Time(*at)),
        State::Running => ("running", Cell::Null),
        State::Interrupted => ("interrupted", Cell::Null),
    };
    vec![
        Cell::text(&head.profile),
        Cell::Time(head.started),
        count(counts.done),
        count(counts.failed),
        count(counts.unknown),
        count(counts.in_flight),
        count(counts.not_begun),
        Cell::text(word),
        Cell::Null,
        Cell::text(&head.what),
        count(counts.already_so),
        count(*resumed),
        ended,
        Cell::text(head.vendor.as_str()),
        Cell::text(&head.host),
    ]
}
