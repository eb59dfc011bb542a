//! A computer of the fleet.

use jiff::Timestamp;
use serde_json::Value;

use super::{ComputerId, ComputerRef, GroupRef, Raw, ServerId, Vendor};

/// A part of a record that costs a request of its own: absent until somebody asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded<T> {
    /// Nobody asked; the text says how to.
    No(&'static str),
    /// Asked for, and this is the answer.
    Yes(T),
}

impl<T> Loaded<T> {
    /// Returns the value if it was loaded.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::No(_) => None,
            Self::Yes(value) => Some(value),
        }
    }
}

/// A computer that can be reached through the vendor.
#[derive(Debug, Clone, PartialEq)]
pub struct Computer {
    /// The vendor's identifier of this record.
    pub id: ComputerId,
    /// The display name; names are not always unique.
    pub name: String,
    /// Whose record it is.
    pub vendor: Vendor,
    /// The profile it was read through.
    pub profile: String,
    /// Whether it is connected now. `None`: presence was asked for, and the vendor did not say for this computer.
    pub online: Loaded<Option<bool>>,
    /// When the vendor last heard of it. `None` when the vendor gave no time, or none that can be read as one.
    /// RealVNC: the last daily check-in, so that a computer that is online may look a day old. RemotePC: the last session of
    /// a viewer, whose zone is not documented; read as UTC, it may be off by up to 14 hours.
    pub last_seen: Option<Timestamp>,
    /// The operating system, in the vendor's words.
    pub os: Option<String>,
    /// The host name that the computer gave itself.
    pub host: Option<String>,
    /// Its address, where the vendor tells it.
    pub ip: Option<String>,
    /// Hardware addresses as `aa:bb:cc:dd:ee:ff` in lower case.
    pub macs: Vec<String>,
    /// The user that it is assigned to, where the vendor has such a thing.
    pub user: Option<String>,
    /// The groups that it is a member of.
    pub groups: Loaded<Vec<GroupRef>>,
    /// The administrator's comment, where the vendor has such a thing.
    pub comment: Option<String>,
    /// The id of the server on it, which presence and audit events carry.
    pub server: Option<ServerId>,
    /// The vendor's record, whole.
    pub raw: Raw,
}

impl Computer {
    /// Makes the record of a computer of which only the id is known, because nothing of it may be read. It has no name but its
    /// id, and whatever would speak for its removal is missing.
    pub fn unread(id: ComputerId, vendor: Vendor, profile: String) -> Self {
        const WHY: &str = "the key may not read computers: it needs LIST_ENTRIES";
        Self {
            name: id.to_string(),
            id,
            vendor,
            profile,
            online: Loaded::No(WHY),
            last_seen: None,
            os: None,
            host: None,
            ip: None,
            macs: Vec::new(),
            user: None,
            groups: Loaded::No(WHY),
            comment: None,
            server: None,
            raw: Value::Null.into(),
        }
    }

    /// Tells whether the vendor was asked for the record.
    pub fn was_read(&self) -> bool {
        !self.raw.is_null()
    }

    /// Returns what a change needs to name this computer.
    pub fn to_ref(&self) -> ComputerRef {
        ComputerRef {
            id: self.id.clone(),
            name: self.name.clone(),
        }
    }
}

/// What to list, and what to load along with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComputerQuery {
    /// Load the groups of each computer.
    pub groups: bool,
    /// Load whether each computer is online.
    pub presence: bool,
    /// Only the computers assigned to this user.
    pub user: Option<String>,
}
