//! Members: the users of the team, joined and invited, and their groups.

use serde_json::json;

use crate::fleet::{self, GroupId, Role, UserId, UserState};
use crate::http::{ETag, Method, Request};

use super::connection::request;
use super::explain::explain;
use super::pages::{GroupPage, Listed, MemberPage, MembershipPage, Page};
use super::wire::{Group, TeamMember};
use super::{Failure, Reads, Versioned, Writes};

impl Reads {
    /// `listMembers`: lists members by state and by least role, in the vendor's order, which is by email address.
    /// Without a state the vendor lists those who joined, and leaves out those who are only invited.
    pub async fn list_members(
        &self,
        state: Option<&UserState>,
        role: Option<&Role>,
    ) -> fleet::Result<Vec<TeamMember>> {
        let mut request = listing()?;
        if let Some(state) = state {
            request = request.query("state", state.as_str());
        }
        if let Some(role) = role {
            request = request.query("role", role.as_str());
        }
        self.connection.list::<MemberPage>(request, "").await
    }

    /// `readMember`: reads one member and the version that an update of the roles must name.
    pub async fn read_member(&self, member: &UserId) -> fleet::Result<Versioned<TeamMember>> {
        const OPERATION: &str = "readMember";
        let request = request(OPERATION, Method::GET, &["members", member.as_str()])?;
        let about = user(member);
        let response = self.connection.send(request, &about).await.map_err(|f| f.error)?;
        let value: TeamMember = response.json().map_err(|e| explain(&e, OPERATION, &about))?;
        let etag = response.etag().or_else(|| value.etag.clone().map(ETag::new));
        Ok(Versioned { value, etag })
    }

    /// `listMemberGroups`: lists the user groups that hold a member.
    pub async fn list_member_groups(&self, member: &UserId) -> fleet::Result<Vec<Group>> {
        self.groups_of_member::<GroupPage>(member).await
    }

    /// Lists the groups that hold a member, where an answer that leaves the list out decides nothing: an error.
    pub(super) async fn memberships_of_member(&self, member: &UserId) -> fleet::Result<Vec<Group>> {
        self.groups_of_member::<MembershipPage>(member).await
    }

    async fn groups_of_member<P: Page<Item = Group>>(&self, member: &UserId) -> fleet::Result<Vec<Group>> {
        let path = ["members", member.as_str(), "groups"];
        let request = request("listMemberGroups", Method::GET, &path)?;
        self.connection.list::<P>(request, &user(member)).await
    }
}

impl Writes {
    /// `inviteMember`: sends an invitation, and returns the new member, whose id may stand in the `Location` of the answer
    /// alone. It is never sent again unless the vendor says that it did nothing; what a second invitation to the same
    /// address does is not documented.
    pub async fn invite_member(&self, email: &str, roles: &[Role]) -> Result<Versioned<TeamMember>, Failure> {
        const OPERATION: &str = "inviteMember";
        let request = request(OPERATION, Method::POST, &["members"])
            .map_err(Failure::unsent)?
            .json(json!({ "email": email, "roles": words(roles) }));
        let response = self.connection.send(request, "").await?;
        let mut value: TeamMember = response
            .json()
            .map_err(|e| Failure::unread(&e, explain(&e, OPERATION, "")))?;
        if value.key().is_none() {
            value.id = response.header("location").and_then(id_at).map(str::to_owned);
        }
        let etag = response.etag().or_else(|| value.etag.clone().map(ETag::new));
        Ok(Versioned { value, etag })
    }

    /// `updateMemberRoles`: replaces the whole set of a member's roles if the member still has the version that
    /// `if_match` names, and returns the new version where the vendor names it.
    pub async fn update_member_roles(
        &self,
        member: &UserId,
        roles: &[Role],
        if_match: ETag,
    ) -> Result<Option<ETag>, Failure> {
        let request = request("updateMemberRoles", Method::PATCH, &["members", member.as_str()])
            .map_err(Failure::unsent)?
            .if_match(if_match)
            .json(json!({ "roles": words(roles) }));
        let response = self.connection.send(request, &user(member)).await?;
        Ok(response.etag())
    }

    /// `removeMember`: removes a member from the team.
    pub async fn remove_member(&self, member: &UserId) -> Result<(), Failure> {
        let request = request("removeMember", Method::DELETE, &["members", member.as_str()])
            .map_err(Failure::unsent)?;
        self.connection.delete(request, &user(member)).await.map(drop)
    }

    /// `addMemberToGroup`: puts a member into a user group.
    pub async fn add_member_to_group(&self, member: &UserId, group: &GroupId) -> Result<(), Failure> {
        let path = ["members", member.as_str(), "groups", group.as_str()];
        let request = request("addMemberToGroup", Method::PUT, &path).map_err(Failure::unsent)?;
        self.connection
            .send(request, &membership(member, group))
            .await
            .map(drop)
    }

    /// `removeMemberFromGroup`: takes a member out of a user group.
    pub async fn remove_member_from_group(&self, member: &UserId, group: &GroupId) -> Result<(), Failure> {
        let path = ["members", member.as_str(), "groups", group.as_str()];
        let request = request("removeMemberFromGroup", Method::DELETE, &path).map_err(Failure::unsent)?;
        self.connection
            .delete(request, &membership(member, group))
            .await
            .map(drop)
    }
}

/// Starts the request for the list of members who have joined.
pub(super) fn listing() -> fleet::Result<Request> {
    request("listMembers", Method::GET, &["members"])
}

/// The contract wants a set: each word once.
fn words(roles: &[Role]) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::with_capacity(roles.len());
    for role in roles.iter().map(Role::as_str) {
        if !words.contains(&role) {
            words.push(role);
        }
    }
    words
}

/// Returns the id of the member who can be read at an address, a path such as `/1.0/members/x` or a whole URL. An id that
/// is escaped there is left alone: none of those that are known needs it.
fn id_at(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next()?.trim_end_matches('/');
    let (_, id) = path.rsplit_once("/members/")?;
    (!id.is_empty() && !id.contains(['/', '%'])).then_some(id)
}

fn user(id: &UserId) -> String {
    format!("user `{id}`")
}

fn membership(member: &UserId, group: &GroupId) -> String {
    format!("user `{member}`, or no user group `{group}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_is_named_twice_is_sent_once() {
        assert_eq!(
            words(&[Role::User, Role::Manager, Role::User]),
            ["USER", "MANAGER"]
        );
    }

    #[test]
    fn the_id_of_a_new_member_is_the_end_of_its_address() {
        for address in [
            "/1.0/members/u1",
            "/service/1.0/members/u1/",
            "https://connect-api.example/1.0/members/u1?x=/members/u2#y",
        ] {
            assert_eq!(id_at(address), Some("u1"), "{address}");
        }
        for address in [
            "",
            "/1.0/members",
            "/1.0/members/",
            "/1.0/members/u1/groups",
            "/1.0/members/u%2F1",
        ] {
            assert_eq!(id_at(address), None, "{address}");
        }
    }
}
