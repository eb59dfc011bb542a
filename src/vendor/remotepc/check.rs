//! What an API key may do: of each list the first page is asked for.
//!
//! The vendor has no permissions that could be named, and no operation that tells what a key may do. What a caller sees
//! whose address is not whitelisted is not documented; it may well be what a key sees that may not list.

use crate::fleet::{Error, Found, Grant, Kind, Result};

use super::operations::{operations, purpose};
use super::wire::{Device, User};
use super::{Reads, computers, users};

/// Those that read, under the name of what they let be done.
const READS: [(&str, &[&str]); 2] = [
    ("read computers", &["getDevices", "getUsersDevices"]),
    ("read users", &["getUsers"]),
];

/// Finds out what the key may do. Where it may not even list, there is no way in.
pub(super) async fn check(reads: &Reads) -> Result<Vec<Grant>> {
    let computers = found(reads.connection.probe::<Device>(computers::LISTING).await)?;
    let users = found(reads.connection.probe::<User>(users::LISTING).await)?;
    if let (Found::Refused(error), Found::Refused(_)) = (&computers, &users) {
        return Err(error.clone());
    }
    let mut grants: Vec<Grant> = READS
        .into_iter()
        .zip([computers, users])
        .map(|((name, operations), found)| Grant {
            name: name.to_owned(),
            purpose: purposes(operations.iter().copied()),
            found,
        })
        .collect();
    let read = |operation: &&str| READS.iter().any(|(_, operations)| operations.contains(operation));
    grants.push(Grant {
        name: "write".to_owned(),
        purpose: purposes(operations().filter(|operation| !read(operation))),
        found: Found::Untried,
    });
    Ok(grants)
}

fn purposes(operations: impl Iterator<Item = &'static str>) -> String {
    operations.filter_map(purpose).collect::<Vec<_>>().join(", ")
}

fn found(probed: Result<()>) -> Result<Found> {
    match probed {
        Ok(()) => Ok(Found::Granted),
        Err(error) => of(error),
    }
}

/// What would happen to every other request as well is an error.
fn of(error: Error) -> Result<Found> {
    match error.kind {
        Kind::Permission => Ok(Found::Refused(error)),
        Kind::Auth | Kind::Network | Kind::Cancelled => Err(error),
        _ => Ok(Found::Unclear(error)),
    }
}
