//! The address at which a computer can be viewed without a login.
//!
//! Guesses: only somebody who has joined gets one, and only for a computer that is assigned, but the owner for every one. An
//! identifier is letters and digits. The vendor's addresses lead to a host of its own; ours lead to the simulator, where nothing
//! answers, so that nobody calls the vendor by mistake.

use serde::Deserialize;

use super::call::Call;
use super::fields::is_address;
use super::refusal::{Refusal, message};
use super::texts;
use super::world::{State, World};
use crate::sim::reply::Reply;
use crate::sim::rng::Rng;

/// Where the vendor's addresses lead on its host; the secret follows.
const PATH: &str = "/rpcnew/viewer/redirect/msp/connect/process/";
/// How long the secret is.
const SECRET: usize = 40;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Viewing {
    machine_id: Option<String>,
    username: Option<String>,
}

/// Answers `getConnectUrl`: another address each time.
pub fn connect_url(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let request: Viewing = call.json()?;
    let machine_id = request.machine_id.unwrap_or_default();
    let username = request.username.unwrap_or_default();
    if machine_id.is_empty() || !machine_id.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(Refusal::bad(texts::MACHINE_INVALID));
    }
    if !is_address(&username) {
        return Err(Refusal::bad(texts::USERNAME_INVALID));
    }
    let may_view = match (world.find_device(&machine_id), world.find_joined(&username)) {
        (Some(device), Some(user)) => user.state == State::Owner || device.is_assigned_to(&username),
        _ => false,
    };
    if !may_view {
        return Err(Refusal::bad(texts::MACHINE_OR_USER));
    }
    world.connections += 1;
    let secret = Rng::new(world.seed, &format!("remotepc connection {}", world.connections)).base62(SECRET);
    message(format!("{}{PATH}{secret}", call.rules.base_url))
}
