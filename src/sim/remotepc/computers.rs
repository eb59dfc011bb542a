//! Computers by their names, which is how nearly every operation goes about it.
//!
//! A name means every computer that bears it, in any case. A name that none bears spoils the whole request.

use super::fields::is_blank;
use super::refusal::Refusal;
use super::texts;
use super::world::{Device, World};

/// Takes the names that a request must have: some, and none of them blank (else `blank`).
pub fn named(names: Option<Vec<String>>, blank: &'static str) -> Result<Vec<String>, Refusal> {
    let names = names.unwrap_or_default();
    if names.is_empty() {
        return Err(Refusal::bad(texts::NAMES_MISSING));
    }
    if names.iter().any(|name| is_blank(name)) {
        return Err(Refusal::bad(blank));
    }
    Ok(names)
}

/// Returns the identifiers of the computers that are meant, of those that come into question; `None` if a name means none.
pub fn meant(world: &World, names: &[String], in_question: impl Fn(&Device) -> bool) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    for name in names {
        let before = ids.len();
        let found = world.devices_named(name).filter(|d| in_question(d));
        ids.extend(found.map(|d| d.machine_id.clone()));
        if ids.len() == before {
            return None;
        }
    }
    Some(ids)
}
