//! What can be known of a simulated vendor's world, a fact a line: two worlds are the same where all their facts are.

use std::collections::{BTreeMap, BTreeSet};

use deskhand::fleet::Change;

/// What is known of a world: each fact under a name that tells whom it is about.
pub(crate) type Facts = BTreeMap<String, String>;

/// Returns the names of the facts in which two worlds differ.
pub(crate) fn differences(one: &Facts, other: &Facts) -> BTreeSet<String> {
    let names = one.keys().chain(other.keys());
    names
        .filter(|name| one.get(*name) != other.get(*name))
        .cloned()
        .collect()
}

/// Tells whether a fact is about what a change is made to. Computers are told by their ids, and people by their addresses.
pub(crate) fn is_about(fact: &str, change: &Change) -> bool {
    match change {
        Change::CreateGroup { name, computers } => {
            fact.contains(name) || computers.iter().any(|c| fact.contains(c.id.as_str()))
        }
        _ => match change.computer() {
            Some(computer) => fact.contains(computer.id.as_str()),
            None => fact.contains(&change.target()),
        },
    }
}
