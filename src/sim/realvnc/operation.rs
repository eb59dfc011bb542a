//! The 22 operations of the Gateway API: name, method and path, in one table.

use axum::http::Method;

use crate::sim::operation::operations;

operations! {
    /// An operation of the Gateway API.
    Operation: 22;

    /// Lists audit events.
    GetTeamEvents = "getTeamEvents", GET "/1.0/audit";
    /// Lists entries.
    ListEntries = "listEntries", GET "/1.0/entries";
    /// Reads one entry.
    ReadEntry = "readEntry", GET "/1.0/entries/{entryId}";
    /// Renames an entry.
    UpdateEntry = "updateEntry", PATCH "/1.0/entries/{entryId}";
    /// Removes an entry from the team.
    DeleteEntry = "deleteEntry", DELETE "/1.0/entries/{entryId}";
    /// Lists the groups that an entry is in; the vendor tells it from its namesake by a number.
    ListEntryGroupsOfEntry = "listEntryGroups_1", GET "/1.0/entries/{entryId}/groups";
    /// Puts an entry into a group.
    AddEntryToGroup = "addEntryToGroup", PUT "/1.0/entries/{entryId}/groups/{groupId}";
    /// Takes an entry out of a group.
    RemoveEntryFromGroup = "removeEntryFromGroup", DELETE "/1.0/entries/{entryId}/groups/{groupId}";
    /// Lists the groups of entries.
    ListEntryGroups = "listEntryGroups", GET "/1.0/entryGroups";
    /// Reads one group of entries.
    ReadEntryGroup = "readEntryGroup", GET "/1.0/entryGroups/{groupId}";
    /// Lists members.
    ListMembers = "listMembers", GET "/1.0/members";
    /// Invites somebody.
    InviteMember = "inviteMember", POST "/1.0/members";
    /// Reads one member.
    ReadMember = "readMember", GET "/1.0/members/{userId}";
    /// Replaces a member's roles.
    UpdateMemberRoles = "updateMemberRoles", PATCH "/1.0/members/{userId}";
    /// Removes a member from the team.
    RemoveMember = "removeMember", DELETE "/1.0/members/{userId}";
    /// Lists the groups that a member is in.
    ListMemberGroups = "listMemberGroups", GET "/1.0/members/{userId}/groups";
    /// Puts a member into a group.
    AddMemberToGroup = "addMemberToGroup", PUT "/1.0/members/{userId}/groups/{groupId}";
    /// Takes a member out of a group.
    RemoveMemberFromGroup = "removeMemberFromGroup", DELETE "/1.0/members/{userId}/groups/{groupId}";
    /// Lists presence.
    ListEntryPresence = "listEntryPresence", GET "/1.0/presence";
    /// Exchanges an access key for a token.
    CreateSession = "createSession", POST "/1.0/sessions";
    /// Lists the groups of users.
    ListUserGroups = "listUserGroups", GET "/1.0/userGroups";
    /// Reads one group of users.
    ReadUserGroup = "readUserGroup", GET "/1.0/userGroups/{groupId}";
}

impl Operation {
    /// Tells whether the operation changes the team.
    pub fn writes(self) -> bool {
        self.method() != Method::GET && self != Self::CreateSession
    }
}
