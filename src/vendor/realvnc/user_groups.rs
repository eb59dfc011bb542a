//! Groups of users. The API can neither make nor rename nor remove them.

use crate::fleet::{GroupId, Result};
use crate::http::{Method, Request};

use super::Reads;
use super::connection::request;
use super::pages::{GroupPage, MembershipPage};
use super::wire::{Group, GroupDetails};

impl Reads {
    /// `listUserGroups`: lists the groups of users with the ids of their members. The vendor documents no paging for
    /// it; a link to a next page is followed all the same.
    pub async fn list_user_groups(&self) -> Result<Vec<Group>> {
        self.connection.list::<GroupPage>(listing()?, "").await
    }

    /// Lists the groups with who is in them, where an answer that leaves the list out decides nothing: an error.
    pub(super) async fn rosters_of_members(&self) -> Result<Vec<Group>> {
        self.connection.list::<MembershipPage>(listing()?, "").await
    }

    /// `readUserGroup`: reads one group of users, without its id.
    pub async fn read_user_group(&self, group: &GroupId) -> Result<GroupDetails> {
        let request = request("readUserGroup", Method::GET, &["userGroups", group.as_str()])?;
        self.connection
            .get(request, &format!("user group `{group}`"))
            .await
    }
}

/// Starts the request for the list of groups of users.
pub(super) fn listing() -> Result<Request> {
    request("listUserGroups", Method::GET, &["userGroups"])
}
