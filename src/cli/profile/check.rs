//! `deskhand profile check`: whether a profile's key gives a way in, and what the key may do.

use std::sync::Arc;

use crate::config::{self, Dirs};
use crate::fleet::{Error, Found, Grant};
use crate::output::{Cell, Column, Document, Table};

use super::super::args::Globals;
use super::super::connect::{Connector, Errand};
use super::super::failure::{Failure, code};
use super::super::process::Process;
use super::super::runtime::Tasks;
use super::super::show::show;
use super::super::ui::Ui;
use super::named_once;

/// Tries a profile, or the one that would be used, and changes nothing.
pub fn run(process: &Process, globals: &Globals, name: Option<String>, ui: &Ui) -> Result<u8, Failure> {
    named_once(name.as_deref(), globals)?;
    let mut globals = globals.clone();
    if let Some(name) = name {
        // Told here who named it, where it is not there.
        config::load(&Dirs::of(&process.environment))?.profile(&name, config::COMMAND_LINE)?;
        globals.profile = Some(name);
        globals.check().map_err(Failure::usage)?;
    }
    let (tasks, cancel) = Tasks::until_ctrl_c(ui)?;
    let errand = Errand {
        what: "profile check".to_owned(),
        writes: Some(Vec::new()),
        ..Errand::default()
    };
    let connector = Connector::new(process, &globals, ui, (&tasks, &cancel), errand)?;
    let grants = grants(&connector);
    connector.shut_down();
    let (profile, grants) = grants?;
    show(&Document::Table(table(grants)), process, &globals, ui)?;
    ui.note(&format!("the key of profile `{profile}` gives a way in"));
    Ok(code::DONE)
}

/// Returns the profile's name, and what its key may do.
fn grants(connector: &Arc<Connector>) -> Result<(String, Vec<Grant>), Error> {
    let fleet = connector.open_chosen(&connector.world())?;
    let grants = fleet.read(|reader| reader.check(connector.clock.now()))?;
    Ok((fleet.profile().to_owned(), grants))
}

fn table(grants: Vec<Grant>) -> Table {
    let mut table = Table::new(vec![
        Column::new("name", "Permission", "Permission"),
        Column::new("purpose", "To", "Purpose"),
        Column::new("found", "Found", "Found"),
        Column::new("note", "Note", "Note").optional(),
    ]);
    table.rows = grants
        .into_iter()
        .map(|grant| {
            let (found, note) = told(grant.found);
            vec![
                Cell::text(grant.name),
                Cell::text(grant.purpose),
                Cell::text(found),
                Cell::maybe(note, Cell::Text),
            ]
        })
        .collect();
    table
}

/// Says what was found, and what else there is to know.
fn told(found: Found) -> (&'static str, Option<String>) {
    match found {
        Found::Granted => ("granted", None),
        Found::Refused(error) => ("refused", error.hint),
        Found::Unclear(error) => ("failed", Some(error.message)),
        Found::Untried => ("cannot be checked without writing", None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::Kind;

    #[test]
    fn each_finding_has_its_words() {
        let error = || Error::new(Kind::Permission, "no").hint("ask");
        for (found, words, note) in [
            (Found::Granted, "granted", None),
            (Found::Refused(error()), "refused", Some("ask")),
            (Found::Unclear(error()), "failed", Some("no")),
            (Found::Untried, "cannot be checked without writing", None),
        ] {
            assert_eq!(told(found), (words, note.map(str::to_owned)));
        }
    }
}
