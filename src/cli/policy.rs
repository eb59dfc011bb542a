//! `deskhand policy`: by what a clean-up decides, and which of it is the user's own.

use crate::config::{self, Choice, Dirs};
use crate::host;
use crate::output::{Cell, Column, Document, Table};
use crate::script::{self, Library, PolicyFunction, ScriptError};

use super::args::{Globals, OfPolicy};
use super::failure::{Failure, code};
use super::process::Process;
use super::show::show;
use super::trouble::Trouble;
use super::ui::Ui;

/// Runs one of the verbs.
pub fn run(process: &Process, globals: &Globals, what: &OfPolicy, ui: &Ui) -> Result<u8, Failure> {
    match what {
        OfPolicy::Show => shown(process, globals, ui),
    }
}

/// Has a run use the policy of `--policy`, which is read at once: a name that is mistyped is found out before anything is asked.
pub fn of_option(process: &Process, globals: &Globals, library: &Library) -> Result<(), Failure> {
    if let Some(file) = &globals.guards.policy {
        library.use_policy(&process.environment.cwd.join(file));
        library.policy()?;
    }
    Ok(())
}

/// Says by which policy a run has decided that ended in an error elsewhere: what is refused was often said there.
pub fn had_a_say(library: &Library, error: &ScriptError, ui: &Ui) {
    let Some(policy) = script::decided_by(library) else {
        return;
    };
    let file = library.policy().map(|source| library.shown(&source.id));
    let is_there = error.place.as_ref().map(|place| &place.file) == file.as_ref().ok();
    if !is_there && !error.is_cancelled() {
        ui.note(&format!("decided by {policy}"));
    }
}

/// Shows the policy that a run would use; no fleet is asked.
fn shown(process: &Process, globals: &Globals, ui: &Ui) -> Result<u8, Failure> {
    globals.check().map_err(Failure::usage)?;
    let library = Library::new(process.places());
    of_option(process, globals, &library)?;
    of_profile(process, globals, &library)?;
    let source = library.policy()?;
    let functions = script::checked_policy(&library, &host::names())
        .map_err(|error| Trouble::new(process, ui, &source).failure(&error))?;
    if let Some(laid) = library.laid_policy() {
        ui.note(&format!(
            "the functions in {} take the place of deskhand's",
            laid.path.display()
        ));
    }
    show(&Document::Table(table(&functions)), process, globals, ui)?;
    Ok(code::DONE)
}

/// Has a run use the policy of the profile that it would use, unless it has one. Without a profile there is none to ask.
fn of_profile(process: &Process, globals: &Globals, library: &Library) -> Result<(), Failure> {
    if globals.demo.is_some() || globals.guards.policy.is_some() {
        return Ok(());
    }
    let file = config::load(&Dirs::of(&process.environment))?;
    let chosen = globals.profile.as_deref().map(Choice::Option);
    match config::select(&file, chosen, None, &process.environment) {
        Ok(selected) => {
            if let Some(file) = &selected.policy.value {
                library.use_policy(file);
            }
            Ok(())
        }
        Err(config::Error::NoProfile { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn table(functions: &[PolicyFunction]) -> Table {
    let mut table = Table::new(vec![
        Column::new("function", "Function", "Function"),
        Column::new("about", "What it decides", "About"),
        Column::new("from", "From", "From"),
    ]);
    table.rows = functions
        .iter()
        .map(|function| {
            let from = match &function.place {
                Some(place) => format!("{}:{}", place.file, place.line),
                None => "shipped".to_owned(),
            };
            vec![
                Cell::text(function.signature()),
                Cell::text(&function.about),
                Cell::text(from),
            ]
        })
        .collect();
    table
}
