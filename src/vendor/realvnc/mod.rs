//! RealVNC Connect, through all 22 operations of its Gateway API.
//!
//! [`connect`] gives two handles on one connection: [`Reads`] has the operations that read and is a
//! [`fleet::Reader`](crate::fleet::Reader); [`Writes`] has those that write and is a
//! [`fleet::Writer`](crate::fleet::Writer). Whoever holds no [`Writes`] cannot write. Methods bear the operation ids of
//! the vendor's OpenAPI document in snake case; the session and its token never leave this module.
//!
//! Written against the vendor's published document alone, never against the live service. Where that document is
//! silent (error bodies, page sizes, rate limits), nothing here depends on a guess.

mod adapter;
mod audit;
mod check;
mod connection;
mod entries;
mod entry_groups;
mod explain;
mod members;
mod names;
mod pages;
mod permissions;
mod presence;
mod session;
mod status;
mod user_groups;
mod versions;
pub mod wire;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::http::{ETag, Transport};
use crate::secret::Redactor;

use connection::Connection;
use session::Session;

pub use super::Failure;
pub use audit::TeamEvents;
pub use names::check_name;
pub use permissions::{permission, permissions, purpose};
pub use presence::EntryPresence;
pub use session::AccessKey;

/// The operations that read.
#[derive(Debug, Clone)]
pub struct Reads {
    connection: Arc<Connection>,
}

/// The operations that write, each with a [`Failure`] that says whether it may have been carried out after all.
#[derive(Debug)]
pub struct Writes {
    connection: Arc<Connection>,
}

/// Makes the two handles on a team; nothing is sent yet. `redactor` learns the key's secret, and every session
/// token as soon as there is one. `profile` is the name that records and messages carry.
pub fn connect(transport: Transport, key: AccessKey, redactor: Redactor, profile: String) -> (Reads, Writes) {
    let session = Session::new(transport.clone(), key, redactor);
    let connection = Arc::new(Connection::new(transport, session, profile));
    let reads = Reads {
        connection: Arc::clone(&connection),
    };
    (reads, Writes { connection })
}

/// An object together with the version that the vendor named in the `ETag` header.
#[derive(Debug, Clone, PartialEq)]
pub struct Versioned<T> {
    /// The object.
    pub value: T,
    /// Its version, byte for byte, where the vendor named one.
    pub etag: Option<ETag>,
}

/// The order of a list that is sorted by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Oldest first.
    Ascending,
    /// Newest first.
    Descending,
}

impl Order {
    /// Returns the vendor's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ascending => "ASC",
            Self::Descending => "DESC",
        }
    }
}
