//! A computer in a script.

use std::sync::Arc;

use crate::fleet::{Computer, ComputerRef, Loaded};
use crate::output::Cell;

use super::{Field, Record, group_cell, json_cell, not_loaded, shown, text_cell, text_cells, time_cell};

/// A computer of a fleet. Copies share one record.
#[derive(Clone)]
pub struct ComputerRecord(pub Arc<Computer>);

impl ComputerRecord {
    /// Returns what a change needs to name this computer.
    pub fn to_ref(&self) -> ComputerRef {
        self.0.to_ref()
    }
}

impl From<Computer> for ComputerRecord {
    fn from(computer: Computer) -> Self {
        Self(Arc::new(computer))
    }
}

impl Record for ComputerRecord {
    const TYPE: &'static str = "Computer";

    const CSV: &'static [&'static str] = &["Name", "EntryID", "LastSeenTime", "Online", "Groups"];

    const FIELDS: &'static [Field<Self>] = &[
        Field {
            name: "name",
            ty: "string",
            about: "The display name. Names are not always unique.",
            column: Some(shown("Name", "Name", false)),
            read: |c| Ok(Cell::Text(c.0.name.clone())),
        },
        Field {
            name: "online",
            ty: "bool|()",
            about: "Whether it is connected now; `()` when the vendor did not say. Load it with `presence: true`.",
            column: Some(shown("Online", "Online", false)),
            read: |c| match &c.0.online {
                Loaded::Yes(online) => Ok(online.map_or(Cell::Null, Cell::Bool)),
                Loaded::No(how) => Err(not_loaded("online state", &c.0.name, how)),
            },
        },
        Field {
            name: "last_seen",
            ty: "Timestamp|()",
            about: "When the vendor last heard of it; `()` when it gave no time that can be read. RealVNC: the last daily \
                    check-in, so that a computer that is online may look a day old.",
            column: Some(shown("Last seen", "LastSeenTime", false)),
            read: |c| Ok(time_cell(c.0.last_seen)),
        },
        Field {
            name: "groups",
            ty: "array of string",
            about: "The names of the groups that it is in. Load them with `groups: true`.",
            column: Some(shown("Groups", "Groups", false)),
            read: |c| group_cell(&c.0.groups, &c.0.name),
        },
        Field {
            name: "os",
            ty: "string|()",
            about: "The operating system, in the vendor's words.",
            column: Some(shown("System", "System", true)),
            read: |c| Ok(text_cell(c.0.os.as_deref())),
        },
        Field {
            name: "host",
            ty: "string|()",
            about: "The host name that the computer gave itself.",
            column: Some(shown("Host", "Host", true)),
            read: |c| Ok(text_cell(c.0.host.as_deref())),
        },
        Field {
            name: "id",
            ty: "string",
            about: "The vendor's identifier of this record (RealVNC: entryId).",
            column: Some(shown("Id", "EntryID", true)),
            read: |c| Ok(Cell::Text(c.0.id.to_string())),
        },
        Field {
            name: "ip",
            ty: "string|()",
            about: "The address, where the vendor tells it.",
            column: Some(shown("Address", "Address", true)),
            read: |c| Ok(text_cell(c.0.ip.as_deref())),
        },
        Field {
            name: "macs",
            ty: "array of string",
            about: "The hardware addresses, as aa:bb:cc:dd:ee:ff.",
            column: Some(shown("MAC", "MAC", true)),
            read: |c| Ok(text_cells(c.0.macs.iter().cloned())),
        },
        Field {
            name: "user",
            ty: "string|()",
            about: "The user that it is assigned to. RealVNC has no such thing: always `()`.",
            column: Some(shown("User", "User", true)),
            read: |c| Ok(text_cell(c.0.user.as_deref())),
        },
        Field {
            name: "comment",
            ty: "string|()",
            about: "The administrator's comment. RealVNC has no such thing: always `()`.",
            column: Some(shown("Comment", "Comment", true)),
            read: |c| Ok(text_cell(c.0.comment.as_deref())),
        },
        Field {
            name: "vendor",
            ty: "string",
            about: "`realvnc` or `remotepc`.",
            column: None,
            read: |c| Ok(Cell::Text(c.0.vendor.to_string())),
        },
        Field {
            name: "profile",
            ty: "string",
            about: "The profile that it was read through.",
            column: None,
            read: |c| Ok(Cell::Text(c.0.profile.clone())),
        },
        Field {
            name: "raw",
            ty: "map",
            about: "The vendor's record, whole, in the vendor's words.",
            column: None,
            read: |c| Ok(json_cell(&c.0.raw)),
        },
    ];

    fn label(&self) -> String {
        self.0.name.clone()
    }

    fn is(&self, other: &Self) -> bool {
        self.0.vendor == other.0.vendor && self.0.profile == other.0.profile && self.0.id == other.0.id
    }
}
