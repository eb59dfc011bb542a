//! How a verb opens the one fleet that changes are meant for, and ends the run.

use std::sync::Arc;

use crate::config;
use crate::fleet;
use crate::host::Fleet;
use crate::plan::Binding;

use super::args::Globals;
use super::connect::{Connector, Errand};
use super::demo;
use super::failure::Failure;
use super::finish::{Done, Ending};
use super::process::Process;
use super::runtime::Tasks;
use super::ui::Ui;

/// A run on the fleet that its changes are meant for.
pub struct Bound {
    /// Where requests run, as long as this lasts.
    _tasks: Tasks,
    /// Opens the fleet.
    pub connector: Arc<Connector>,
    globals: Globals,
}

impl Bound {
    /// Begins a run on the profile that the changes are made for, unless another one is named; that it fits is still to be
    /// checked.
    pub fn begin(
        process: &Process,
        globals: &Globals,
        ui: &Ui,
        made_for: &Binding,
        errand: Errand,
    ) -> Result<Self, Failure> {
        let mut globals = globals.clone();
        if globals.demo.is_none() {
            if made_for.host == demo::PROFILE {
                return Err(simulated(made_for));
            }
            if globals.profile.is_none() && !config::is_implicit(&made_for.profile) {
                globals.profile = Some(made_for.profile.clone());
            }
        }
        let (tasks, cancel) = Tasks::until_ctrl_c(ui)?;
        let connector = Connector::new(process, &globals, ui, (&tasks, &cancel), errand)?;
        Ok(Self {
            _tasks: tasks,
            connector,
            globals,
        })
    }

    /// Opens the fleet.
    pub fn open(&self) -> fleet::Result<Fleet> {
        self.connector.open_chosen(&self.connector.world())
    }

    /// Ends the run: shows what came of it, and finds the exit code.
    pub fn end(&self, process: &Process, ui: &Ui, ended: Result<Ending, Failure>) -> Result<u8, Failure> {
        Done::by(&self.connector, ui).finish(process, &self.globals, ui, ended)
    }
}

/// Says that a fleet is not there without `--demo`.
fn simulated(made_for: &Binding) -> Failure {
    Failure::usage(format!(
        "this is about a simulated team of {}, which is there with --demo only",
        made_for.vendor.product()
    ))
    .hint(format!(
        "add --demo={}, and the --state FILE that the team is kept in",
        made_for.vendor
    ))
}
