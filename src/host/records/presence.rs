//! A server's presence in a script.

use std::sync::Arc;

use crate::fleet::{ComputerId, Loaded, Presence, PresenceStatus};
use crate::output::Cell;

use super::{Field, Record, json_cell, not_loaded, optional, shown, text_cell, time_cell};

/// Whether a server is connected, on RealVNC; RemotePC tells it with each computer. Copies share one record.
#[derive(Clone)]
pub struct PresenceRecord(pub Arc<Presence>);

impl From<Presence> for PresenceRecord {
    fn from(presence: Presence) -> Self {
        Self(Arc::new(presence))
    }
}

impl Record for PresenceRecord {
    const TYPE: &'static str = "Presence";

    const CSV: &'static [&'static str] = &["Name", "Status", "LastSeen", "ServerID"];

    const FIELDS: &'static [Field<Self>] = &[
        Field {
            name: "name",
            ty: "string|()",
            about: "The server's name, where the vendor tells it.",
            column: shown("Name", "Name"),
            read: |p| Ok(text_cell(p.0.name.as_deref())),
        },
        Field {
            name: "status",
            ty: "string|()",
            about: "ONLINE or OFFLINE, or a word that only the vendor knows.",
            column: shown("Status", "Status"),
            read: |p| Ok(text_cell(p.0.status.as_ref().map(PresenceStatus::as_str))),
        },
        Field {
            name: "last_seen",
            ty: "Timestamp|()",
            about: "When the server last contacted the vendor.",
            column: shown("Last seen", "LastSeen"),
            read: |p| Ok(time_cell(p.0.last_seen)),
        },
        Field {
            name: "id",
            ty: "string",
            about: "The server's identifier (RealVNC: serverId), which is not the computer's.",
            column: optional("Server id", "ServerID"),
            read: |p| Ok(Cell::Text(p.0.id.to_string())),
        },
        Field {
            name: "computer_id",
            ty: "string|()",
            about: "The identifier of the computer that it runs on (RealVNC: entryId). Load it with `computers: true`; `()` where not exactly \
                    one computer says that this is its server.",
            column: optional("Computer id", "EntryID"),
            read: |p| match &p.0.computer {
                Loaded::Yes(computer) => Ok(text_cell(computer.as_ref().map(ComputerId::as_str))),
                Loaded::No(how) => Err(not_loaded("computer", &p.label(), how)),
            },
        },
        Field {
            name: "raw",
            ty: "map",
            about: "The vendor's record, whole, in the vendor's words.",
            column: None,
            read: |p| Ok(json_cell(&p.0.raw)),
        },
    ];

    fn label(&self) -> String {
        self.0.name.clone().unwrap_or_else(|| self.0.id.to_string())
    }

    fn is(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}
