//! Users: list and delete.
//!
//! Guesses: the owner is in the list, invited people are not; who is deleted has to be named in the right one of the two lists;
//! either list may be empty, but not both; a missing list is answered with the least unlikely text of the page's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::call::Call;
use super::paging::{Pagination, cut};
use super::refusal::{Refusal, message};
use super::texts;
use super::world::{State, User, World};
use crate::sim::reply::Reply;

#[derive(Serialize)]
struct Listed<'a> {
    pagination: Pagination,
    users: Vec<Shown<'a>>,
}

/// A user on the wire.
#[derive(Serialize)]
struct Shown<'a> {
    firstname: Option<&'a str>,
    username: &'a str,
    lastname: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deletion {
    sub_ids: Option<Vec<String>>,
    invited_ids: Option<Vec<String>>,
}

#[derive(Serialize)]
struct Deleted {
    active_user_delete_status: BTreeMap<String, &'static str>,
    invited_user_delete_status: BTreeMap<String, &'static str>,
}

/// Answers `getUsers`.
pub fn list(call: &Call, world: &World) -> Result<Reply, Refusal> {
    let joined: Vec<&User> = world.users.iter().filter(|u| u.has_joined()).collect();
    let (page, pagination) = cut(call, &joined)?;
    let users = page
        .iter()
        .map(|u| Shown {
            firstname: u.firstname.as_deref(),
            username: &u.username,
            lastname: u.lastname.as_deref(),
        })
        .collect();
    message(Listed { pagination, users })
}

/// Answers `deleteUsers`: 200, whatever became of the single ones.
pub fn delete(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let request: Deletion = call.json()?;
    let (Some(active), Some(invited)) = (request.sub_ids, request.invited_ids) else {
        return Err(Refusal::bad(texts::INVALID_USER));
    };
    if active.is_empty() && invited.is_empty() {
        return Err(Refusal::bad(texts::INVALID_USER));
    }
    message(Deleted {
        active_user_delete_status: delete_each(world, active, State::Active),
        invited_user_delete_status: delete_each(world, invited, State::Invited),
    })
}

/// Deletes those who are in this state, and tells of each; not of the unmentioned.
fn delete_each(world: &mut World, usernames: Vec<String>, state: State) -> BTreeMap<String, &'static str> {
    let mut told = BTreeMap::new();
    for username in usernames {
        if world.is_unmentioned(&username) || told.contains_key(&username) {
            continue;
        }
        let can_go = world
            .find_user(&username)
            .is_some_and(|u| u.state == state && u.deletable);
        if can_go {
            world.remove_user(&username);
        }
        told.insert(username, if can_go { "SUCCESS" } else { texts::FAILED });
    }
    told
}
