//! `deskhand apply`: makes the changes of a saved plan, through the one door like all others.

use crate::fleet::{self, Change, Kind, Outcome};
use crate::host::Fleet;
use crate::output::{Cell, Column, Document, Table};
use crate::plan::{Plan, saved};

use super::args::{Apply, Globals};
use super::connect::{Connector, Errand};
use super::destination::Destination;
use super::failure::Failure;
use super::finish::Done;
use super::process::Process;
use super::runtime::Tasks;
use super::ui::Ui;

/// Loads a plan, checks that it is good here and now, and makes its changes. The file is the approval.
pub fn run(process: &Process, globals: &Globals, apply: &Apply, ui: &Ui) -> Result<u8, Failure> {
    globals.check().map_err(Failure::usage)?;
    if globals.plan_out.is_some() {
        return Err(Failure::usage(
            "--plan-out saves a plan, and `apply` has one already",
        ));
    }
    Destination::of(&globals.display, process).check()?;
    let path = process.environment.cwd.join(&apply.file);
    let shown = apply.file.display().to_string();
    let saved = saved::load(&path, &shown).map_err(fleet::Error::from)?;
    let mut globals = globals.clone();
    if globals.demo.is_none() && globals.profile.is_none() {
        // The plan says whose it is; that it fits what is there under this name is checked below.
        globals.profile = Some(saved.plan.binding().profile.clone());
    }
    let (tasks, cancel) = Tasks::until_ctrl_c(ui)?;
    let errand = Errand {
        what: format!("apply {shown}"),
        script_dir: None,
        writes: None,
        agreed: true,
    };
    let connector = Connector::new(process, &globals, ui, (&tasks, &cancel), errand)?;
    let ended = connector.open_chosen(&connector.world()).and_then(|fleet| {
        saved.check(&fleet.binding(), connector.clock.now(), apply.allow_old_plan)?;
        made(&fleet, &saved.plan)
    });
    let ended = ended.map(Document::Table).map_err(Failure::from);
    Done::by(&connector, ui).finish(process, &globals, ui, ended)
}

/// Makes the changes of a plan, wave by wave, and returns a row for each.
fn made(fleet: &Fleet, plan: &Plan) -> fleet::Result<Table> {
    let order = plan.order()?;
    let proposals = plan.proposals();
    let mut outcomes: Vec<Option<Outcome>> = vec![None; proposals.len()];
    for wave in &order.waves {
        let (ready, waiting): (Vec<usize>, Vec<usize>) = wave.iter().partition(|at| {
            order.needs[**at]
                .iter()
                .all(|need| is_so(outcomes[*need].as_ref()))
        });
        for at in waiting {
            outcomes[at] = Some(Outcome::Failed(fleet::Error::new(
                Kind::Refused,
                "not sent: a change that has to be made before it was not made",
            )));
        }
        let changes: Vec<Change> = ready.iter().map(|at| proposals[*at].change.clone()).collect();
        if changes.is_empty() {
            continue;
        }
        match fleet.change_all(&changes) {
            Ok(came) => {
                for (at, outcome) in ready.into_iter().zip(came) {
                    outcomes[at] = Some(outcome);
                }
            }
            // What was made so far has to be told, and is; the rest was not sent.
            Err(error) if outcomes.iter().any(Option::is_some) && error.kind != Kind::Cancelled => {
                for at in ready {
                    outcomes[at] = Some(Outcome::Failed(error.clone()));
                }
            }
            Err(error) => return Err(error),
        }
    }
    let rows = proposals.iter().zip(&outcomes);
    Ok(Table {
        rows: rows
            .map(|(proposal, outcome)| row(&proposal.change, outcome.as_ref()))
            .collect(),
        name_column: 1,
        ..Table::new(vec![
            Column::new("change", "Change", "Change"),
            Column::new("target", "Target", "Target"),
            Column::new("outcome", "Outcome", "Outcome"),
            Column::new("note", "Note", "Note").optional(),
            Column::new("id", "Id", "ID").optional(),
        ])
    })
}

/// Tells whether a change is made, so that what needs it can follow. In a dry run everything before it is only planned.
fn is_so(outcome: Option<&Outcome>) -> bool {
    matches!(
        outcome,
        Some(Outcome::Done(_) | Outcome::Issued(_) | Outcome::AlreadySo | Outcome::Planned)
    )
}

fn row(change: &Change, outcome: Option<&Outcome>) -> Vec<Cell> {
    vec![
        Cell::text(change.verb()),
        Cell::text(change.target()),
        Cell::text(outcome.map_or("not_sent", Outcome::word)),
        Cell::maybe(outcome.and_then(Outcome::note), Cell::Text),
        Cell::text(change.target_id()),
    ]
}
