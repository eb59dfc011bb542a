//! Who is connected now.

use jiff::Timestamp;

use super::{ComputerId, Loaded, ServerId};

/// A server's connection to the vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PresenceStatus {
    /// Connected.
    Online,
    /// Not connected.
    Offline,
    /// A word that this version does not know. It is neither online nor offline.
    Other(String),
}

impl PresenceStatus {
    /// Reads the vendor's word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "ONLINE" => Self::Online,
            "OFFLINE" => Self::Offline,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Returns the vendor's word.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Online => "ONLINE",
            Self::Offline => "OFFLINE",
            Self::Other(word) => word,
        }
    }

    /// Tells whether the server is connected; `None` for a word that is not known.
    pub fn is_online(&self) -> Option<bool> {
        match self {
            Self::Online => Some(true),
            Self::Offline => Some(false),
            Self::Other(_) => None,
        }
    }
}

/// The presence of one server. It is keyed by server, not by computer.
#[derive(Debug, Clone, PartialEq)]
pub struct Presence {
    /// Which server.
    pub id: ServerId,
    /// The server's name, where the vendor tells it.
    pub name: Option<String>,
    /// Its status, where the vendor tells it.
    pub status: Option<PresenceStatus>,
    /// When the vendor last heard of it.
    pub last_seen: Option<Timestamp>,
    /// The computer that it runs on. `None`: the computers were asked, and not exactly one of them says that it is its server.
    pub computer: Loaded<Option<ComputerId>>,
    /// The vendor's record, whole.
    pub raw: serde_json::Value,
}
