//! `deskhand plan`: saved plans, looked at.

use std::path::Path;

use jiff::Timestamp;

use crate::fleet;
use crate::output::Document;
use crate::plan::preview::{self, Summary};
use crate::plan::saved::{self, Saved};

use super::args::{Globals, Plan};
use super::destination::Destination;
use super::failure::{Failure, code};
use super::process::Process;
use super::show::{chosen, present};
use super::ui::Ui;

/// Runs one of the verbs.
pub fn run(process: &Process, globals: &Globals, what: Plan, ui: &Ui) -> Result<u8, Failure> {
    match what {
        Plan::Show { file, kept } => show(process, globals, &file, kept, ui),
    }
}

/// Shows a plan: its changes as data, or what it leaves alone, and all that is to be known beside them as messages. No fleet is
/// asked.
fn show(process: &Process, globals: &Globals, file: &Path, kept: bool, ui: &Ui) -> Result<u8, Failure> {
    globals.check().map_err(Failure::usage)?;
    Destination::of(&globals.display, process).check()?;
    let now = process.clock.clone().map_err(Failure::usage)?.now();
    let path = process.environment.cwd.join(file);
    let saved = saved::load(&path, &file.display().to_string()).map_err(fleet::Error::from)?;
    let plan = &saved.plan;
    let document = Document::Table(if kept {
        preview::left_alone(&plan.notes.kept)
    } else {
        preview::table(plan.proposals())
    });
    let all = document.count();
    let document = chosen(document, globals)?;
    introduce(&saved, now, ui);
    present(&document, process, globals, ui)?;
    if let (Some(all), Some(shown)) = (all, document.count())
        && shown < all
        && !kept
    {
        ui.note(&format!("{shown} of {all} shown; the plan is all of them"));
    }
    match saved.origin().check_age(now, false).map_err(fleet::Error::from) {
        Ok(()) => ui.note(&format!("good until {:.0}", saved.good_until())),
        Err(error) => {
            ui.warn(&error.message);
            error.hint.iter().for_each(|hint| ui.hint(hint));
        }
    }
    Ok(code::DONE)
}

/// Says whose plan it is, and sums it up.
fn introduce(saved: &Saved, now: Timestamp, ui: &Ui) {
    let plan = &saved.plan;
    let made_for = plan.binding();
    ui.note(&format!(
        "a plan of {:.0} ({}) for profile `{}`, {} at {}",
        plan.made_at(),
        saved.told_age(now),
        made_for.profile,
        made_for.vendor.product(),
        made_for.host
    ));
    let summary = Summary::of(plan);
    ui.note(&summary.headline);
    summary.remarks.iter().for_each(|remark| ui.note(remark));
    summary.warnings.iter().for_each(|warning| ui.warn(warning));
}
