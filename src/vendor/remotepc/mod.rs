//! RemotePC Enterprise, through all 13 operations of its API.
//!
//! [`connect`] gives two handles on one connection: [`Reads`] has the operations that read and is a
//! [`fleet::Reader`](crate::fleet::Reader); [`Writes`] has those that write and is a
//! [`fleet::Writer`](crate::fleet::Writer). Whoever holds no [`Writes`] cannot write. Methods bear the titles of the
//! vendor's page in snake case.
//!
//! Written against the vendor's published page alone, never against the live service. That page is prose and broken
//! JSON, and leaves open how pages are asked for, whether a write to several computers is done whole or in part, in
//! which zone times are, which words of status there are, and what a caller sees whose address is not whitelisted.
//! Where it is silent, the safe reading is chosen, in one place each: [`Paging`], the vendor's descriptions, the limits.
//!
//! Nearly all operations know computers by name, and nothing says that names are unique. Whoever writes has to make
//! sure of it first; the removal does so itself.

mod adapter;
mod check;
mod computers;
mod connection;
mod descriptions;
mod envelope;
mod groups;
mod limits;
mod machines;
mod operations;
mod pages;
mod paging;
mod per_user;
mod refusal;
mod removal;
mod users;
pub mod wire;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use crate::http::Transport;
use crate::secret::{Redactor, Secret};

use connection::Connection;

pub use super::Failure;
pub use operations::{operations, purpose};
pub use paging::{Paging, Settings};
pub use per_user::PerUser;
pub use removal::PerComputer;

/// The vendor's name of its product, for messages.
const PRODUCT: &str = "RemotePC Enterprise";

/// The API key of an account. There is one, and only the account's owner has it.
#[derive(Clone)]
pub struct ApiKey(pub Secret);

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKey").finish_non_exhaustive()
    }
}

/// The operations that read.
#[derive(Debug, Clone)]
pub struct Reads {
    connection: Arc<Connection>,
}

/// The operations that write, each with a [`Failure`] that says whether it may have been carried out after all, or with
/// what came of each of its targets.
///
/// Whether a write to several targets that fails has been done to some of them is not documented. Such a failure
/// counts as [`Unknown`](crate::http::Delivery::Unknown), unless it is one that stops the request at the door (the key,
/// the address, the number of requests) or speaks for the request as a whole (a rule of form, the group, the user).
#[derive(Debug)]
pub struct Writes {
    connection: Arc<Connection>,
}

/// Makes the two handles on an account; nothing is sent yet. `redactor` learns the key, and every secret that comes or
/// goes later. `profile` is the name that records and messages carry.
pub fn connect(
    transport: Transport,
    key: ApiKey,
    settings: Settings,
    redactor: Redactor,
    profile: String,
) -> (Reads, Writes) {
    let connection = Arc::new(Connection::new(transport, key, settings, redactor, profile));
    let reads = Reads {
        connection: Arc::clone(&connection),
    };
    (reads, Writes { connection })
}
