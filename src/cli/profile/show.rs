//! `deskhand profile show`: what a profile says, and where each value comes from.

use crate::config::{self, Choice, Dirs, Selected, Sourced, key_name};
use crate::fleet::Vendor;
use crate::output::{Cell, Column, Document, Table};
use crate::text::without_login;

use super::super::args::Globals;
use super::super::failure::{Failure, code};
use super::super::process::Process;
use super::super::show::show;
use super::super::ui::Ui;
use super::named_once;

/// Shows a profile, or the one that would be used; no key is fetched.
pub fn run(process: &Process, globals: &Globals, name: Option<&str>, ui: &Ui) -> Result<u8, Failure> {
    named_once(name, globals)?;
    let option = globals.profile.as_deref().map(Choice::Option);
    let chosen = name.map(Choice::Argument).or(option);
    let file = config::load(&Dirs::of(&process.environment))?;
    let mut selected = config::select(&file, chosen, None, &process.environment)?;
    if globals.read_only {
        selected.read_only = Sourced::new(true, "--read-only");
    }
    show(&Document::Table(table(&selected)), process, globals, ui)?;
    Ok(code::DONE)
}

fn table(selected: &Selected) -> Table {
    let mut table = Table::new(vec![
        Column::new("name", "Setting", "Setting"),
        Column::new("value", "Value", "Value"),
        Column::new("source", "From", "From"),
    ]);
    let mut add = |name: &str, value: Cell, source: &str| {
        table.rows.push(vec![Cell::text(name), value, Cell::text(source)]);
    };
    let text = |text: &dyn ToString| Cell::text(text.to_string());
    let vendor = selected.vendor.value;
    add("profile", text(&selected.name.value), &selected.name.source);
    add("vendor", text(&vendor), &selected.vendor.source);
    add(
        "url",
        Cell::text(without_login(&selected.url.value)),
        &selected.url.source,
    );
    add(key_name(vendor), text(&selected.key.value), &selected.key.source);
    if vendor == Vendor::RemotePc {
        let paging = &selected.paging;
        add("paging", Cell::text(paging.value.as_str()), &paging.source);
    }
    let read_only = &selected.read_only;
    add("read_only", Cell::Bool(read_only.value), &read_only.source);
    let jobs = selected.jobs.value.and_then(|jobs| i64::try_from(jobs).ok());
    add("jobs", Cell::maybe(jobs, Cell::Int), &selected.jobs.source);
    let protect = selected.protect.value.entries().iter();
    let protect = protect.map(|entry| Cell::text(entry.to_string())).collect();
    add("protect", Cell::List(protect), &selected.protect.source);
    let most = selected.max_removals.value.map(i64::from);
    add(
        "max_removals",
        Cell::maybe(most, Cell::Int),
        &selected.max_removals.source,
    );
    let policy = selected.policy.value.as_ref();
    add(
        "policy",
        Cell::maybe(policy, |file| Cell::text(file.display().to_string())),
        &selected.policy.source,
    );
    table
}
