//! A user of the team.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{GroupRef, Loaded, UserId, UserRef};
use crate::secret::Secret;

/// A role in the team. Roles are a set; words that deskhand does not know are kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Role {
    /// Owns the subscription.
    Owner,
    /// Manages people, computers and billing.
    Admin,
    /// Manages people and computers.
    Manager,
    /// Gives on-demand assistance.
    Technician,
    /// Connects to computers.
    User,
    /// No longer in the team.
    Deleted,
    /// A role that this version does not know, in the vendor's word.
    Other(String),
}

impl From<String> for Role {
    fn from(word: String) -> Self {
        Self::from_word(&word)
    }
}

impl From<Role> for String {
    fn from(word: Role) -> Self {
        word.as_str().to_owned()
    }
}

impl Role {
    /// Reads the vendor's word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "OWNER" => Self::Owner,
            "ADMIN" => Self::Admin,
            "MANAGER" => Self::Manager,
            "TECHNICIAN" => Self::Technician,
            "USER" => Self::User,
            "DELETED" => Self::Deleted,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Returns the vendor's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Owner => "OWNER",
            Self::Admin => "ADMIN",
            Self::Manager => "MANAGER",
            Self::Technician => "TECHNICIAN",
            Self::User => "USER",
            Self::Deleted => "DELETED",
            Self::Other(word) => word,
        }
    }

    /// Returns roles as one list of the vendor's words: `USER,MANAGER`.
    pub fn list(roles: &[Self]) -> String {
        roles.iter().map(Self::as_str).collect::<Vec<_>>().join(",")
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a user has taken up the invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum UserState {
    /// A member of the team.
    Joined,
    /// Invited, and not yet a member.
    Invited,
    /// A state that this version does not know, in the vendor's word.
    Other(String),
}

impl From<String> for UserState {
    fn from(word: String) -> Self {
        Self::from_word(&word)
    }
}

impl From<UserState> for String {
    fn from(word: UserState) -> Self {
        word.as_str().to_owned()
    }
}

impl UserState {
    /// Reads the vendor's word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "JOINED" => Self::Joined,
            "INVITED" => Self::Invited,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Returns the vendor's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Joined => "JOINED",
            Self::Invited => "INVITED",
            Self::Other(word) => word,
        }
    }
}

/// Somebody who uses the vendor's service in this team.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    /// The vendor's identifier.
    pub id: UserId,
    /// The email address, where the vendor tells it.
    pub email: Option<String>,
    /// The person's own name, where the vendor tells it.
    pub name: Option<String>,
    /// The roles, as a set.
    pub roles: Vec<Role>,
    /// Joined or invited, where the vendor tells it.
    pub state: Option<UserState>,
    /// The profile it was read through.
    pub profile: String,
    /// The user groups that the user is a member of.
    pub groups: Loaded<Vec<GroupRef>>,
    /// The vendor's record, whole.
    pub raw: Value,
}

impl User {
    /// Makes the record of a user of whom only the id is known, because nobody may be listed; the address is what somebody
    /// says it is.
    pub fn unread(id: UserId, email: Option<String>, profile: String) -> Self {
        Self {
            id,
            email,
            name: None,
            roles: Vec::new(),
            state: None,
            profile,
            groups: Loaded::No("the key may not list users: it needs LIST_TEAM_MEMBERS"),
            raw: Value::Null,
        }
    }

    /// Returns what a change needs to name this user.
    pub fn to_ref(&self) -> UserRef {
        UserRef {
            id: self.id.clone(),
            email: self.email.clone().unwrap_or_else(|| self.id.to_string()),
        }
    }
}

/// How a new user is to sign in. What is `None` is as the vendor's account has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Whether with two factors.
    pub two_factor: Option<bool>,
    /// Whether by single sign-on.
    pub sso: Option<bool>,
}

/// A user who is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUser {
    /// The name to sign in with, an email address.
    pub username: String,
    /// The person's first name.
    pub first_name: String,
    /// The person's last name.
    pub last_name: String,
    /// The password to begin with. It is never written down: what is read back has an empty one, which no vendor takes.
    #[serde(skip, default = "Secret::nothing")]
    pub password: Secret,
    /// How the user is to sign in.
    pub sign_in: SignIn,
}
