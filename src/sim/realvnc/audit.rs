//! The audit log: between two moments, oldest or newest first, of one server or all.
//!
//! Guesses: both ends belong to the interval. A page never ends between two events of one millisecond, so that the link can
//! say where to go on with the contract's own parameters.

use serde::Serialize;

use super::call::Call;
use super::paging::Rel;
use super::refusal::Refusal;
use super::world::{Event, World};
use crate::sim::reply::Reply;

/// The most digits of a moment.
const DIGITS: usize = 16;

#[derive(Serialize)]
struct Listed<'a> {
    events: &'a [&'a Event],
}

/// Answers `getTeamEvents`.
pub fn list(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let from = read_moment(call, "from")?;
    let to = read_moment(call, "to")?;
    let newest_first = match call.query("order") {
        None | Some("ASC") => false,
        Some("DESC") => true,
        Some(other) => return Err(Refusal::bad(format!("order cannot be '{other}'"))),
    };
    let server = call.query("serverId");
    let mut events: Vec<&Event> = world
        .events
        .iter()
        .filter(|e| (from..=to).contains(&e.timestamp))
        .filter(|e| server.is_none_or(|id| e.rest.get("serverId").is_some_and(|v| v == id)))
        .collect();
    if newest_first {
        events.reverse();
    }
    let mut end = call.rules.pages.events.max(1).min(events.len());
    let same = |end: usize| match (end.checked_sub(1).and_then(|i| events.get(i)), events.get(end)) {
        (Some(last), Some(next)) => last.timestamp == next.timestamp,
        _ => false,
    };
    while same(end) {
        end += 1;
    }
    let reply = Reply::json(&Listed {
        events: events.get(..end).unwrap_or(&events),
    })?;
    let Some(next) = events.get(end).map(|e| e.timestamp.to_string()) else {
        return Ok(reply);
    };
    let (from, to) = if newest_first {
        (call.query("from"), Some(next.as_str()))
    } else {
        (Some(next.as_str()), call.query("to"))
    };
    let order = call.query("order");
    let parameters = [("from", from), ("to", to), ("order", order), ("serverId", server)];
    Ok(reply.next("/1.0/audit", Rel::Quoted, &parameters))
}

fn read_moment(call: &Call, name: &str) -> Result<i64, Refusal> {
    let bad = || Refusal::bad(format!("{name} is required: milliseconds since the epoch"));
    let text = call.query(name).ok_or_else(bad)?;
    if text.is_empty() || text.len() > DIGITS || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad());
    }
    text.parse().map_err(|_| bad())
}
