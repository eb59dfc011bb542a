//! Which computers are whose.
//!
//! Guesses: one name that is not there, and nothing happens to the others; a computer that is the user's already is assigned
//! again without a word; one that is not cannot be taken away, and is not found.

use serde::Deserialize;

use super::call::Call;
use super::computers::{meant, named};
use super::fields::is_blank;
use super::refusal::{Refusal, success};
use super::texts;
use super::world::World;
use crate::sim::reply::Reply;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assignment {
    username: Option<String>,
    computer_names: Option<Vec<String>>,
}

/// Answers `assignComputer`.
pub fn assign(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let (username, names) = read(call, world, texts::NAME_BLANK)?;
    for id in meant(world, &names, |_| true).ok_or_else(absent)? {
        world.change_device(&id, |d| d.assign(&username));
    }
    success()
}

/// Answers `unassignComputer`.
pub fn unassign(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let (username, names) = read(call, world, texts::NAMES_MISSING)?;
    for id in meant(world, &names, |d| d.is_assigned_to(&username)).ok_or_else(absent)? {
        world.change_device(&id, |d| d.unassign(&username));
    }
    success()
}

/// Reads the user, who must have joined, and the names of the computers.
fn read(call: &Call, world: &World, blank: &'static str) -> Result<(String, Vec<String>), Refusal> {
    let request: Assignment = call.json()?;
    let username = request.username.unwrap_or_default();
    if is_blank(&username) {
        return Err(Refusal::bad(texts::USERNAME_REQUIRED));
    }
    let names = named(request.computer_names, blank)?;
    match world.find_joined(&username) {
        Some(user) => Ok((user.username.clone(), names)),
        None => Err(Refusal::absent(texts::USER_NOT_FOUND)),
    }
}

fn absent() -> Refusal {
    Refusal::absent(texts::COMPUTERS_NOT_FOUND)
}
