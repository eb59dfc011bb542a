//! `deskhand vnc-connect`: the options of the vendor's sample script `vnc_connect.ps1`, word for word, so that in a scheduled
//! task the program changes and the arguments stay. What is run is the standard script that does the same, in the same way
//! as by its own name.

mod flags;
mod help;
mod names;
mod operations;
mod option;
mod order;
mod pair;
mod parse;
#[cfg(test)]
mod tests;

use std::ffi::OsString;

use super::args::Globals;
use super::failure::{Failure, code};
use super::process::Process;
use super::show::show;
use super::speak;
use super::ui::Ui;

use order::Order;
use parse::Typed;

/// Runs the operation that `words`, which follow `vnc-connect`, ask for.
pub fn run(process: &Process, early: Globals, words: &[OsString], ui: &Ui) -> Result<u8, Failure> {
    let typed = Typed::read(words)?;
    if typed.help {
        let globals = early.then(typed.globals);
        let ui = speak(process, &globals, &ui.redactor)?;
        let display = &globals.display;
        if display.output.is_none() && display.out.is_none() {
            ui.help(&help::text());
        } else {
            show(&help::mapping(), process, &globals, &ui)?;
        }
        return Ok(code::DONE);
    }
    let order = Order::of(typed)?;
    let globals = order.globals(early, &process.environment.cwd)?;
    globals.check().map_err(Failure::usage)?;
    let ui = &speak(process, &globals, &ui.redactor)?;
    if order.wants_grid() {
        ui.note("-gridview: there is no window; the list is shown as a table");
    }
    let words = order.words(|bearer| names::all(bearer, process, &globals, ui))?;
    super::run::run(process, globals, &words, ui)
}
