//! Presence: which servers are connected. It is keyed by server, not by entry, and depends on the team's plan.

use crate::fleet::{PresenceStatus, Result};
use crate::http::{Method, Request};

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
        self.connection.list::<PresencePage>(filter.request()?, "").await
    }
}

impl EntryPresence {
    /// Starts the request for the list.
    pub(super) fn request(&self) -> Result<Request> {
        let mut request = request("listEntryPresence", Method::GET, &["presence"])?;
        let parameters = [
            ("status", self.status.as_ref().map(|s| s.as_str().to_owned())),
            ("lastSeenSort", self.last_seen_sort.map(|o| o.as_str().to_owned())),
            ("page", self.page.map(|n| n.to_string())),
            ("pageSize", self.page_size.map(|n| n.to_string())),
        ];
        for (name, value) in parameters {
            if let Some(value) = value {
                request = request.query(name, value);
            }
        }
        Ok(request)
    }
}
