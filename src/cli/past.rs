//! A run of the past that something is made of: its journal, and the fleet that it was about.

use crate::fleet;
use crate::host::Fleet;
use crate::output::Document;
use crate::plan::journal::{self, Run};
use crate::plan::saved::Origin;
use crate::plan::{Proposal, results};

use super::args::Globals;
use super::bound::Bound;
use super::connect::Errand;
use super::destination::Destination;
use super::failure::Failure;
use super::journal::folder;
use super::process::Process;
use super::ui::Ui;

/// A run of the past, and the run that is about it.
pub struct Past {
    /// What stands in its journal.
    pub run: Run,
    /// The run that is about it.
    pub bound: Bound,
}

impl Past {
    /// Reads the journal of the run that is meant. `verb` is what is done about it.
    pub fn open(
        process: &Process,
        globals: &Globals,
        ui: &Ui,
        name: &str,
        verb: &str,
    ) -> Result<Self, Failure> {
        globals.check().map_err(Failure::usage)?;
        Destination::of(&globals.display, process).check()?;
        let run = journal::read(&journal::find(&folder(process)?, name)?)?;
        let errand = Errand {
            what: format!("{verb} {}", run.head.run),
            agreed: globals.force,
            ..Errand::default()
        };
        let bound = Bound::begin(process, globals, ui, &run.head.binding(), errand)?;
        Ok(Self { run, bound })
    }

    /// Makes what `propose` proposes for the fleet that the run was about.
    pub fn make(
        &self,
        process: &Process,
        ui: &Ui,
        propose: impl FnOnce(&Fleet) -> fleet::Result<Vec<Proposal>>,
    ) -> Result<u8, Failure> {
        let ended = self.bound.open().and_then(|fleet| {
            let (name, made_for) = (self.run.head.run.to_string(), self.run.head.binding());
            let origin = Origin {
                name: &name,
                made_for: &made_for,
                made_at: self.run.head.started,
            };
            origin.check_fleet(fleet.binding())?;
            let mut plan = fleet.plan();
            for proposal in propose(&fleet)? {
                plan.push(proposal)?;
            }
            let rows = fleet.apply(plan)?;
            let rows = rows.iter().map(|(proposal, outcome)| (proposal, Some(outcome)));
            Ok(Document::Table(results::table(rows)))
        });
        self.bound.end(process, ui, ended.map_err(Failure::from))
    }
}
