//! Data to standard output.

use std::io;

use crate::output::{Document, Style, render};

use super::args::Globals;
use super::failure::{Failure, code};
use super::process::Process;
use super::ui::Ui;

/// Writes a document in the format that was asked for. A reader that has gone away (`| head`) is no error.
pub fn show(document: &Document, process: &Process, globals: &Globals, ui: &Ui) -> Result<(), Failure> {
    let style = Style {
        width: process.width,
        color: ui.data_in_color,
        terminal: process.stdout_is_terminal,
        spreadsheet: false,
    };
    match render(
        document,
        globals.output.unwrap_or_default(),
        &style,
        &mut io::stdout().lock(),
    ) {
        Ok(notes) => {
            notes.lines().iter().for_each(|line| ui.note(line));
            Ok(())
        }
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(Failure::new(code::ERROR, "standard output cannot be written").caused_by(&e)),
    }
}
