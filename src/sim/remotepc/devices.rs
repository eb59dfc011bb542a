//! Computers: list, comment, remove.
//!
//! Guesses: a comment takes the place of the one before, and characters are counted, not bytes. For a computer that is not
//! offline the page has no text; a removal is answered as if the computer were not there.

use serde::{Deserialize, Serialize};

use super::call::Call;
use super::computers::{meant, named};
use super::fields::is_blank;
use super::options::Removal;
use super::paging::{Pagination, cut};
use super::refusal::{Refusal, message, success};
use super::texts;
use super::world::{Device, World};
use crate::sim::reply::Reply;

/// How many computers may be named in one removal.
const LARGEST_REMOVAL: usize = 50;
/// How long a comment may be, in characters.
const COMMENT: std::ops::RangeInclusive<usize> = 6..=250;

#[derive(Serialize)]
struct Listed<'a> {
    devices: Vec<Shown<'a>>,
    pagination: Pagination,
}

/// A computer on the wire.
#[derive(Serialize)]
struct Shown<'a> {
    machine_id: &'a str,
    host_name: &'a str,
    host_os_version: Option<&'a str>,
    host_ip: &'a str,
    viewer_last_session_time: Option<&'a str>,
    comments: &'a str,
    host_os_text: Option<&'a str>,
    host_status_text: Option<&'a str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Comment {
    computer_name: Option<String>,
    comment_desc: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Departure {
    computer_names: Option<Vec<String>>,
}

/// Answers `getDevices`.
pub fn list(call: &Call, world: &World) -> Result<Reply, Refusal> {
    show(call, &world.devices.iter().collect::<Vec<_>>())
}

/// Answers `getUsersDevices`: those that are assigned to somebody who has joined.
pub fn list_of_user(call: &Call, world: &World) -> Result<Reply, Refusal> {
    let username = call.segment("username");
    if world.find_joined(username).is_none() {
        return Err(Refusal::bad(texts::USERNAME_INVALID));
    }
    show(call, &world.devices_of(username).collect::<Vec<_>>())
}

fn show(call: &Call, devices: &[&Device]) -> Result<Reply, Refusal> {
    let (devices, pagination) = cut(call, devices)?;
    let devices = devices
        .iter()
        .map(|d| Shown {
            machine_id: &d.machine_id,
            host_name: &d.name,
            host_os_version: d.os_version.as_deref(),
            host_ip: &d.ip,
            viewer_last_session_time: d.last_session.as_deref(),
            comments: &d.comment,
            host_os_text: d.os.as_deref(),
            host_status_text: d.status.as_deref(),
        })
        .collect();
    message(Listed { devices, pagination })
}

/// Answers `addComment`: writes the comment of every computer of the name.
pub fn comment(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let request: Comment = call.json()?;
    let name = request.computer_name.unwrap_or_default();
    let text = request.comment_desc.unwrap_or_default();
    if is_blank(&name) {
        return Err(Refusal::bad(texts::NAME_BLANK));
    }
    if is_blank(&text) {
        return Err(Refusal::bad(texts::COMMENT_BLANK));
    }
    if !COMMENT.contains(&text.chars().count()) {
        return Err(Refusal::bad(texts::COMMENT_LENGTH));
    }
    let ids = meant(world, &[name], |_| true).ok_or(Refusal::absent(texts::COMPUTER_NOT_FOUND))?;
    for id in ids {
        world.change_device(&id, |d| d.comment.clone_from(&text));
    }
    success()
}

/// Answers `removeComputers`.
pub fn remove(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let request: Departure = call.json()?;
    let names = named(request.computer_names, texts::NAMES_MISSING)?;
    if names.len() > LARGEST_REMOVAL {
        return Err(Refusal::bad(texts::TOO_MANY));
    }
    let absent = || Refusal::absent(texts::COMPUTERS_NOT_FOUND);
    let ids = meant(world, &names, |_| true).ok_or_else(absent)?;
    let leaves = |d: &Device| d.is_offline() && ids.contains(&d.machine_id);
    let stays = world
        .devices
        .iter()
        .any(|d| ids.contains(&d.machine_id) && !d.is_offline());
    if stays && call.rules.removal == Removal::Whole {
        return Err(absent());
    }
    world.devices.retain(|d| !leaves(d));
    success()
}
