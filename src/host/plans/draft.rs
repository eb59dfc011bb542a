//! A plan as a script holds it.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use rhai::{Dynamic, Engine};

use crate::fleet::{Change, Error, Kind, Outcome, Result};
use crate::held::held;
use crate::host::connection::Fleet;
use crate::host::table::maps;
use crate::output::Table;
use crate::plan::{LeftAlone, Plan, Proposal, preview};

/// A plan that is being made. Clones are the same plan.
#[derive(Clone)]
pub struct Draft(Arc<Shared>);

struct Shared {
    fleet: Fleet,
    state: Mutex<State>,
}

struct State {
    plan: Plan,
    /// Whether it was handed in; what came of it is another question.
    applied: bool,
    saved: bool,
    /// What was looked at and left alone, each with the script's word for why.
    kept: HashMap<Looked, String>,
    /// What the plan removes, in all the ways in which a script may call it.
    gone: HashSet<Looked>,
}

/// Something that a script has looked at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Looked {
    /// A computer, by its id.
    Computer(String),
    /// A user, by the id.
    User(String),
    /// Whatever bears a name.
    Named(String),
}

impl Looked {
    fn id(&self) -> Option<&str> {
        match self {
            Self::Computer(id) | Self::User(id) => Some(id),
            Self::Named(_) => None,
        }
    }
}

impl Draft {
    /// Starts a plan for a fleet.
    pub fn new(fleet: &Fleet) -> Self {
        let state = State {
            plan: fleet.plan(),
            applied: false,
            saved: false,
            kept: HashMap::new(),
            gone: HashSet::new(),
        };
        Self(Arc::new(Shared {
            fleet: fleet.clone(),
            state: Mutex::new(state),
        }))
    }

    /// Returns the fleet that it is for.
    pub fn fleet(&self) -> &Fleet {
        &self.0.fleet
    }

    /// Adds a proposal. What the script leaves alone is not removed as well.
    pub fn push(&self, proposal: Proposal) -> Result<()> {
        if let Some(error) = self.fleet().lacks(&proposal.change) {
            return Err(error);
        }
        let mut state = held(&self.0.state);
        let change = &proposal.change;
        let gone = removed(change);
        if let Some(why) = gone.iter().find_map(|it| state.kept.get(it)) {
            return Err(Error::new(
                Kind::Invalid,
                format!("cannot plan to {change}: the plan leaves it alone already ({why})"),
            )
            .hint("decide once for each: either keep(…) or its removal"));
        }
        state.open()?.push(proposal)?;
        state.gone.extend(gone);
        Ok(())
    }

    /// Notes something that was looked at and left alone, with the script's word for why; `name` is how it is called.
    pub fn keep(&self, looked: Looked, name: &str, why: &str) -> Result<()> {
        let mut state = held(&self.0.state);
        state.open()?;
        let problem = if state.gone.contains(&looked) {
            Some("the plan removes it".to_owned())
        } else {
            let before = state.kept.get(&looked);
            before.map(|before| format!("it was counted already ({before})"))
        };
        if let Some(problem) = problem {
            return Err(Error::new(
                Kind::Invalid,
                format!("cannot count '{name}' as left alone: {problem}"),
            )
            .hint("decide once for each, so that the counts add up to the fleet"));
        }
        state.plan.notes.leave_alone(LeftAlone {
            name: name.to_owned(),
            id: looked.id().map(str::to_owned),
            why: why.to_owned(),
        });
        state.kept.insert(looked, why.to_owned());
        Ok(())
    }

    /// Makes the changes; a plan is applied once.
    pub fn apply(&self) -> Result<Vec<(Proposal, Outcome)>> {
        let plan = {
            let mut state = held(&self.0.state);
            let plan = state.open()?.clone();
            state.applied = true;
            plan
        };
        self.fleet().apply(plan)
    }

    /// Writes it into a file.
    pub fn save(&self, path: &Path, shown: &str) -> Result<()> {
        let mut state = held(&self.0.state);
        self.fleet().save(state.open()?, path, shown)?;
        state.saved = true;
        Ok(())
    }

    /// Returns the table of its changes.
    pub fn table(&self) -> Table {
        preview::table(held(&self.0.state).plan.proposals())
    }

    fn len(&self) -> usize {
        held(&self.0.state).plan.proposals().len()
    }
}

impl State {
    /// Returns the plan, unless it was applied.
    fn open(&mut self) -> Result<&mut Plan> {
        if self.applied {
            return Err(
                Error::new(Kind::Invalid, "`apply` was called on this plan already")
                    .hint("a plan is applied once: start another one with plan()"),
            );
        }
        Ok(&mut self.plan)
    }
}

impl Drop for Shared {
    /// A plan that is forgotten must not look like one that was made.
    fn drop(&mut self) {
        let state = held(&self.state);
        let planned = state.plan.proposals().len();
        if planned > 0 && !state.applied && !state.saved {
            let told = format!(
                "a {} was neither applied nor saved, and nothing of it was made",
                counted(planned)
            );
            (self.fleet.world().warn)(&told);
        }
    }
}

/// Returns what a change removes, as a script may have called it.
fn removed(change: &Change) -> Vec<Looked> {
    match change {
        Change::RemoveComputer { computer } => vec![
            Looked::Computer(computer.id.to_string()),
            Looked::Named(computer.name.clone()),
        ],
        Change::RemoveUser { user, .. } => vec![
            Looked::User(user.id.to_string()),
            Looked::Named(user.email.clone()),
        ],
        _ => Vec::new(),
    }
}

fn counted(changes: usize) -> String {
    match changes {
        1 => "plan of 1 change".to_owned(),
        many => format!("plan of {many} changes"),
    }
}

impl fmt::Display for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&counted(self.len()))
    }
}

/// Registers the type and its fields.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Draft>("Plan");
    engine.register_get("len", |draft: &mut Draft| {
        i64::try_from(draft.len()).unwrap_or(i64::MAX)
    });
    engine.register_get("changes", |draft: &mut Draft| maps(&draft.table()));
    engine.register_fn("to_string", |draft: &mut Draft| draft.to_string());
    engine.register_fn("to_debug", |draft: &mut Draft| draft.to_string());
}

/// Returns the plan that a value is, if it is one.
pub fn draft_of(value: &Dynamic) -> Option<Draft> {
    value.clone().try_cast::<Draft>()
}
