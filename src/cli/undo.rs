//! `deskhand undo`: plans the way back from what a run did, and makes it, through the one door like all others.

use crate::fleet::Outcome;
use crate::output::{Cell, Table};
use crate::plan::Proposal;
use crate::plan::journal::Run;
use crate::plan::results::{self, Aside};
use crate::plan::undo::{Left, Undo};

use super::args::{Globals, OfRun};
use super::failure::Failure;
use super::past::{Past, tell_left};
use super::process::Process;
use super::ui::Ui;

/// What the runs of this verb are called in their journals, before the run that they undo.
const VERB: &str = "undo";

/// Plans the inverse of a run, says what of it cannot be taken back, and makes the rest.
pub fn run(process: &Process, globals: &Globals, of: &OfRun, ui: &Ui) -> Result<u8, Failure> {
    let past = Past::open(process, globals, ui, &of.run, VERB)?;
    let Undo { proposals, left } = Undo::of(&past.run);
    remark(&past.run, ui);
    tell_left("not undone", &left, ui);
    if proposals.is_empty() {
        ui.note("it did nothing that can be undone");
        return past.make_nothing(process, globals, ui, table(&left, &[]));
    }
    past.make(
        process,
        ui,
        |_| Ok((proposals, left)),
        |left, came| table(&left, &came),
    )
}

/// Says what is to be known of a run before it is taken back.
fn remark(run: &Run, ui: &Ui) {
    let name = &run.head.run;
    if run.head.what.split(' ').next() == Some(VERB) {
        ui.note("it was an undo itself: to take it back makes again what it had undone");
    }
    let begun = match run.counts().not_begun {
        0 => return,
        1 => "1 of its changes was never begun".to_owned(),
        many => format!("{many} of its changes were never begun"),
    };
    ui.note(&format!(
        "{begun}; `deskhand apply --resume {name}` would still make what is left"
    ));
}

/// Makes a row for each change that takes something back, and then for each that stays.
fn table(left: &[Left], came: &[(Proposal, Outcome)]) -> Table {
    let back = came
        .iter()
        .map(|(proposal, outcome)| results::row(proposal, Some(outcome)));
    results::table_of(back.chain(left.iter().map(stays)))
}

fn stays(Left { change, why }: &Left) -> Vec<Cell> {
    Aside {
        verb: change.verb(),
        target: &change.target(),
        to: Some(&change.result()),
        outcome: "not_undone",
        note: Some(why),
        id: change.target_id(),
    }
    .row()
}
