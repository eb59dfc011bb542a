//! How a run ends: its journals closed, its result shown, its plan saved, and the exit code found.

use std::path::Path;

use crate::fleet;
use crate::host::Fleet;
use crate::output::Document;
use crate::plan::preview::{self, Summary};
use crate::plan::{Binding, Plan, Tally, saved};

use super::args::Globals;
use super::connect::Connector;
use super::display::Display;
use super::failure::{Failure, code};
use super::process::Process;
use super::show::present;
use super::ui::Ui;

/// What a verb ends in.
pub enum Ending {
    /// What came of it; a dry run shows its plan instead.
    Result(Document),
    /// What came of it, or would come of it: a dry run shows it, too.
    Either(Document),
}

/// What a run has done to each of its fleets.
pub struct Done(Vec<(Binding, Tally)>);

impl Done {
    /// Ends the journals and the simulator, and returns what was done.
    pub fn by(connector: &Connector, ui: &Ui) -> Self {
        let fleets = connector.close();
        let done: Vec<_> = fleets.iter().map(|f| (f.binding().clone(), f.tally())).collect();
        let unwritten = done.iter().filter_map(|(_, tally)| tally.unwritten.clone());
        let unended = fleets.iter().map(Fleet::close).filter_map(Result::err);
        for error in unwritten.chain(unended) {
            ui.alert(&format!("the journal is not whole: {error}"));
        }
        connector.shut_down();
        Self(done)
    }

    /// Shows what there is to show, says what was changed, and finds the exit code.
    pub fn finish(
        &self,
        process: &Process,
        globals: &Globals,
        ui: &Ui,
        ended: Result<Ending, Failure>,
    ) -> Result<u8, Failure> {
        let tally = Tally::sum(self.0.iter().map(|(_, tally)| tally.clone()));
        let ended = ended.and_then(|ending| {
            let document = match ending {
                Ending::Result(_) if !tally.planned.is_empty() => {
                    Document::Table(preview::table(&tally.planned))
                }
                Ending::Result(document) | Ending::Either(document) => document,
            };
            if tally.planned.is_empty() {
                if globals.plan_out.is_some() {
                    ui.note("there is nothing to change, and no plan was saved");
                }
                present(&document, process, globals, ui).inspect_err(|_| {
                    if tally.done > 0 || tally.unknown > 0 {
                        // What came of each change is told nowhere else, and cannot be had again by running once more.
                        let _ = present(&document, process, &plainly(globals), ui);
                    }
                })?;
                return Ok(if tally.left_something_undone() {
                    code::PARTIAL
                } else {
                    code::DONE
                });
            }
            self.preview(&tally, ui);
            present(&document, process, globals, ui)?;
            if let Some(path) = &globals.plan_out {
                self.save(path, process, ui)?;
            }
            Ok(code::PENDING)
        });
        if let Some(changed) = tally.told() {
            ui.note(&changed);
        }
        ended.map_err(|failure| {
            // Whatever ended the run: what was done before it stands.
            if (tally.done > 0 || tally.unknown > 0) && !failure.is_interruption() {
                return Failure {
                    code: code::PARTIAL,
                    ..failure
                };
            }
            failure
        })
    }

    /// Sums up what a dry run would change.
    fn preview(&self, tally: &Tally, ui: &Ui) {
        let vendor = self.0.iter().find(|(_, tally)| !tally.planned.is_empty());
        let Some((binding, _)) = vendor else { return };
        let summary = Summary::of_proposals(&tally.planned, binding.vendor).with(&tally.notes);
        for remark in &summary.remarks {
            ui.note(remark);
        }
        for warning in &summary.warnings {
            ui.warn(warning);
        }
    }

    /// Saves what a run would change, as a plan.
    fn save(&self, path: &Path, process: &Process, ui: &Ui) -> Result<(), Failure> {
        let mut planned = self.0.iter().filter(|(_, tally)| !tally.planned.is_empty());
        let Some((binding, tally)) = planned.next() else {
            return Ok(());
        };
        if let Some((other, _)) = planned.next() {
            return Err(Failure::usage(format!(
                "a plan is for one profile, and this run would change `{}` and `{}`",
                binding.profile, other.profile
            ))
            .hint("run it for each of them"));
        }
        let now = process.clock.clone().map_err(Failure::usage)?.now();
        let mut plan = Plan::new(binding.clone(), now);
        for proposal in &tally.planned {
            plan.push(proposal.clone())?;
        }
        plan.notes = tally.notes.clone();
        let shown = path.display().to_string();
        let file = process.environment.cwd.join(path);
        saved::save(&plan, &ui.redactor, &file, &shown).map_err(fleet::Error::from)?;
        ui.note(&format!(
            "saved the plan in {shown}; look at it with `deskhand plan show {shown}`, make it so with `deskhand apply {shown}`"
        ));
        Ok(())
    }
}

/// Leaves out all that a document could fail to be shown for, but for its format.
fn plainly(globals: &Globals) -> Globals {
    let display = Display {
        output: globals.display.output,
        ..Display::default()
    };
    Globals {
        display,
        ..globals.clone()
    }
}
