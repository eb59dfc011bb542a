//! `deskhand apply`: makes the changes of a saved plan, through the one door like all others.

use crate::fleet;
use crate::output::Document;
use crate::plan::{results, saved};

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
        period: None,
        agreed: true,
    };
    let connector = Connector::new(process, &globals, ui, (&tasks, &cancel), errand)?;
    let ended = connector.open_chosen(&connector.world()).and_then(|fleet| {
        saved.check(fleet.binding(), connector.clock.now(), apply.allow_old_plan)?;
        fleet.apply(saved.plan)
    });
    let ended = ended
        .map(|rows| Document::Table(results::table(rows.iter().map(|(p, o)| (p, Some(o))))))
        .map_err(Failure::from);
    Done::by(&connector, ui).finish(process, &globals, ui, ended)
}
