//! What is kept of a target in plans and journals: enough to check a decision again, and to give a machine that comes back
//! its name and its groups.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fleet::{Computer, GroupRef, Loaded, Raw, Role, User};

/// The record of a target, as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// A computer.
    Computer(Box<KeptComputer>),
    /// A user.
    User(Box<KeptUser>),
}

/// What was known of a computer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptComputer {
    /// The vendor's identifier.
    pub id: String,
    /// The display name.
    pub name: String,
    /// Whether it was connected.
    pub online: Presence,
    /// When the vendor last heard of it, where it gave a time.
    pub last_seen: Option<Timestamp>,
    /// The groups that it was in; `None` where nobody asked.
    pub groups: Option<Vec<GroupRef>>,
    /// The host name that it gave itself.
    pub host: Option<String>,
    /// The operating system.
    pub os: Option<String>,
    /// Its hardware addresses.
    pub macs: Vec<String>,
    /// The user that it was assigned to.
    pub user: Option<String>,
    /// The administrator's comment.
    pub comment: Option<String>,
    /// The vendor's record, whole.
    pub raw: Raw,
}

/// Whether a computer was connected, as far as anybody knew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// It was.
    Online,
    /// It was not.
    Offline,
    /// The vendor was asked and did not say, or said a word that nobody knows.
    Unknown,
    /// Nobody asked.
    NotChecked,
}

/// What was known of a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptUser {
    /// The vendor's identifier.
    pub id: String,
    /// The email address.
    pub email: Option<String>,
    /// The roles.
    pub roles: Vec<Role>,
    /// The groups that the user was in; `None` where nobody asked.
    pub groups: Option<Vec<GroupRef>>,
    /// The vendor's record, whole.
    pub raw: Value,
}

impl From<&Computer> for Kept {
    fn from(computer: &Computer) -> Self {
        Self::Computer(Box::new(computer.into()))
    }
}

impl From<&Computer> for KeptComputer {
    fn from(computer: &Computer) -> Self {
        computer.clone().into()
    }
}

impl From<Computer> for KeptComputer {
    fn from(computer: Computer) -> Self {
        Self {
            id: computer.id.to_string(),
            name: computer.name,
            online: match computer.online {
                Loaded::Yes(Some(true)) => Presence::Online,
                Loaded::Yes(Some(false)) => Presence::Offline,
                Loaded::Yes(None) => Presence::Unknown,
                Loaded::No(_) => Presence::NotChecked,
            },
            last_seen: computer.last_seen,
            groups: match computer.groups {
                Loaded::Yes(groups) => Some(groups),
                Loaded::No(_) => None,
            },
            host: computer.host,
            os: computer.os,
            macs: computer.macs,
            user: computer.user,
            comment: computer.comment,
            raw: computer.raw,
        }
    }
}

impl From<&User> for Kept {
    fn from(user: &User) -> Self {
        Self::User(Box::new(user.into()))
    }
}

impl From<&User> for KeptUser {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.to_string(),
            email: user.email.clone(),
            roles: user.roles.clone(),
            groups: user.groups.get().cloned(),
            raw: user.raw.clone(),
        }
    }
}
