//! `deskhand profile remove`: a profile less in the configuration.

use crate::config::{Dirs, Editor};
use crate::fleet::{Error, Kind};

use super::super::args::Globals;
use super::super::failure::{Failure, code};
use super::super::process::Process;
use super::super::runtime::Tasks;
use super::super::ui::Ui;

/// Takes a profile out, if the user says so.
pub fn run(process: &Process, globals: &Globals, name: &str, ui: &Ui) -> Result<u8, Failure> {
    let editor = Editor::open(&Dirs::of(&process.environment))?;
    let draft = editor.remove(name)?;
    let path = draft.path().display();
    let refused = |why: &str| {
        let message = format!("not allowed to take profile `{name}` out of {path}: {why}");
        Error::new(Kind::Refused, message)
    };
    if globals.read_only {
        return Err(refused("--read-only was given").into());
    }
    if globals.dry_run {
        ui.note(&format!("profile `{name}` would be taken out of {path}"));
        return Ok(code::PENDING);
    }
    if !globals.force {
        let question = format!("Take profile `{name}` out of {path}? [y/N]");
        confirm(&question, refused, ui)?;
    }
    draft.save()?;
    ui.note(&format!("profile `{name}` is taken out of {path}"));
    let key = editor
        .file()
        .profiles
        .get(name)
        .and_then(|entry| entry.key.as_ref());
    if let Some(key) = key {
        ui.note(&format!("its key was left where it is: {}", key.value));
    }
    if editor.file().is_default(name) && !draft.file().profiles.is_empty() {
        let names: Vec<&str> = draft.file().profiles.keys().map(String::as_str).collect();
        ui.note(&format!(
            "it was the default, and now there is none; choose with --profile: {}",
            names.join(", ")
        ));
    }
    Ok(code::DONE)
}

fn confirm(question: &str, refused: impl Fn(&str) -> Error, ui: &Ui) -> Result<(), Failure> {
    if !ui.can_ask {
        let error = refused("nobody can be asked, as there is no terminal");
        return Err(error.hint("allow it with --force").into());
    }
    let (_tasks, cancel) = Tasks::until_ctrl_c(ui)?;
    Ok(ui.consent(question, &cancel, refused)?)
}
