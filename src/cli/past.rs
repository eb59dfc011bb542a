//! A run of the past that something is made of: its journal, and the fleet that it was about.

use std::collections::HashMap;

use crate::fleet::{self, Error, Kind, Outcome};
use crate::host::Fleet;
use crate::output::{Document, Table};
use crate::plan::Proposal;
use crate::plan::journal::{self, Run, State, Summary};
use crate::plan::saved::Origin;
use crate::plan::undo::Left;

use super::args::Globals;
use super::bound::Bound;
use super::connect::Errand;
use super::destination::Destination;
use super::failure::Failure;
use super::finish::Ending;
use super::journal::folder;
use super::process::Process;
use super::show::chosen;
use super::ui::Ui;

/// A run of the past, and the run that is about it.
pub struct Past {
    /// What stands in its journal.
    pub run: Run,
    bound: Bound,
}

impl Past {
    /// Reads the journal of the run that is meant, and says which one it is. `verb` is what is done about it.
    pub fn open(
        process: &Process,
        globals: &Globals,
        ui: &Ui,
        name: &str,
        verb: &str,
    ) -> Result<Self, Failure> {
        globals.check().map_err(Failure::usage)?;
        Destination::of(&globals.display, process).check()?;
        let path = journal::find(&folder(process)?, name)?;
        let summary = journal::summary(&path)?;
        let head = &summary.head;
        refuse_under_way(&summary, verb)?;
        let errand = Errand {
            what: format!("{verb} {}", head.run),
            agreed: globals.force,
            ..Errand::default()
        };
        let bound = Bound::begin(process, globals, ui, &head.binding(), errand)?;
        ui.note(&format!(
            "run {}: {} of profile `{}`, started {:.0}",
            head.run, head.what, head.profile, head.started
        ));
        Ok(Self {
            run: journal::read(&path)?,
            bound,
        })
    }

    /// Makes what `propose` proposes for the fleet that the run was about, and shows the table that is made of what it found
    /// and of what came of its proposals.
    pub fn make<T>(
        &self,
        process: &Process,
        ui: &Ui,
        propose: impl FnOnce(&Fleet) -> fleet::Result<(Vec<Proposal>, T)>,
        table: impl FnOnce(T, Vec<(Proposal, Outcome)>) -> Table,
    ) -> Result<u8, Failure> {
        let ended = self.bound.open().and_then(|fleet| {
            let (name, made_for) = (self.run.head.run.to_string(), self.run.head.binding());
            let origin = Origin {
                name: &name,
                made_for: &made_for,
                made_at: self.run.head.started,
            };
            origin.check_fleet(fleet.binding())?;
            let (proposals, found) = propose(&fleet)?;
            let mut plan = fleet.plan();
            for proposal in proposals {
                plan.push(proposal)?;
            }
            let came = if plan.proposals().is_empty() {
                Vec::new()
            } else {
                unless_refused(fleet.apply(plan)?)?
            };
            Ok(Ending::Either(Document::Table(table(found, came))))
        });
        self.bound.end(process, ui, ended.map_err(Failure::from))
    }

    /// Ends where nothing is to be made, without asking the vendor anything.
    pub fn make_nothing(
        &self,
        process: &Process,
        globals: &Globals,
        ui: &Ui,
        table: Table,
    ) -> Result<u8, Failure> {
        let ended = chosen(Document::Table(table), globals).map(Ending::Either);
        self.bound.end(process, ui, ended)
    }
}

/// Returns what came of the changes of a plan; what was refused as a whole, such as for want of a journal, is no result but
/// an error.
pub fn unless_refused(came: Vec<(Proposal, Outcome)>) -> fleet::Result<Vec<(Proposal, Outcome)>> {
    match came.first() {
        Some((_, Outcome::Failed(error)))
            if error.kind == Kind::Refused
                && came
                    .iter()
                    .all(|(_, outcome)| *outcome == Outcome::Failed(error.clone())) =>
        {
            Err(error.clone())
        }
        _ => Ok(came),
    }
}

/// Says what is left alone, in a line for all that have the same why.
pub fn tell_left(what: &str, left: &[Left], ui: &Ui) {
    let mut by_why: Vec<Vec<&Left>> = Vec::new();
    let mut place: HashMap<&str, usize> = HashMap::new();
    for one in left {
        let at = *place.entry(&one.why).or_insert(by_why.len());
        if at == by_why.len() {
            by_why.push(Vec::new());
        }
        by_why[at].push(one);
    }
    ui.listed(what, by_why.iter().map(|those| told(those)));
}

/// Says of changes with one why what stays of them.
fn told(those: &[&Left]) -> String {
    /// How many of many are named.
    const NAMED: usize = 3;
    match those {
        [] => String::new(),
        [one] => format!("{}: {}", one.change, one.why),
        [first, ..] => {
            let named = those
                .iter()
                .take(NAMED)
                .map(|one| format!("'{}'", one.change.target()));
            let more = match those.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!(
                "{} changes, of {}{more}: {}",
                those.len(),
                named.collect::<Vec<_>>().join(", "),
                first.why
            )
        }
    }
}

/// Refuses a run that is not over: what it will have done nobody knows yet.
pub fn refuse_under_way(Summary { head, state, .. }: &Summary, verb: &str) -> fleet::Result<()> {
    if *state != State::Running {
        return Ok(());
    }
    Err(Error::new(
        Kind::Refused,
        format!("not allowed to {verb} run {}: it is still under way", head.run),
    )
    .hint("wait for its end, or stop it with Ctrl-C where it runs"))
}
