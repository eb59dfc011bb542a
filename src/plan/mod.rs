//! The one door for writes: a [`Change`](crate::fleet::Change) goes in, an [`Outcome`](crate::fleet::Outcome) comes
//! out, and nothing else in the program owns a [`Writer`](crate::fleet::Writer).
//!
//! The door asks in this order: may this run write at all, may this script make such a change, is it so already, is the
//! target still what it was, is it only a dry run, has the user said yes. Then it writes into the journal what it is about to
//! do, sends, reads back what came of it, and writes that down, too. After too many failures it sends nothing more.
//!
//! A [`Plan`] gathers what is proposed before any of it goes through the door: [`preview`] shows it, [`saved`] keeps it in
//! a file, and [`Plan::order`] says what may be done at the same time.

pub mod again;
mod approve;
mod drift;
mod executor;
#[cfg(test)]
mod fixtures;
pub mod guards;
pub mod journal;
mod kept;
mod logbook;
mod notes;
mod order;
#[allow(clippy::module_inception, reason = "the plan is what the room is about")]
mod plan;
pub mod preview;
mod proposal;
pub mod restore;
pub mod results;
mod rules;
pub mod saved;
mod subject;
mod tally;
pub mod undo;
mod verdict;

pub use approve::{Approve, Ask, Watch};
pub use executor::{Decided, Executor, Survey};
pub use kept::{Kept, KeptComputer, KeptUser, Presence};
pub use logbook::{BrokenOff, Logbook, Terms};
pub use notes::{LeftAlone, Notes};
pub use order::Order;
pub use plan::{Binding, Plan};
pub use proposal::{Proposal, Reason};
pub use rules::Rules;
pub use tally::Tally;
