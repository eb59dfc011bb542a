//! Presence: which servers are connected. It is keyed by server, not by entry, and depends on the team's plan.

use crate::fleet::{PresenceStatus, Result};
use crate::http::Method;

use super::connection::request;
use super::pages::PresencePage;
use super::wire::PresenceItem;
use super::{Order, Reads};

/// Which presence to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryPresence {
    /// Only servers of this status.
    pub status: Option<PresenceStatus>,
    /// Sorted by the last contact.
    pub last_seen_sort: Option<Order>,
    /// The page to start at, counted from zero.
    pub page: Option<u32>,
    /// How many items a page has; the vendor's default is 100, its maximum is not documented.
    pub page_size: Option<u32>,
}

impl Reads {
    /// `listEntryPresence`: lists the presence of every server that the vendor tells of. Further pages are reached by
    /// the vendor's links, never by counting.
    pub async fn list_entry_presence(&self, filter: &EntryPresence) -> Result<Vec<PresenceItem>> {
        let mut request = request("listEntryPresence", Method::GET, &["presence"])?;
        let parameters = [
            ("status", filter.status.as_ref().map(|s| s.as_str().to_owned())),
            (
                "lastSeenSort",
                filter.last_seen_sort.map(|o| o.as_str().to_owned()),
            ),
            ("page", filter.page.map(|n| n.to_string())),
            ("pageSize", filter.page_size.map(|n| n.to_string())),
        ];
        for (name, value) in parameters {
            if let Some(value) = value {
                request = request.query(name, value);
            }
        }
        self.connection.list::<PresencePage>(request, "").await
    }
}
