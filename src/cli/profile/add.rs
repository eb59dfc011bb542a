//! `deskhand profile add`: a profile more in the configuration.

use crate::config::{self, Choice, Dirs, Draft, Editor};

use super::super::args::{Add, Globals};
use super::super::failure::{Failure, code};
use super::super::process::Process;
use super::super::runtime::Tasks;
use super::super::ui::Ui;
use super::form::Form;

/// Writes a new profile; what is missing is asked for.
pub fn run(process: &Process, globals: &Globals, given: &Add, ui: &Ui) -> Result<u8, Failure> {
    let editor = Editor::open(&Dirs::of(&process.environment))?;
    let (_tasks, cancel) = Tasks::until_ctrl_c(ui)?;
    let form = Form {
        editor: &editor,
        environment: &process.environment,
        ui,
        cancel: &cancel,
    };
    let profile = form.filled(given, globals.read_only)?;
    let draft = editor.add(&profile, given.replace, given.default)?;
    // What could not be used is not written either.
    let choice = Choice::Argument(&profile.name);
    let selected = config::select(draft.file(), Some(choice), None, &process.environment)?;
    if let Some(file) = selected.key_file(&process.environment)
        && !file.exists()
    {
        ui.warn(&format!("there is no file {} yet", file.display()));
    }
    if let Some(warning) = selected.exposed(&process.environment) {
        ui.warn(&warning);
    }
    if globals.dry_run {
        ui.note(&told("would be written to", &profile.name, &draft));
        return Ok(code::PENDING);
    }
    draft.save()?;
    ui.note(&told("is written to", &profile.name, &draft));
    ui.note(&format!("try it with: deskhand profile check {}", profile.name));
    Ok(code::DONE)
}

fn told(what: &str, name: &str, draft: &Draft) -> String {
    let path = draft.path().display();
    if draft.file().is_default(name) {
        format!("profile `{name}` {what} {path}, as the default")
    } else {
        format!("profile `{name}` {what} {path}")
    }
}
