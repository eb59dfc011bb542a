//! How a run ends: its journals closed, its result shown, its plan saved, and the exit code found.

use std::path::Path;

use crate::fleet::{self, Outcome};
use crate::host::Fleet;
use crate::output::Document;
use crate::plan::journal::RunId;
use crate::plan::preview::{self, Summary};
use crate::plan::{Plan, Tally, saved};

use super::args::Globals;
use super::connect::Connector;
use super::display::Display;
use super::failure::{Failure, code};
use super::process::Process;
use super::results::{Account, Changed, same_team, write_lists, write_report};
use super::show::present;
use super::ui::Ui;

/// What a verb ends in.
pub enum Ending {
    /// What came of it; a dry run shows its plan instead.
    Result(Document),
    /// What came of it, or would come of it: a dry run shows it, too.
    Either(Document),
    /// What was written already, with the exit code that it deserves.
    Written(u8),
}

/// What a run has done to each of its fleets.
pub struct Done(Account);

impl Done {
    /// Ends the journals and the simulator, and returns what was done.
    pub fn by(connector: &Connector, ui: &Ui) -> Self {
        let fleets = connector.close();
        let changed = |fleet: &Fleet| Changed {
            binding: fleet.binding().clone(),
            run: fleet.run(),
            tally: fleet.tally(),
        };
        let account = Account {
            what: connector.what().to_owned(),
            started: connector.started,
            ended: connector.clock.now(),
            fleets: fleets.iter().map(changed).collect(),
        };
        let unwritten = account.fleets.iter();
        let unwritten = unwritten.filter_map(|fleet| fleet.tally.unwritten.clone());
        let unended = fleets.iter().map(Fleet::close).filter_map(Result::err);
        for error in unwritten.chain(unended) {
            ui.alert(&format!("the journal is not whole: {error}"));
        }
        connector.shut_down();
        Self(account)
    }

    /// Shows what there is to show, says what was changed, writes it down for those who asked for that, and finds the exit
    /// code.
    pub fn finish(
        &self,
        process: &Process,
        globals: &Globals,
        ui: &Ui,
        ended: Result<Ending, Failure>,
    ) -> Result<u8, Failure> {
        let tally = Tally::sum(self.fleets().map(|fleet| fleet.tally.clone()));
        let ended = ended.and_then(|ending| {
            let document = match ending {
                Ending::Written(code) => return Ok(code),
                Ending::Result(_) if !tally.planned.is_empty() => {
                    Document::Table(preview::table(&tally.planned))
                }
                Ending::Result(document) | Ending::Either(document) => document,
            };
            if tally.planned.is_empty() {
                if tally.all() == 0 {
                    let notes = [tally.notes.told_left_alone(), tally.notes.told_policy()];
                    let nothing = notes[0].as_ref().map(|_| "there is nothing to change".to_owned());
                    nothing
                        .iter()
                        .chain(notes.iter().flatten())
                        .for_each(|note| ui.note(note));
                }
                if globals.plan_out.is_some() {
                    ui.note("no plan was saved: there is nothing to change");
                }
                present(&document, process, globals, ui).inspect_err(|_| {
                    if tally.done > 0 || tally.unknown > 0 {
                        // What came of each change is told nowhere else, and cannot be had again by running once more.
                        let _ = present(&document, process, &plainly(globals), ui);
                    }
                })?;
                if !tally.unsent.is_empty() {
                    return Err(Failure::interrupted());
                }
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
        let ended = ended.map_err(|failure| {
            // Whatever ended the run: what was done before it stands.
            if failure.is_interruption() {
                self.interrupted(failure, &tally, globals)
            } else if tally.done > 0 || tally.unknown > 0 {
                Failure {
                    code: code::PARTIAL,
                    ..failure
                }
            } else {
                failure
            }
        });
        let lists = write_lists(&self.0, process, globals, ui);
        for run in self.fleets().filter_map(worth_a_look) {
            ui.note(&format!("journal: deskhand journal show {run}"));
        }
        write_report(&self.0, &lists, process, globals, ui, ended)
    }

    fn fleets(&self) -> impl Iterator<Item = &Changed> {
        self.0.fleets.iter()
    }

    /// Says how far a run has come that the user has stopped, and how to go on where something of it was not sent.
    fn interrupted(&self, failure: Failure, tally: &Tally, globals: &Globals) -> Failure {
        let mut left = self.fleets().filter(|fleet| !fleet.tally.unsent.is_empty());
        let Some(Changed { run, .. }) = left.next() else {
            return failure;
        };
        let told = Failure {
            message: format!(
                "{}: {} of {} changes made",
                failure.message,
                tally.made(),
                tally.all()
            ),
            ..failure
        };
        match run {
            // A simulated team that was not kept is gone with the run.
            Some(run) if globals.demo.is_none() || globals.state.is_some() => told.hint(format!(
                "go on with: deskhand apply --resume {run}{}",
                same_team(globals)
            )),
            _ => told,
        }
    }

    /// Sums up what a dry run would change.
    fn preview(&self, tally: &Tally, ui: &Ui) {
        let planned = self.fleets().find(|fleet| !fleet.tally.planned.is_empty());
        let Some(Changed { binding, .. }) = planned else {
            return;
        };
        let summary = Summary::of_proposals(&tally.planned, binding.vendor).with(&tally.notes);
        if let [_, _, ..] = tally.planned[..] {
            ui.note(&summary.headline);
        }
        for remark in &summary.remarks {
            ui.note(remark);
        }
        for warning in &summary.warnings {
            ui.alert(warning);
        }
    }

    /// Saves what a run would change, as a plan.
    fn save(&self, path: &Path, process: &Process, ui: &Ui) -> Result<(), Failure> {
        let mut planned = self.fleets().filter(|fleet| !fleet.tally.planned.is_empty());
        let Some(Changed { binding, tally, .. }) = planned.next() else {
            return Ok(());
        };
        if let Some(Changed { binding: other, .. }) = planned.next() {
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

/// Returns the name of a run that somebody may want to look up: it has removed something, or did not make all of several
/// changes.
fn worth_a_look(Changed { run, tally, .. }: &Changed) -> Option<&RunId> {
    let has_removed = tally
        .rows
        .iter()
        .any(|(proposal, outcome)| proposal.change.removes() && matches!(outcome, Outcome::Done(_)));
    let is_in_part = tally.all() > 1 && tally.left_something_undone();
    run.as_ref()
        .filter(|_| has_removed || is_in_part || tally.unknown > 0)
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
