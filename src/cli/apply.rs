//! `deskhand apply`: makes the changes of a saved plan, or the rest of a run that was broken off, through the one door like
//! all others.

use crate::fleet;
use crate::output::Document;
use crate::plan::saved::{self, Origin};
use crate::plan::{BrokenOff, journal, results};

use super::args::{Apply, Globals};
use super::bound::Bound;
use super::connect::Errand;
use super::destination::Destination;
use super::failure::{Failure, code};
use super::finish::Ending;
use super::journal::folder;
use super::past::{refuse_under_way, unless_refused};
use super::process::Process;
use super::ui::Ui;

/// Loads what is to be applied, checks that it is good here and now, and makes its changes. The file, or the journal, is
/// the approval.
pub fn run(process: &Process, globals: &Globals, apply: &Apply, ui: &Ui) -> Result<u8, Failure> {
    globals.check().map_err(Failure::usage)?;
    if globals.plan_out.is_some() {
        return Err(Failure::usage(
            "--plan-out saves a plan, and `apply` has one already",
        ));
    }
    Destination::of(&globals.display, process).check()?;
    match (&apply.resume, &apply.file) {
        (Some(run), _) => resume(process, globals, apply, ui, run),
        (None, Some(file)) => {
            let path = process.environment.cwd.join(file);
            let shown = file.display().to_string();
            let saved = saved::load(&path, &shown).map_err(fleet::Error::from)?;
            let what = Errand {
                what: format!("apply {shown}"),
                agreed: true,
                ..Errand::default()
            };
            let bound = Bound::begin(process, globals, ui, saved.plan.binding(), what)?;
            let now = bound.connector.clock.now();
            let ended = bound.open().and_then(|fleet| {
                saved.origin().check(fleet.binding(), now, apply.allow_old_plan)?;
                let rows = unless_refused(fleet.apply(saved.plan)?)?;
                let rows = rows.iter().map(|(proposal, outcome)| (proposal, Some(outcome)));
                Ok(Ending::Result(Document::Table(results::table(rows))))
            });
            bound.end(process, ui, ended.map_err(Failure::from))
        }
        (None, None) => Err(Failure::usage("which plan?").hint("deskhand apply FILE, or apply --resume RUN")),
    }
}

/// Goes on with a run that was broken off.
fn resume(process: &Process, globals: &Globals, apply: &Apply, ui: &Ui, name: &str) -> Result<u8, Failure> {
    if globals.dry_run {
        return Err(Failure::usage(
            "--dry-run is of no use with --resume, which begins by settling what was in flight",
        )
        .hint(format!("`deskhand journal show {name}` says what is left")));
    }
    let path = journal::find(&folder(process)?, name)?;
    let run = journal::read(&path)?;
    let name = run.head.run.to_string();
    if !(0..run.plans.len()).any(|plan| run.is_whole(plan)) {
        return Err(Failure::usage(format!(
            "run {name} was broken off before its plan stood in the journal: nothing of it was begun, and there is nothing to go \
             on with"
        ))
        .hint(format!("run it again: {}", run.head.what)));
    }
    let counts = run.counts();
    if counts.left() == 0 {
        ui.note(&format!("nothing is left of run {name}: all of it is settled"));
        let undone = counts.failed + counts.unknown;
        if undone == 0 {
            return Ok(code::DONE);
        }
        ui.note(&format!(
            "{} failed, {} of unknown outcome: `deskhand journal show {name}` tells of them",
            counts.failed, counts.unknown
        ));
        return Ok(code::PARTIAL);
    }
    refuse_under_way(&journal::summary(&path)?, "resume")?;
    let (made_for, made_at) = (run.head.binding(), run.head.started);
    let errand = Errand {
        what: run.head.what.clone(),
        resumes: Some(BrokenOff { path, run }),
        agreed: true,
        ..Errand::default()
    };
    let bound = Bound::begin(process, globals, ui, &made_for, errand)?;
    let now = bound.connector.clock.now();
    let origin = Origin {
        name: &name,
        made_for: &made_for,
        made_at,
    };
    let ended = bound.open().and_then(|fleet| {
        origin.check(fleet.binding(), now, apply.allow_old_plan)?;
        let rows = fleet.resume()?;
        let rows = rows
            .iter()
            .map(|(proposal, outcome)| (proposal, outcome.as_ref()));
        Ok(Ending::Result(Document::Table(results::table(rows))))
    });
    bound.end(process, ui, ended.map_err(Failure::from))
}
