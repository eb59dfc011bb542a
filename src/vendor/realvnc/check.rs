//! What an access key may do: of each permission that reads, the first page of its list is asked for.
//!
//! The API has no operation that tells a key's permissions. Those that write cannot be tried without writing.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::fleet::{Error, Found, Grant, Kind, Result};
use crate::http::Request;

use super::pages::{EntryPage, EventPage, GroupPage, MemberPage, Page, PresencePage};
use super::permissions::{permission, permissions, purpose, purposes};
use super::{EntryPresence, Reads, TeamEvents, entries, entry_groups, members, user_groups};

/// Of how long ago audit events are asked for: few, and none that the vendor has thrown away.
const LATELY: Duration = Duration::from_secs(3600);

/// Finds out what the key may do. Those permissions that can be tried come first.
pub(super) async fn check(reads: &Reads, now: Timestamp) -> Result<Vec<Grant>> {
    reads.connection.enter().await?;
    let presence = EntryPresence {
        page_size: Some(1),
        ..EntryPresence::default()
    };
    let events = TeamEvents {
        from: now.saturating_sub(LATELY).unwrap_or(now),
        to: now,
        order: None,
        server: None,
    };
    let tried = [
        probe::<EntryPage>(reads, entries::listing()?).await?,
        probe::<GroupPage>(reads, entry_groups::listing()?).await?,
        probe::<PresencePage>(reads, presence.request()?).await?,
        probe::<MemberPage>(reads, members::listing()?).await?,
        probe::<GroupPage>(reads, user_groups::listing()?).await?,
        probe::<EventPage>(reads, events.request()?).await?,
    ];
    let mut rest: BTreeMap<&str, Grant> = permissions().map(|name| (name, untried(name))).collect();
    for grant in &tried {
        rest.remove(grant.name.as_str());
    }
    Ok(tried.into_iter().chain(rest.into_values()).collect())
}

/// Asks for one page. What would happen to every other request as well is an error: there is no way in.
async fn probe<P: Page>(reads: &Reads, request: Request) -> Result<Grant> {
    let operation = request.operation();
    let found = match reads.connection.page::<P>(request, "").await {
        Ok(_) => Found::Granted,
        Err(error) => found(error)?,
    };
    Ok(Grant {
        name: permission(operation).unwrap_or(operation).to_owned(),
        purpose: purpose(operation).unwrap_or_default().to_owned(),
        found,
    })
}

fn found(error: Error) -> Result<Found> {
    match error.kind {
        Kind::Permission => Ok(Found::Refused(error)),
        Kind::Auth | Kind::Network | Kind::Cancelled => Err(error),
        _ => Ok(Found::Unclear(error)),
    }
}

fn untried(name: &str) -> Grant {
    Grant {
        name: name.to_owned(),
        purpose: purposes(name).collect::<Vec<_>>().join(", "),
        found: Found::Untried,
    }
}
