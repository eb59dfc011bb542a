//! Audit events that go on where the last run ended: `list-audit-events --cursor NAME`.
//!
//! Nothing gets lost, and nothing comes twice: [`follow`] says how. [`cursor`] is what is kept between two runs, [`store`]
//! its file, and [`outlet`] where the events go to.

mod cursor;
mod follow;
mod outlet;
mod store;
#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;

use crate::config::Dirs;
use crate::fleet;
use crate::host::Feed;
use crate::output::Format;

use super::args::Globals;
use super::failure::{Failure, code};
use super::process::Process;
use super::ui::Ui;

use cursor::{Cursor, UnderWay};
use follow::{Broken, Ground, Terms, look, take};
use outlet::Outlet;
use store::Store;

/// Hands on what is new, and returns the exit code.
pub fn hand_on(feed: &Feed, process: &Process, globals: &Globals, ui: &Ui) -> Result<u8, Failure> {
    check(globals)?;
    let data = Dirs::of(&process.environment).data.ok_or_else(|| {
        Failure::usage("there is no place for cursors").hint("name one with DESKHAND_DATA_DIR")
    })?;
    let file = globals.display.file();
    let mut here = Here {
        store: Store::open(&data, &feed.cursor)?,
        outlet: match file {
            Some(file) if !globals.dry_run => Outlet::File(process.environment.cwd.join(file)),
            _ => Outlet::Stdout,
        },
    };
    let terms = Terms {
        of: feed.binding().clone(),
        connections_only: feed.connections_only,
        begins: feed.begins,
        now: process.clock.clone().map_err(Failure::usage)?.now(),
    };
    let step = look(&here, &terms, |from, to| {
        ui.note(&format!("events from {from:.0} to {to:.0} (UTC)"));
        feed.read(from, to)
    })?;
    step.alerts.iter().for_each(|alert| ui.alert(alert));
    let to = file.map_or("standard output".to_owned(), |file| file.display().to_string());
    let counted = match step.count {
        1 => "1 event".to_owned(),
        many => format!("{many} events"),
    };
    if step.goes_on && feed.begins.is_some() {
        ui.note(&format!(
            "`from` is where a new name begins; `{}` goes on where it was",
            feed.cursor
        ));
    }
    let name = &feed.cursor;
    let unwritten = |e: io::Error| {
        Failure::new(code::ERROR, format!("the events could not be written to {to}"))
            .hint(format!("the cursor `{name}` has not moved: run it again"))
            .caused_by(&e)
    };
    let failed = |broken: Broken| match broken {
        Broken::Unwritten(e) => unwritten(e),
        Broken::Unkept(e) => Failure::new(
            code::ERROR,
            format!("{counted} were added to {to}, but the cursor `{name}` could not be kept"),
        )
        .hint("run it again: what stands in a file is found there, and what went elsewhere comes once more")
        .caused_by(&e),
    };
    if globals.dry_run {
        here.outlet.add(step.lines.as_bytes()).map_err(unwritten)?;
        ui.note(&format!(
            "{counted} would be added to {to} (dry run: the cursor `{}` has not moved)",
            feed.cursor
        ));
    } else {
        take(&mut here, &step).map_err(failed)?;
        ui.note(&format!("cursor `{}`: {counted} added to {to}", feed.cursor));
    }
    Ok(if step.has_gap { code::PARTIAL } else { code::DONE })
}

/// Refuses what would have events pass by, or written as nothing that can be added to.
fn check(globals: &Globals) -> Result<(), Failure> {
    let display = &globals.display;
    let narrowed = [
        ("--where", display.filter.is_some()),
        ("--sort", !display.sort.is_empty()),
        ("--columns", !display.columns.is_empty()),
    ];
    if let Some((option, _)) = narrowed.iter().find(|(_, given)| *given) {
        return Err(Failure::usage(format!(
            "{option} and a cursor exclude each other: what it left out would never come again"
        ))
        .hint("follow everything, and choose where the events arrive"));
    }
    let of_file = || display.file().and_then(Format::of_file);
    match display.output.or_else(of_file) {
        None | Some(Format::JsonLines) => Ok(()),
        Some(_) => Err(Failure::usage(
            "with a cursor events are written as JSON lines, which can be added to",
        )
        .hint("use --output jsonl, or a file whose name ends in .jsonl")),
    }
}

/// The ground of a run: the disk.
struct Here {
    store: Store,
    outlet: Outlet,
}

impl Ground for Here {
    fn cursor(&self) -> fleet::Result<Option<Cursor>> {
        self.store.load()
    }

    fn keep(&mut self, cursor: &Cursor) -> io::Result<()> {
        self.store.keep(cursor)
    }

    fn place(&self) -> io::Result<UnderWay> {
        self.outlet.place()
    }

    fn tail(&self, behind: &UnderWay) -> io::Result<Option<Vec<u8>>> {
        outlet::tail(behind)
    }

    fn cut(&mut self, of: &Path, length: u64) -> io::Result<()> {
        outlet::cut(of, length)
    }

    fn add(&mut self, lines: &[u8]) -> io::Result<()> {
        self.outlet.add(lines)
    }
}
