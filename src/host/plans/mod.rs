//! Plans in scripts: `let p = plan();`, filled by the same verbs as methods, and applied as a whole.

mod draft;
mod functions;
mod reasons;

use rhai::Engine;

pub use draft::{Draft, Looked, draft_of};
pub use functions::{FUNCTIONS, METHODS, REMOVING, remove};
pub use reasons::{FUNCTIONS as REASONS, Why};

use super::function::{self, Function};

/// The writes that are no methods of a plan: a removal in a plan is `remove`, with its reason, and an address is for now.
const NEVER_PLANNED: [&str; 2] = ["remove_computer", "connect_url"];

/// Registers the types, the methods that only plans have, and those writes that a plan can hold.
pub fn register(engine: &mut Engine, writes: &[&'static [Function]]) {
    draft::register(engine);
    reasons::register(engine);
    let writes = writes
        .iter()
        .copied()
        .flatten()
        .filter(|function| !NEVER_PLANNED.contains(&function.name));
    function::register_plan_methods(engine, METHODS.iter().chain(writes));
}
