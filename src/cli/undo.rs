//! `deskhand undo`: plans the way back from what a run did, and makes it, through the one door like all others.

use crate::plan::undo::{Left, Undo};

use super::args::{Globals, OfRun};
use super::failure::{Failure, code};
use super::past::Past;
use super::process::Process;
use super::ui::Ui;

/// Plans the inverse of a run, says what of it cannot be taken back, and makes the rest.
pub fn run(process: &Process, globals: &Globals, of: &OfRun, ui: &Ui) -> Result<u8, Failure> {
    let past = Past::open(process, globals, ui, &of.run, "undo")?;
    let Undo { proposals, left } = Undo::of(&past.run);
    ui.listed("not undone", left.iter().map(told));
    if proposals.is_empty() {
        ui.note(&format!(
            "run {} did nothing that can be undone",
            past.run.head.run
        ));
        past.bound.connector.shut_down();
        return Ok(code::DONE);
    }
    past.make(process, ui, |_| Ok(proposals))
}

/// Says what stays, and why.
pub fn told(left: &Left) -> String {
    format!("{}: {}", left.change, left.why)
}
