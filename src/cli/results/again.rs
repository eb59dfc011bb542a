//! The lists of what was not made: where they go, and what is said of them.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::Dirs;
use crate::output::{Document, Format, Style, render};
use crate::plan::again::{LeftOut, List, lists};
use crate::plan::journal;
use crate::replace;
use crate::script::Library;

use super::super::args::Globals;
use super::super::process::Process;
use super::super::ui::Ui;
use super::{Account, Changed, same_fleet, typed};

/// What the name of a list ends in, behind the run's.
const ENDING: &str = "failed.csv";

/// Writes what was not made of several changes, and says where it is. Returns the files.
pub fn write_lists(account: &Account, process: &Process, globals: &Globals, ui: &Ui) -> Vec<PathBuf> {
    let all: usize = account.fleets.iter().map(|fleet| fleet.tally.all()).sum();
    if all < 2 {
        // What came of one change was told already.
        return Vec::new();
    }
    let mut written = Vec::new();
    let one_fleet = account.fleets.len() == 1;
    for fleet in &account.fleets {
        let (lists, left_out) = lists(&fleet.tally, &ui.redactor);
        tell_left_out(left_out, ui);
        let Some(base) = base(fleet, one_fleet, process, globals) else {
            continue;
        };
        for list in &lists {
            let path = if lists.len() == 1 {
                base.clone()
            } else {
                with_part(&base, list.name)
            };
            match write(list, &path, globals) {
                Ok(()) => {
                    ui.note(&told(list, &path, process, globals));
                    written.push(path);
                }
                Err(error) => ui.alert(&format!(
                    "what was not made could not be written to {}: {error}",
                    path.display()
                )),
            }
        }
    }
    written
}

/// Returns where the list of a fleet goes if there is one: to the file that was named, or beside the journal.
fn base(fleet: &Changed, one_fleet: bool, process: &Process, globals: &Globals) -> Option<PathBuf> {
    if let Some(file) = &globals.results.failed {
        let path = process.environment.cwd.join(file);
        return Some(if one_fleet {
            path
        } else {
            with_part(&path, &fleet.binding.profile)
        });
    }
    let data = Dirs::of(&process.environment).data?;
    let run = fleet.run.as_ref()?;
    Some(journal::folder(&data).join(format!("{run}.{ENDING}")))
}

/// Returns a path with something put before its extension.
fn with_part(path: &Path, part: &str) -> PathBuf {
    let mut name = OsString::from(path.file_stem().unwrap_or_default());
    name.push("-");
    name.push(part);
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// Writes a list. One that is there is replaced: a run that is gone on with knows what came to nothing before.
fn write(list: &List, path: &Path, globals: &Globals) -> io::Result<()> {
    let style = Style {
        // It is opened in a spreadsheet before it is fed in again; what reads it takes the guard away.
        spreadsheet: true,
        ..Style::default()
    };
    let mut content = Vec::new();
    let document = Document::Table(list.table.clone());
    // Where there is no terminal nothing is cut, and there is nothing to note.
    let _ = render(&document, Format::Csv, &style, &mut content)?;
    if globals.results.failed.is_some() {
        replace::publish(path, &content)
    } else {
        replace::replace(path, &content)
    }
}

/// Says where a list is, and what to do with it.
fn told(list: &List, path: &Path, process: &Process, globals: &Globals) -> String {
    let here = path.strip_prefix(&process.environment.cwd).unwrap_or(path);
    let were = match list.table.rows.len() {
        1 => "1 change was".to_owned(),
        many => format!("{many} changes were"),
    };
    let known = |command: &&str| {
        let script = command.split(' ').next().unwrap_or_default();
        Library::new(process.places()).script(script).is_ok()
    };
    let what_to_do = match list.script.filter(known) {
        Some(command) => format!(
            "; see why, and feed it in again with: deskhand {command} {}{}",
            typed(here),
            same_fleet(globals)
        ),
        None => String::new(),
    };
    format!("{were} not made, and listed in {}{what_to_do}", here.display())
}

/// Says what stands in no list.
fn tell_left_out(left_out: LeftOut, ui: &Ui) {
    if let many @ 1.. = left_out.may_be_made {
        ui.alert(&format!(
            "{many} of unknown outcome stand in no list, as invitations and new users must not be made twice: look at the \
             vendor's side whether they were made"
        ));
    }
    if let many @ 1.. = left_out.decided_on_other {
        ui.note(&format!(
            "{many} to remove stand in no list, as they are not what they were when that was decided on: decide on them anew"
        ));
    }
}
