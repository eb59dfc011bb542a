//! Rhai as a host: the functions and records through which a script reaches its fleet.
//!
//! [`register`] puts them on an engine. Every function is declared once, as a [`Function`]; fleet functions act on the
//! run's own fleet, and as methods on another: `fleet("acme").list_computers()`. What a script ends in,
//! [`ending`] makes into a document or a secret; of a document [`choose`] keeps what an expression is true of.

mod arguments;
mod choice;
mod connection;
mod declared;
mod directory;
mod errors;
pub mod explain;
mod feed;
mod files;
mod filter;
mod function;
mod listed;
mod named;
mod native;
mod options;
mod people;
mod plans;
mod reads;
mod realvnc;
mod records;
mod remotepc;
mod secrets;
mod several;
mod singly;
mod table;
#[cfg(test)]
mod tests;
mod time;
mod value;
mod world;
mod writes;

use rhai::Engine;

pub use choice::{choose, choose_without_fleet};
pub use connection::{Connection, Fleet, Native};
pub use declared::names;
pub use feed::{DAYS_OF_EVENTS, Entry, Feed, kept_since};
pub use function::{Effect, Function};
pub use named::Named;
pub use plans::METHODS as PLAN_METHODS;
pub use secrets::{Ending, ending};
pub use world::{Open, Say, Supposed, Tell, World};

/// Registers everything that a script can reach on `engine`, with `fleet` as the fleet of the plain functions.
pub fn register(engine: &mut Engine, fleet: &Fleet) {
    register_types(engine);
    for functions in global_functions() {
        function::register_global(engine, functions, fleet);
    }
    for (name, functions) in modules() {
        function::register_module(engine, name, functions.iter().copied().flatten(), fleet);
    }
}

/// Registers what needs no fleet: the types, and what can be done with their values.
fn register_types(engine: &mut Engine) {
    engine.register_type_with_name::<Fleet>("Fleet");
    records::register::<records::ComputerRecord>(engine);
    records::register::<records::GroupRecord>(engine);
    records::register::<records::UserRecord>(engine);
    records::register::<records::PresenceRecord>(engine);
    records::register::<records::EventRecord>(engine);
    secrets::register(engine);
    feed::register(engine);
    time::register(engine);
    table::register(engine);
    value::register(engine);
    plans::register(engine, &writes::FUNCTIONS);
}

/// Returns the functions that have no module, by subject.
pub fn global_functions() -> Vec<&'static [Function]> {
    let others = [
        plans::FUNCTIONS,
        plans::REASONS,
        time::FUNCTIONS,
        table::FUNCTIONS,
        files::FUNCTIONS,
        listed::FUNCTIONS,
        listed::PAIRS,
        feed::FUNCTIONS,
        secrets::FUNCTIONS,
        errors::FUNCTIONS,
    ];
    reads::FUNCTIONS
        .into_iter()
        .chain(writes::FUNCTIONS)
        .chain(others)
        .collect()
}

/// Returns the modules and their functions, by subject.
pub fn modules() -> [(&'static str, &'static [&'static [Function]]); 2] {
    [
        ("realvnc", &realvnc::FUNCTIONS),
        ("remotepc", &remotepc::FUNCTIONS),
    ]
}
