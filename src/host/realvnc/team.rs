//! What is of the team as a whole: presence and audit events.

use jiff::tz::TimeZone;

use super::{answer, order, word};
use crate::fleet::{PresenceStatus, ServerId};
use crate::host::function::{Effect, Function};
use crate::vendor::realvnc::{EntryPresence, TeamEvents};

/// The functions, in the order of the vendor's document.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "list_entry_presence",
        parameters: &[],
        returns: "array of map",
        about: "Lists which servers are connected. The vendor's document calls the items events; they bear a serverId, not an entryId.",
        example: "realvnc::list_entry_presence().len",
        operations: &["listEntryPresence"],
        effect: Effect::Read,
        body: |call| {
            answer(call, |api| async move {
                api.list_entry_presence(&EntryPresence::default()).await
            })
        },
    },
    Function {
        name: "list_entry_presence",
        parameters: &[("options", "map")],
        returns: "array of map",
        about: "Lists which servers are connected. Options: `status` (\"ONLINE\" or \"OFFLINE\"), `last_seen_sort` (\"ASC\" or \"DESC\").",
        example: "realvnc::list_entry_presence(#{ status: \"ONLINE\", last_seen_sort: \"DESC\" })",
        operations: &["listEntryPresence"],
        effect: Effect::Read,
        body: |call| {
            let options = call.options(0, &["status", "last_seen_sort"])?;
            let filter = EntryPresence {
                status: word(&options, "status", &["ONLINE", "OFFLINE"])?
                    .map(|w| PresenceStatus::from_word(&w)),
                last_seen_sort: order(&options, "last_seen_sort")?,
                ..EntryPresence::default()
            };
            answer(call, |api| async move { api.list_entry_presence(&filter).await })
        },
    },
    Function {
        name: "get_team_events",
        parameters: &[("options", "map")],
        returns: "array of map",
        about: "Lists audit events. Options: `from` and `to` (moments or ISO 8601 dates in UTC; both needed), `order` (\"ASC\" or \
                \"DESC\"), `server_id`. The vendor keeps them for 30 days.",
        example: "realvnc::get_team_events(#{ from: ago(\"2d\"), to: now(), order: \"DESC\" })",
        operations: &["getTeamEvents"],
        effect: Effect::Read,
        body: |call| {
            let options = call.options(0, &["from", "to", "order", "server_id"])?;
            let from = options.moment("from", |when| when.start(&TimeZone::UTC))?;
            let to = options.moment("to", |when| when.end(&TimeZone::UTC))?;
            let (Some(from), Some(to)) = (from, to) else {
                return Err(call.invalid("the vendor wants both `from` and `to`"));
            };
            let filter = TeamEvents {
                from,
                to,
                order: order(&options, "order")?,
                server: options.text("server_id")?.map(ServerId::new),
            };
            answer(call, |api| async move { api.get_team_events(&filter).await })
        },
    },
];
