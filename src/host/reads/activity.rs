//! Who is connected, and what happened.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rhai::Dynamic;

use super::array;
use crate::fleet::{Error, EventQuery, Kind, Result};
use crate::host::arguments::Arguments;
use crate::host::feed::{DAYS_OF_EVENTS, kept_since};
use crate::host::function::{Effect, Function};
use crate::host::options::Options;
use crate::host::records::{EventRecord, PresenceRecord};

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "list_presence",
        parameters: &[],
        returns: "array of Presence",
        about: "Lists which servers are connected now. Depends on the team's plan; without it an error of kind \
                `permission`. On RemotePC list_computers() tells it.",
        example: "list_presence().filter(|p| p.status == \"ONLINE\").len",
        operations: &["listEntryPresence"],
        effect: Effect::Read,
        body: |call| {
            Ok(array::<_, PresenceRecord>(
                call.fleet.list(|reader| reader.presence(false))?,
            ))
        },
    },
    Function {
        name: "list_presence",
        parameters: &[("options", "map")],
        returns: "array of Presence",
        about: "Lists which servers are connected now. Option: `computers: true` loads the id of the computer that each runs on; \
                without RealVNC's permission to list computers it stays `()` and a warning says so.",
        example: "list_presence(#{ computers: true }).filter(|p| p.computer_id == ())",
        operations: &["listEntryPresence", "listEntries"],
        effect: Effect::Read,
        body: |call| {
            let computers = call.options(0, &["computers"])?.flag("computers")?;
            Ok(array::<_, PresenceRecord>(
                call.fleet.list(|reader| reader.presence(computers))?,
            ))
        },
    },
    Function {
        name: "list_audit_events",
        parameters: &[],
        returns: "array of Event",
        about: "Lists what happened in the team in the last 30 days, oldest first. RemotePC has no such operation.",
        example: "list_audit_events().len > 0",
        operations: &["getTeamEvents"],
        effect: Effect::Read,
        body: |call| events(call, &Options::none(call)),
    },
    Function {
        name: "list_audit_events",
        parameters: &[("options", "map")],
        returns: "array of Event",
        about: "Lists what happened in the team, oldest first. Options: `from` and `to` (moments, or ISO 8601 dates in UTC, of which \
                `to` includes its day; without them the last 30 days, and RealVNC keeps no more), `connections_only: true` \
                for sessions between people and computers.",
        example: "list_audit_events(#{ from: ago(\"7d\"), connections_only: true })",
        operations: &["getTeamEvents"],
        effect: Effect::Read,
        body: |call| events(call, &call.options(0, &["from", "to", "connections_only"])?),
    },
];

fn events(call: &Arguments<'_>, options: &Options) -> Result<Dynamic> {
    let now = call.fleet.world().now();
    let query = event_query(now, options)?;
    if query.from < kept_since(now) {
        let kept =
            format!("RealVNC keeps audit events for {DAYS_OF_EVENTS} days: what is older is not there");
        (call.fleet.world().warn)(&kept);
    }
    Ok(array::<_, EventRecord>(
        call.fleet.read(|reader| reader.events(&query))?,
    ))
}

fn event_query(now: Timestamp, options: &Options) -> Result<EventQuery> {
    let from = options
        .moment("from", |when| when.start(&TimeZone::UTC))?
        .unwrap_or_else(|| kept_since(now));
    let to = options
        .moment("to", |when| when.end(&TimeZone::UTC))?
        .unwrap_or(now);
    // The end of a day is the beginning of the next.
    if from >= to {
        return Err(Error::new(
            Kind::Invalid,
            format!("`from` ({from}) is not before the end of `to` ({to})"),
        ));
    }
    Ok(EventQuery {
        from,
        to,
        connections_only: options.flag("connections_only")?,
    })
}
