//! Where data goes: standard output, or a file that is written whole or not at all.

use std::io::{self, Write as _};
use std::path::PathBuf;

use crate::output::{Document, Style, render};
use crate::replace;

use super::display::Display;
use super::failure::{Failure, code};
use super::process::Process;
use super::ui::Ui;

/// Where the data of a command goes.
pub enum Destination {
    /// To whoever reads along.
    Stdout,
    /// Into a file.
    File {
        /// The file itself.
        path: PathBuf,
        /// The file in the user's words.
        shown: String,
    },
}

impl Destination {
    /// Finds out where data is to go; a file's path starts from the current directory.
    pub fn of(display: &Display, process: &Process) -> Self {
        match display.file() {
            None => Self::Stdout,
            Some(file) => Self::File {
                path: process.environment.cwd.join(file),
                shown: file.display().to_string(),
            },
        }
    }

    /// Finds out before the work begins whether its result could be written at all.
    pub fn check(&self) -> Result<(), Failure> {
        match self {
            Self::Stdout => Ok(()),
            Self::File { path, shown } => {
                replace::check(path).map_err(|e| Failure::usage(unwritable(shown)).caused_by(&e))
            }
        }
    }

    /// Tells whether a person reads the data, and nobody keeps it.
    pub fn is_terminal(&self, process: &Process) -> bool {
        matches!(self, Self::Stdout) && process.stdout_is_terminal
    }

    /// Writes a document. A reader of standard output that has gone away (`| head`) is no error.
    pub fn write(
        &self,
        document: &Document,
        display: &Display,
        process: &Process,
        ui: &Ui,
    ) -> Result<(), Failure> {
        match self {
            Self::Stdout => to_stdout(document, display, process, ui),
            Self::File { path, shown } => {
                let failed = |e: io::Error| Failure::new(code::ERROR, unwritable(shown)).caused_by(&e);
                let style = Style {
                    spreadsheet: display.excel,
                    lines: display.lines,
                    ..Style::default()
                };
                let mut content = Vec::new();
                // Where there is no terminal nothing is cut, and there is nothing to note.
                let _ = render(document, display.format(), &style, &mut content).map_err(failed)?;
                // What opens a computer is nobody else's to read.
                let text = String::from_utf8_lossy(&content);
                if ui.redactor.redact(&text) == text {
                    replace::publish(path, &content).map_err(failed)?;
                } else {
                    replace::replace(path, &content).map_err(failed)?;
                }
                ui.note(&format!("wrote {shown}{}", rows(document)));
                Ok(())
            }
        }
    }
}

fn to_stdout(document: &Document, display: &Display, process: &Process, ui: &Ui) -> Result<(), Failure> {
    let style = Style {
        width: process.width,
        color: ui.data_in_color,
        terminal: process.stdout_is_terminal,
        spreadsheet: display.excel,
        lines: display.lines,
    };
    let mut stdout = io::stdout().lock();
    match render(document, display.format(), &style, &mut stdout).and_then(|notes| {
        stdout.flush()?;
        Ok(notes)
    }) {
        Ok(notes) => {
            notes.lines().iter().for_each(|line| ui.note(line));
            Ok(())
        }
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(Failure::new(code::ERROR, "standard output cannot be written").caused_by(&e)),
    }
}

fn unwritable(file: &str) -> String {
    format!("`{file}` cannot be written")
}

fn rows(document: &Document) -> String {
    match document.count() {
        None => String::new(),
        Some(1) => " (1 row)".to_owned(),
        Some(many) => format!(" ({many} rows)"),
    }
}
