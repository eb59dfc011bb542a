//! A computer in a script.

use std::sync::Arc;

use crate::fleet::{Computer, ComputerRef, Loaded};
use crate::output::Cell;

use super::{
    Field, Record, data, group_cell, json_cell, not_loaded, optional, shown, text_cell, text_cells, time_cell,
};

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
            about: "The display name (RemotePC: host_name). Names are not always unique, and RemotePC changes computers by name alone: a \
                    computer whose name another bears too is not changed there.",
            column: shown("Name", "Name"),
            read: |c| Ok(Cell::Text(c.0.name.clone())),
        },
        Field {
            name: "online",
            ty: "bool|()",
            about: "Whether it is connected now; `()` when the vendor did not say. RealVNC: load it with `presence: true`. RemotePC: always \
                    there; true and false for the words Online and Offline alone, `()` for any other, which `raw` has.",
            column: shown("Online", "Online"),
            read: |c| match &c.0.online {
                Loaded::Yes(online) => Ok(online.map_or(Cell::Null, Cell::Bool)),
                Loaded::No(how) => Err(not_loaded("online state", &c.0.name, how)),
            },
        },
        Field {
            name: "last_seen",
            ty: "Timestamp|()",
            about: "When the vendor last heard of it; `()` when it gave no time that can be read. RealVNC: the last daily \
                    check-in, so that a computer that is online may look a day old. RemotePC: when somebody last viewed it, not \
                    when it was last on; told without a time zone, and read as UTC, so that it may be 14 hours off.",
            column: shown("Last seen", "LastSeenTime"),
            read: |c| Ok(time_cell(c.0.last_seen)),
        },
        Field {
            name: "groups",
            ty: "array of string",
            about: "The names of the groups that it is in. Load them with `groups: true`. RemotePC does not tell them.",
            column: shown("Groups", "Groups"),
            read: |c| group_cell(&c.0.groups, &c.0.name),
        },
        Field {
            name: "os",
            ty: "string|()",
            about: "The operating system, in the vendor's words (RemotePC: host_os_text and host_os_version).",
            column: optional("System", "System"),
            read: |c| Ok(text_cell(c.0.os.as_deref())),
        },
        Field {
            name: "host",
            ty: "string|()",
            about: "The host name that the computer gave itself. RemotePC: the same as the name.",
            column: optional("Host", "Host"),
            read: |c| Ok(text_cell(c.0.host.as_deref())),
        },
        Field {
            name: "id",
            ty: "string",
            about: "The vendor's identifier of this record (RealVNC: entryId; RemotePC: machine_id).",
            column: optional("Id", "EntryID"),
            read: |c| Ok(Cell::Text(c.0.id.to_string())),
        },
        Field {
            name: "ip",
            ty: "string|()",
            about: "The address, where the vendor tells it (RemotePC: host_ip).",
            column: optional("Address", "Address"),
            read: |c| Ok(text_cell(c.0.ip.as_deref())),
        },
        Field {
            name: "macs",
            ty: "array of string",
            about: "The hardware addresses, as aa:bb:cc:dd:ee:ff. RemotePC does not tell them: always empty.",
            column: optional("MAC", "MAC"),
            read: |c| Ok(text_cells(c.0.macs.iter().cloned())),
        },
        Field {
            name: "user",
            ty: "string|()",
            about: "The user that it is assigned to. RealVNC has no such thing: always `()`. RemotePC tells it only where the computers of \
                    one user are listed: list_computers(#{ user: \"…\" }).",
            column: optional("User", "User"),
            read: |c| Ok(text_cell(c.0.user.as_deref())),
        },
        Field {
            name: "comment",
            ty: "string|()",
            about: "The administrator's comment; `()` for none. RealVNC has no such thing: always `()`.",
            column: optional("Comment", "Comment"),
            read: |c| Ok(text_cell(c.0.comment.as_deref())),
        },
        Field {
            name: "vendor",
            ty: "string",
            about: "`realvnc` or `remotepc`.",
            column: data("Vendor"),
            read: |c| Ok(Cell::Text(c.0.vendor.to_string())),
        },
        Field {
            name: "profile",
            ty: "string",
            about: "The profile that it was read through.",
            column: data("Profile"),
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
