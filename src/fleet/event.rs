//! What happened in the team: audit events.

use jiff::Timestamp;
use serde_json::Value;

/// An audit event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The vendor's identifier, where there is one.
    pub id: Option<String>,
    /// When the vendor received the event, which may be later than when it occurred.
    pub at: Option<Timestamp>,
    /// The category, such as `SESSION_LOG`.
    pub category: Option<String>,
    /// The type, such as `connection_start`.
    pub kind: Option<String>,
    /// The email address or id of the user it concerns.
    pub user: Option<String>,
    /// The name of the computer it concerns.
    pub computer: Option<String>,
    /// The event in a sentence.
    pub text: Option<String>,
    /// The vendor's record, whole.
    pub raw: Value,
}

/// Which events to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventQuery {
    /// Events from this moment on.
    pub from: Timestamp,
    /// Events up to and including this moment.
    pub to: Timestamp,
    /// Only sessions between people and computers.
    pub connections_only: bool,
}
