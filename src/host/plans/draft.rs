//! A plan as a script holds it.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use rhai::{Array, Dynamic, Engine};

use crate::fleet::{Error, Kind, Outcome, Result};
use crate::held::held;
use crate::host::connection::Fleet;
use crate::host::table::maps;
use crate::plan::{Plan, Proposal, preview};

/// A plan that is being made. Clones are the same plan.
#[derive(Clone)]
pub struct Draft(Arc<Shared>);

struct Shared {
    fleet: Fleet,
    /// Nothing once it was applied.
    plan: Mutex<Option<Plan>>,
}

impl Draft {
    /// Starts a plan for a fleet.
    pub fn new(fleet: &Fleet) -> Self {
        Self(Arc::new(Shared {
            fleet: fleet.clone(),
            plan: Mutex::new(Some(fleet.plan())),
        }))
    }

    /// Returns the fleet that it is for.
    pub fn fleet(&self) -> &Fleet {
        &self.0.fleet
    }

    /// Adds a proposal.
    pub fn push(&self, proposal: Proposal) -> Result<()> {
        if let Some(error) = self.fleet().lacks(&proposal.change) {
            return Err(error);
        }
        self.with(|plan| plan.push(proposal))?
    }

    /// Counts something that was looked at and left alone, by the script's word for why.
    pub fn keep(&self, why: &str) -> Result<()> {
        self.with(|plan| *plan.notes.left_alone.entry(why.to_owned()).or_default() += 1)
    }

    /// Makes the changes; a plan is applied once.
    pub fn apply(&self) -> Result<Vec<(Proposal, Outcome)>> {
        let plan = held(&self.0.plan).take().ok_or_else(applied)?;
        self.fleet().apply(plan)
    }

    /// Writes it into a file.
    pub fn save(&self, path: &Path, shown: &str) -> Result<()> {
        self.with(|plan| self.fleet().save(plan, path, shown))?
    }

    fn with<T>(&self, work: impl FnOnce(&mut Plan) -> T) -> Result<T> {
        held(&self.0.plan).as_mut().map(work).ok_or_else(applied)
    }

    fn proposals(&self) -> Vec<Proposal> {
        let plan = held(&self.0.plan);
        plan.as_ref()
            .map(|plan| plan.proposals().to_vec())
            .unwrap_or_default()
    }

    fn len(&self) -> i64 {
        let plan = held(&self.0.plan);
        let len = plan.as_ref().map_or(0, |plan| plan.proposals().len());
        i64::try_from(len).unwrap_or(i64::MAX)
    }
}

fn applied() -> Error {
    Error::new(Kind::Invalid, "this plan was applied already")
        .hint("a plan is applied once: start another one with plan()")
}

impl fmt::Display for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            1 => f.write_str("plan of 1 change"),
            len => write!(f, "plan of {len} changes"),
        }
    }
}

/// Registers the type and its fields.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Draft>("Plan");
    engine.register_get("len", |draft: &mut Draft| draft.len());
    engine.register_get("changes", |draft: &mut Draft| -> Array {
        maps(&preview::table(&draft.proposals()))
    });
    engine.register_fn("to_string", |draft: &mut Draft| draft.to_string());
    engine.register_fn("to_debug", |draft: &mut Draft| draft.to_string());
}

/// Returns the plan that a value is, if it is one.
pub fn draft_of(value: &Dynamic) -> Option<Draft> {
    value.clone().try_cast::<Draft>()
}
