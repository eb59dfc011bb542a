//! Rhai as a language: finding scripts, reading what they say of themselves, running them, explaining their errors.
//!
//! The room knows nothing of fleets or vendors: it works with whatever functions the host registers on the engine.
//!
//! ```text
//! Library ── finds ──▶ Source ── Header::read ──▶ prose, parameters, permissions   (nothing runs)
//!                        │
//! engine() + host ── Program::prepare ──▶ Program ── bind(values) ──▶ run ──▶ value | ScriptError
//! ```
//!
//! Safety that is decided here, because rhai 1.27 leaves it open: no closure reaches a function of an imported module
//! (refused by the lint where the text shows it, by the belt at run time where it does not); filter, sort and the like
//! throw where rhai would take silence for an answer; values that have no order do not compare.

mod belt;
mod declare;
mod diagnostics;
mod engine;
mod header;
mod kit;
mod library;
mod lint;
#[cfg(test)]
mod matrix;
mod names;
mod overlay;
mod params;
mod pointers;
mod policy;
mod raise;
mod resolver;
mod run;
mod source;
mod stack;
#[cfg(test)]
mod tests;
mod value;

pub use diagnostics::{CANCELLED, Look, Place, ScriptError};
pub use engine::{Limits, Print, engine};
pub use header::{Header, Vocabulary};
pub use library::{
    Library, LibraryError, Listed, Origin, Places, Source, is_policy, policy_examples, policy_text,
};
pub use names::{Known, Names, Of};
pub use params::{ParamError, ParamForm, ParamKind, ParamSpec, bind};
pub use policy::{PolicyFunction, checked_policy, decided_by, policy};
pub use raise::{Raised, SCRIPT, mistake, raise};
pub use run::Program;
pub use stack::{STACK_BYTES, on_large_stack};
pub use value::ParamValue;
