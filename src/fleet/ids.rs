//! Identifiers: opaque to deskhand, distinct to the compiler.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps an identifier as the vendor gave it.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// Returns the identifier byte for byte.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A computer of the team (RealVNC: `entryId`).
    ComputerId
}
id! {
    /// A group of computers or of users.
    GroupId
}
id! {
    /// A user of the team (RealVNC: a member's `id`).
    UserId
}
id! {
    /// The remote-access server on a computer (RealVNC: `serverId`); presence and audit events name it.
    ServerId
}

/// A computer as a change names it: the id that counts, and the name it had when it was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComputerRef {
    /// Which computer.
    pub id: ComputerId,
    /// Its name when it was read.
    pub name: String,
}

/// A user as a change names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRef {
    /// Which user.
    pub id: UserId,
    /// The email address when it was read; the id where the vendor gave none.
    pub email: String,
}

/// The vendors that deskhand knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vendor {
    /// RealVNC Connect, through its Gateway API.
    RealVnc,
    /// RemotePC Enterprise, through its enterprise API.
    RemotePc,
}

impl Vendor {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::RealVnc, Self::RemotePc];

    /// Reads the word that [`Vendor::as_str`] returns, in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|vendor| vendor.as_str().eq_ignore_ascii_case(word))
    }

    /// Returns the word that names the vendor in the configuration and in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RealVnc => "realvnc",
            Self::RemotePc => "remotepc",
        }
    }

    /// Returns the vendor's own name for its product.
    pub fn product(self) -> &'static str {
        match self {
            Self::RealVnc => "RealVNC Connect",
            Self::RemotePc => "RemotePC Enterprise",
        }
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
