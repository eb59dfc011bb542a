//! From what a command ends in to what is seen of it: chosen, sorted, its columns selected, and written.

use std::borrow::Cow;

use crate::host;
use crate::output::{ColumnError, Document, select, sort};

use super::args::Globals;
use super::destination::Destination;
use super::display::Display;
use super::failure::Failure;
use super::process::Process;
use super::ui::Ui;

/// Shows what a verb ends in.
pub fn show(document: &Document, process: &Process, globals: &Globals, ui: &Ui) -> Result<(), Failure> {
    globals.check().map_err(Failure::usage)?;
    present(&chosen(document.clone(), globals)?, process, globals, ui)
}

/// Returns what `--where` leaves of a document. It has no functions of a fleet here.
pub fn chosen(document: Document, globals: &Globals) -> Result<Document, Failure> {
    match &globals.display.filter {
        None => Ok(document),
        Some(expression) => Ok(host::choose_without_fleet(document, expression)?),
    }
}

/// Shows a document of which the rows were chosen already.
pub fn present(document: &Document, process: &Process, globals: &Globals, ui: &Ui) -> Result<(), Failure> {
    let display = &globals.display;
    let sorted = sort(Cow::Borrowed(document), &display.sort).map_err(|e| unknown("--sort", &e))?;
    let selected = select(sorted, &display.columns).map_err(|e| unknown("--columns", &e))?;
    Destination::of(display, process).write(&selected, display, process, ui)?;
    match display.beside {
        None => Ok(()),
        Some(format) => {
            let beside = Display {
                output: Some(format),
                ..display.clone()
            };
            Destination::Stdout.write(&selected, &beside, process, ui)
        }
    }
}

fn unknown(option: &str, error: &ColumnError) -> Failure {
    let failure = Failure::usage(format!("{option}: {error}"));
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
