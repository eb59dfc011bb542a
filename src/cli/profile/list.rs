//! `deskhand profile list`: what stands in the configuration.

use crate::config::{self, ConfigFile, Dirs, ProfileEntry};
use crate::output::{Cell, Column, Document, Table};
use crate::text::without_login;

use super::super::args::Globals;
use super::super::failure::{Failure, code};
use super::super::process::Process;
use super::super::show::show;
use super::super::ui::Ui;

/// Lists the profiles; no key is fetched.
pub fn run(process: &Process, globals: &Globals, ui: &Ui) -> Result<u8, Failure> {
    let file = config::load(&Dirs::of(&process.environment))?;
    let mut table = Table::new(vec![
        Column::new("name", "Profile", "Profile"),
        Column::new("vendor", "Vendor", "Vendor"),
        Column::new("key", "Key", "Key"),
        Column::new("default", "Default", "Default"),
        Column::new("read_only", "Read-only", "ReadOnly"),
        Column::new("url", "Address", "Address").optional(),
    ]);
    let profiles = file.profiles.iter();
    table.rows = profiles.map(|(name, entry)| row(&file, name, entry)).collect();
    show(&Document::Table(table), process, globals, ui)?;
    if file.profiles.is_empty() {
        ui.note("there is no profile yet; make one with: deskhand profile add");
    }
    if let Some(told) = &file.default_profile
        && !file.profiles.contains_key(&told.value)
    {
        ui.warn(&format!(
            "{}: the default profile is `{}`, which is not there",
            told.place, told.value
        ));
    }
    Ok(code::DONE)
}

fn row(file: &ConfigFile, name: &str, entry: &ProfileEntry) -> Vec<Cell> {
    vec![
        Cell::text(name),
        Cell::text(entry.vendor.value.as_str()),
        Cell::maybe(entry.key.as_ref(), |told| Cell::text(told.value.to_string())),
        Cell::Bool(file.is_default(name)),
        Cell::Bool(entry.read_only.as_ref().is_some_and(|told| told.value)),
        Cell::maybe(entry.url.as_ref(), |told| Cell::text(without_login(&told.value))),
    ]
}
