//! Entries: the computers of the team, and their groups.

use serde_json::json;

use crate::fleet::{self, ComputerId, DefaultAccess, GroupId};
use crate::http::{ETag, Method, Request};

use super::connection::request;
use super::explain::explain;
use super::pages::{EntryPage, GroupPage, MembershipPage, Page};
use super::wire::{Entry, Group, RemovedFromGroup};
use super::{Failure, Reads, Versioned, Writes, check_name};

impl Reads {
    /// `listEntries`: lists every entry, in the vendor's order, which is by name.
    pub async fn list_entries(&self) -> fleet::Result<Vec<Entry>> {
        self.connection.list::<EntryPage>(listing()?, "").await
    }

    /// `readEntry`: reads one entry. Where the answer names its version, the next rename of the entry by a
    /// [`Writer`](fleet::Writer) of this connection rests on it; the vendor's prose promises one, its document of
    /// operations does not.
    pub async fn read_entry(&self, entry: &ComputerId) -> fleet::Result<Entry> {
        const OPERATION: &str = "readEntry";
        let request = request(OPERATION, Method::GET, &["entries", entry.as_str()])?;
        let about = computer(entry);
        let response = self.connection.send(request, &about).await.map_err(|f| f.error)?;
        let value = response.json().map_err(|e| explain(&e, OPERATION, &about))?;
        self.connection.versions.learn(entry, response.etag());
        Ok(value)
    }

    /// `listEntryGroups_1`: lists the groups that hold an entry.
    pub async fn list_groups_of_entry(&self, entry: &ComputerId) -> fleet::Result<Vec<Group>> {
        self.groups_of_entry::<GroupPage>(entry).await
    }

    /// Lists the groups that hold an entry, where an answer that leaves the list out decides nothing: an error.
    pub(super) async fn memberships_of_entry(&self, entry: &ComputerId) -> fleet::Result<Vec<Group>> {
        self.groups_of_entry::<MembershipPage>(entry).await
    }

    async fn groups_of_entry<P: Page<Item = Group>>(&self, entry: &ComputerId) -> fleet::Result<Vec<Group>> {
        let path = ["entries", entry.as_str(), "groups"];
        let request = request("listEntryGroups_1", Method::GET, &path)?;
        self.connection.list::<P>(request, &computer(entry)).await
    }
}

impl Writes {
    /// `updateEntry`: gives an entry another display name, and returns the entry as it is now. A name that the vendor
    /// is known to refuse is not sent. A version is optional; with one, an entry that has another by now is left alone.
    pub async fn update_entry(
        &self,
        entry: &ComputerId,
        name: &str,
        if_match: Option<ETag>,
    ) -> Result<Versioned<Entry>, Failure> {
        const OPERATION: &str = "updateEntry";
        check_name(name).map_err(Failure::unsent)?;
        let mut request = request(OPERATION, Method::PATCH, &["entries", entry.as_str()])
            .map_err(Failure::unsent)?
            .json(json!({ "name": name }));
        if let Some(tag) = if_match {
            request = request.if_match(tag);
        }
        let about = computer(entry);
        let response = self.connection.send(request, &about).await?;
        let value = response
            .json()
            .map_err(|e| Failure::unread(&e, explain(&e, OPERATION, &about)))?;
        Ok(Versioned {
            value,
            etag: response.etag(),
        })
    }

    /// `deleteEntry`: removes an entry from the team. There is no way back by the API.
    pub async fn delete_entry(&self, entry: &ComputerId) -> Result<(), Failure> {
        let request =
            request("deleteEntry", Method::DELETE, &["entries", entry.as_str()]).map_err(Failure::unsent)?;
        self.connection.delete(request, &computer(entry)).await.map(drop)
    }

    /// `addEntryToGroup`: puts an entry into a group.
    pub async fn add_entry_to_group(&self, entry: &ComputerId, group: &GroupId) -> Result<(), Failure> {
        let path = ["entries", entry.as_str(), "groups", group.as_str()];
        let request = request("addEntryToGroup", Method::PUT, &path).map_err(Failure::unsent)?;
        self.connection
            .send(request, &membership(entry, group))
            .await
            .map(drop)
    }

    /// `removeEntryFromGroup`: takes an entry out of a group, and returns what became of its access. The answer is
    /// empty where an earlier try of the same call did it and its answer was lost.
    pub async fn remove_entry_from_group(
        &self,
        entry: &ComputerId,
        group: &GroupId,
        default_access: DefaultAccess,
    ) -> Result<RemovedFromGroup, Failure> {
        const OPERATION: &str = "removeEntryFromGroup";
        let path = ["entries", entry.as_str(), "groups", group.as_str()];
        let request = request(OPERATION, Method::DELETE, &path)
            .map_err(Failure::unsent)?
            .query("defaultAccess", default_access.as_str());
        let about = membership(entry, group);
        match self.connection.delete(request, &about).await? {
            Some(response) if response.status() != 204 => response
                .json()
                .map_err(|e| Failure::unread(&e, explain(&e, OPERATION, &about))),
            _ => Ok(RemovedFromGroup::default()),
        }
    }
}

/// Starts the request for the list of entries.
pub(super) fn listing() -> fleet::Result<Request> {
    request("listEntries", Method::GET, &["entries"])
}

fn computer(id: &ComputerId) -> String {
    format!("computer `{id}`")
}

fn membership(entry: &ComputerId, group: &GroupId) -> String {
    format!("computer `{entry}`, or no computer group `{group}`")
}
