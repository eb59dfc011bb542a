//! Presence: which servers are connected. It is keyed by server, not by entry, and paged by number.
//!
//! The contract's parameters are `page` and `pageSize`, while its example of a link has `from`. We link with the former.

use std::cmp::Reverse;

use jiff::Timestamp;
use serde::Serialize;

use super::call::Call;
use super::paging::{Rel, cut};
use super::refusal::Refusal;
use super::world::{Entry, Presence, World};
use crate::sim::reply::Reply;

#[derive(Serialize)]
struct Listed<'a> {
    events: Vec<Shown<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    server_id: &'a str,
    server_name: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen: Option<Timestamp>,
}

/// Answers `listEntryPresence`.
pub fn list(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let online = match call.query("status") {
        None => None,
        Some("ONLINE") => Some(true),
        Some("OFFLINE") => Some(false),
        Some(other) => return Err(Refusal::bad(format!("status cannot be '{other}'"))),
    };
    let number = read_number(call, "page")?.unwrap_or(0);
    let size = match read_number(call, "pageSize")? {
        Some(0) => return Err(Refusal::bad("pageSize must be at least 1")),
        asked => asked
            .unwrap_or(call.rules.pages.presence)
            .min(call.rules.pages.largest_presence),
    };
    let mut items: Vec<(&Entry, &str, &Presence)> = world
        .entries
        .iter()
        .filter_map(|e| Some((e, e.server_id.as_deref()?, e.presence.as_ref()?)))
        .filter(|(_, _, presence)| online.is_none_or(|online| online == presence.online))
        .collect();
    match call.query("lastSeenSort") {
        None => {}
        Some("ASC") => items.sort_by_key(|(_, _, presence)| presence.last_seen),
        Some("DESC") => items.sort_by_key(|(_, _, presence)| Reverse(presence.last_seen)),
        Some(other) => return Err(Refusal::bad(format!("lastSeenSort cannot be '{other}'"))),
    }
    let (page, next) = cut(&items, number.saturating_mul(size), size);
    let reply = Reply::json(&Listed {
        events: page
            .iter()
            .map(|(entry, server_id, presence)| Shown {
                server_id,
                server_name: &entry.name,
                status: if presence.online { "ONLINE" } else { "OFFLINE" },
                last_seen: presence.last_seen,
            })
            .collect(),
    })?;
    Ok(match next {
        Some(_) => reply.next(
            "/1.0/presence",
            Rel::Bare,
            &[
                ("page", Some(&(number + 1).to_string())),
                ("pageSize", Some(&size.to_string())),
                ("status", call.query("status")),
                ("lastSeenSort", call.query("lastSeenSort")),
            ],
        ),
        None => reply,
    })
}

fn read_number(call: &Call, name: &str) -> Result<Option<usize>, Refusal> {
    call.query(name)
        .map(|text| {
            text.parse()
                .map_err(|_| Refusal::bad(format!("{name} must be a number, not '{text}'")))
        })
        .transpose()
}
