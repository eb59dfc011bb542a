//! `deskhand scripts`: what there is to run.

use crate::output::{Cell, Column, Document, Table};
use crate::script::{Header, Library, Listed, Origin, Vocabulary};

use super::args::Globals;
use super::failure::{Failure, code};
use super::process::Process;
use super::show::show;
use super::ui::Ui;
use super::vocabulary::vocabulary;

/// Lists the scripts; one that cannot be read is listed with what is wrong with it.
pub fn run(process: &Process, globals: &Globals, ui: &Ui) -> Result<u8, Failure> {
    let library = Library::new(process.places());
    let vocabulary = vocabulary();
    let mut table = Table::new(vec![
        Column::new("name", "Script", "Script"),
        Column::new("summary", "What it does", "Summary"),
        Column::new("origin", "From", "Origin"),
        Column::new("needs", "Needs", "Needs").optional(),
    ]);
    table.rows = library
        .scripts()
        .iter()
        .map(|listed| row(&library, listed, &vocabulary))
        .collect();
    show(&Document::Table(table), process, globals, ui)?;
    Ok(code::DONE)
}

fn row(library: &Library, listed: &Listed, vocabulary: &Vocabulary) -> Vec<Cell> {
    let read = library
        .script(&listed.name)
        .map_err(|e| e.to_string())
        .and_then(|source| Header::read(library, &source, vocabulary).map_err(|e| e.to_string()));
    let (summary, needs) = match read {
        Ok(header) => (header.summary, header.needs),
        Err(why) => (format!("cannot be run: {why}"), Vec::new()),
    };
    vec![
        Cell::text(&listed.name),
        Cell::text(summary),
        Cell::text(origin(listed)),
        Cell::List(needs.into_iter().map(Cell::Text).collect()),
    ]
}

fn origin(listed: &Listed) -> String {
    let place = match (&listed.path, listed.origin) {
        (Some(path), _) => path.display().to_string(),
        (None, _) => "deskhand".to_owned(),
    };
    if listed.hides.contains(&Origin::Shipped) {
        format!("{place} (instead of deskhand's)")
    } else {
        place
    }
}
