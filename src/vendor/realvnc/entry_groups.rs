//! Groups of entries. The API can neither make nor rename nor remove them.

use crate::fleet::{GroupId, Result};
use crate::http::{Method, Request};

use super::Reads;
use super::connection::request;
use super::pages::{GroupPage, MembershipPage};
use super::wire::{Group, GroupDetails};

impl Reads {
    /// `listEntryGroups`: lists the groups of entries with the ids of their members. The vendor documents no paging
    /// for it; a link to a next page is followed all the same.
    pub async fn list_entry_groups(&self) -> Result<Vec<Group>> {
        self.connection.list::<GroupPage>(listing()?, "").await
    }

    /// Lists the groups with who is in them, where an answer that leaves the list out decides nothing: an error.
    pub(super) async fn rosters_of_entries(&self) -> Result<Vec<Group>> {
        self.connection.list::<MembershipPage>(listing()?, "").await
    }

    /// `readEntryGroup`: reads one group of entries, without its id.
    pub async fn read_entry_group(&self, group: &GroupId) -> Result<GroupDetails> {
        let request = request("readEntryGroup", Method::GET, &["entryGroups", group.as_str()])?;
        self.connection
            .get(request, &format!("computer group `{group}`"))
            .await
    }
}

/// Starts the request for the list of groups of entries.
pub(super) fn listing() -> Result<Request> {
    request("listEntryGroups", Method::GET, &["entryGroups"])
}
