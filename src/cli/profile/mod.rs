//! `deskhand profile`: the profiles of the configuration. One file for each thing that is done with them.

mod add;
mod check;
mod form;
mod list;
mod remove;
mod show;

use super::args::{Globals, Profile};
use super::failure::Failure;
use super::process::Process;
use super::ui::Ui;

/// Does what was asked for.
pub fn run(process: &Process, globals: &Globals, what: Profile, ui: &Ui) -> Result<u8, Failure> {
    globals.check().map_err(Failure::usage)?;
    if globals.demo.is_some() && !matches!(what, Profile::Check { .. }) {
        return Err(Failure::usage(
            "--demo is of no use here: the simulated team stands in no configuration",
        )
        .hint("of all that is done with profiles, `deskhand profile check --demo` goes with it"));
    }
    if globals.profile.is_some() && !matches!(what, Profile::Show { .. } | Profile::Check { .. }) {
        return Err(Failure::usage("--profile is of no use here")
            .hint("name the profile without it: deskhand profile add acme"));
    }
    match what {
        Profile::Add(given) => add::run(process, globals, &given, ui),
        Profile::List => list::run(process, globals, ui),
        Profile::Show { name } => show::run(process, globals, name.as_deref(), ui),
        Profile::Remove { name } => remove::run(process, globals, &name, ui),
        Profile::Check { name } => check::run(process, globals, name, ui),
    }
}

/// Refuses a profile that is named twice.
fn named_once(name: Option<&str>, globals: &Globals) -> Result<(), Failure> {
    match (name, &globals.profile) {
        (Some(_), Some(_)) => Err(Failure::usage(
            "the profile is named twice: by --profile and without it",
        )),
        _ => Ok(()),
    }
}
