//! Groups of computers and of users.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::GroupId;

/// What a group holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// Computers.
    Computers,
    /// Users.
    Users,
}

impl fmt::Display for GroupKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Computers => "computer group",
            Self::Users => "user group",
        })
    }
}

/// A group and the ids of its members.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The vendor's identifier.
    pub id: GroupId,
    /// The title; the vendors do not promise that it is unique.
    pub name: String,
    /// What the group holds.
    pub kind: GroupKind,
    /// The profile it was read through.
    pub profile: String,
    /// The ids of the computers or users in it.
    pub members: Vec<String>,
    /// The vendor's record, whole.
    pub raw: Value,
}

impl Group {
    /// Returns what a change needs to name this group.
    pub fn to_ref(&self) -> GroupRef {
        GroupRef {
            id: self.id.clone(),
            name: self.name.clone(),
            kind: self.kind,
        }
    }
}

/// A group as a change or a computer's record names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRef {
    /// Which group.
    pub id: GroupId,
    /// Its title when it was read.
    pub name: String,
    /// What it holds.
    pub kind: GroupKind,
}
