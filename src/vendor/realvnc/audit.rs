//! Audit events. The vendor keeps them for 30 days.

use jiff::Timestamp;

use crate::fleet::{Result, ServerId};
use crate::http::{Method, Request};

use super::connection::request;
use super::pages::EventPage;
use super::wire::AuditEvent;
use super::{Order, Reads};

/// Which audit events to list. The vendor cannot filter by type or category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamEvents {
    /// Events from this moment on, to the millisecond. Whether an event of this very moment is listed is not
    /// documented; a public client of the live service takes it to be.
    pub from: Timestamp,
    /// Events up to this moment, to the millisecond.
    pub to: Timestamp,
    /// The order; the vendor's default is the oldest first.
    pub order: Option<Order>,
    /// Only events of this server.
    pub server: Option<ServerId>,
}

impl Reads {
    /// `getTeamEvents`: lists audit events. The contract declares no paging for it, and the live service pages.
    pub async fn get_team_events(&self, filter: &TeamEvents) -> Result<Vec<AuditEvent>> {
        self.connection.list::<EventPage>(filter.request()?, "").await
    }
}

impl TeamEvents {
    /// Starts the request for the list.
    pub(super) fn request(&self) -> Result<Request> {
        let mut request = request("getTeamEvents", Method::GET, &["audit"])?
            .query("from", milliseconds(self.from))
            .query("to", milliseconds(self.to));
        if let Some(order) = self.order {
            request = request.query("order", order.as_str());
        }
        if let Some(server) = &self.server {
            request = request.query("serverId", server.as_str());
        }
        Ok(request)
    }
}

/// The vendor knows no time before 1970.
fn milliseconds(at: Timestamp) -> String {
    at.as_millisecond().max(0).to_string()
}
