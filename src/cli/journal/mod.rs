//! `deskhand journal`: what runs have done. One file for each thing that is looked at.

mod export;
mod list;
mod rows;
mod show;

use std::path::PathBuf;

use crate::config::Dirs;
use crate::plan::journal;

use super::args::{Globals, Journal};
use super::failure::Failure;
use super::process::Process;
use super::ui::Ui;

/// Does what was asked for.
pub fn run(process: &Process, globals: &Globals, what: &Journal, ui: &Ui) -> Result<u8, Failure> {
    globals.check().map_err(Failure::usage)?;
    if globals.demo.is_some() || globals.profile.is_some() {
        let given = if globals.demo.is_some() {
            "--demo"
        } else {
            "--profile"
        };
        return Err(Failure::usage(format!(
            "{given} is of no use here: a journal says whose fleet it is about"
        ))
        .hint("choose among the runs: deskhand journal list --where 'profile == \"acme\"'"));
    }
    match what {
        Journal::List => list::run(process, globals, ui),
        Journal::Show { run } => show::run(process, globals, run, ui),
        Journal::Export { run } => export::run(process, globals, run, ui),
    }
}

/// Returns the folder of the journals.
pub fn folder(process: &Process) -> Result<PathBuf, Failure> {
    let data = Dirs::of(&process.environment).data;
    data.map(|data| journal::folder(&data)).ok_or_else(|| {
        Failure::usage("nobody knows where the journals are: there is no home directory")
            .hint("name the directory with DESKHAND_DATA_DIR")
    })
}
