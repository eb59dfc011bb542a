//! Groups of computers: made, and moved to. A computer is in one group at most, and no read tells which.
//!
//! Guesses: a name has no control characters and is not longer than 100 characters, else it is invalid; names that mean no
//! computer are answered with the only text that the page has for the computers of these requests, and nothing is done.

use serde::Deserialize;

use super::call::Call;
use super::computers::{meant, named};
use super::fields::is_blank;
use super::refusal::{Refusal, success};
use super::texts;
use super::world::World;
use crate::sim::reply::Reply;

/// The longest name.
const LONGEST: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grouping {
    group_name: Option<String>,
    computer_names: Option<Vec<String>>,
}

/// Answers `createGroup`: makes a group that is not there, and moves computers there if any are named.
pub fn create(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let request: Grouping = call.json()?;
    let group = read_name(request.group_name)?;
    if world.find_group(&group).is_some() {
        return Err(Refusal::bad(texts::GROUP_EXISTS));
    }
    let ids = match request.computer_names {
        None => Vec::new(),
        names => find(world, names)?,
    };
    world.groups.push(group.clone());
    put(world, &ids, &group)
}

/// Answers `moveComputers`: moves computers to a group that is there.
pub fn move_computers(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let request: Grouping = call.json()?;
    let name = read_name(request.group_name)?;
    let group = match world.find_group(&name) {
        Some(group) => group.to_owned(),
        None => return Err(Refusal::bad(texts::GROUP_ABSENT)),
    };
    let ids = find(world, request.computer_names)?;
    put(world, &ids, &group)
}

fn read_name(name: Option<String>) -> Result<String, Refusal> {
    let name = name.unwrap_or_default();
    if is_blank(&name) {
        return Err(Refusal::bad(texts::GROUP_BLANK));
    }
    if name.chars().count() > LONGEST || name.chars().any(char::is_control) {
        return Err(Refusal::bad(texts::GROUP_INVALID));
    }
    Ok(name)
}

fn find(world: &World, names: Option<Vec<String>>) -> Result<Vec<String>, Refusal> {
    let names = named(names, texts::NAMES_MISSING)?;
    meant(world, &names, |_| true).ok_or(Refusal::bad(texts::NAMES_MISSING))
}

fn put(world: &mut World, ids: &[String], group: &str) -> Result<Reply, Refusal> {
    for id in ids {
        world.change_device(id, |d| d.group = Some(group.to_owned()));
    }
    success()
}
