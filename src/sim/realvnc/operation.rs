//! The 22 operations of the Gateway API: name, method, path and permission, in one table.

use std::fmt;

use axum::http::Method;

/// What an access key may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// Read and list members of the team.
    ListTeamMembers,
    /// Invite users to the team.
    AddTeamMember,
    /// Change roles of members.
    UpdateTeamMemberRoles,
    /// Remove members from the team.
    RemoveTeamMember,
    /// Read and list groups of users.
    ListUserGroups,
    /// Add users to groups, or remove them.
    UpdateUserGroup,
    /// Read and list entries.
    ListEntries,
    /// Rename an entry.
    UpdateEntry,
    /// Remove an entry from the team.
    DeleteEntry,
    /// Read and list groups of entries.
    ListEntryGroups,
    /// Add entries to groups, or remove them.
    UpdateEntryGroup,
    /// Read the audit log.
    ListAuditEvents,
    /// Read presence.
    ListPresence,
}

impl Permission {
    /// All permissions, in the vendor's order.
    pub const ALL: [Self; 13] = [
        Self::ListTeamMembers,
        Self::AddTeamMember,
        Self::UpdateTeamMemberRoles,
        Self::RemoveTeamMember,
        Self::ListUserGroups,
        Self::UpdateUserGroup,
        Self::ListEntries,
        Self::UpdateEntry,
        Self::DeleteEntry,
        Self::ListEntryGroups,
        Self::UpdateEntryGroup,
        Self::ListAuditEvents,
        Self::ListPresence,
    ];

    /// Returns the vendor's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ListTeamMembers => "LIST_TEAM_MEMBERS",
            Self::AddTeamMember => "ADD_TEAM_MEMBER",
            Self::UpdateTeamMemberRoles => "UPDATE_TEAM_MEMBER_ROLES",
            Self::RemoveTeamMember => "REMOVE_TEAM_MEMBER",
            Self::ListUserGroups => "LIST_USER_GROUPS",
            Self::UpdateUserGroup => "UPDATE_USER_GROUP",
            Self::ListEntries => "LIST_ENTRIES",
            Self::UpdateEntry => "UPDATE_ENTRY",
            Self::DeleteEntry => "DELETE_ENTRY",
            Self::ListEntryGroups => "LIST_ENTRY_GROUPS",
            Self::UpdateEntryGroup => "UPDATE_ENTRY_GROUP",
            Self::ListAuditEvents => "LIST_AUDIT_EVENTS",
            Self::ListPresence => "LIST_PRESENCE",
        }
    }

    /// Reads the vendor's word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str() == word)
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $method:ident $path:literal, $permission:expr;)*) => {
        /// An operation of the Gateway API.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Operation {
            $($(#[$doc])* $name,)*
        }

        impl Operation {
            /// All operations, in the order of their paths.
            pub const ALL: [Self; 22] = [$(Self::$name,)*];

            /// Returns the vendor's name of the operation, such as `listEntries`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Returns the HTTP method.
            pub fn method(self) -> Method {
                match self { $(Self::$name => Method::$method,)* }
            }

            /// Returns the path, with parameters in braces.
            pub fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }

            /// Returns the permission that a key needs, where it needs any.
            pub fn permission(self) -> Option<Permission> {
                match self { $(Self::$name => $permission,)* }
            }
        }
    };
}

operations! {
    /// Lists audit events.
    GetTeamEvents = "getTeamEvents", GET "/1.0/audit", Some(Permission::ListAuditEvents);
    /// Lists entries.
    ListEntries = "listEntries", GET "/1.0/entries", Some(Permission::ListEntries);
    /// Reads one entry.
    ReadEntry = "readEntry", GET "/1.0/entries/{entryId}", Some(Permission::ListEntries);
    /// Renames an entry.
    UpdateEntry = "updateEntry", PATCH "/1.0/entries/{entryId}", Some(Permission::UpdateEntry);
    /// Removes an entry from the team.
    DeleteEntry = "deleteEntry", DELETE "/1.0/entries/{entryId}", Some(Permission::DeleteEntry);
    /// Lists the groups that an entry is in; the vendor tells it from its namesake by a number.
    ListEntryGroupsOfEntry = "listEntryGroups_1", GET "/1.0/entries/{entryId}/groups",
        Some(Permission::ListEntryGroups);
    /// Puts an entry into a group.
    AddEntryToGroup = "addEntryToGroup", PUT "/1.0/entries/{entryId}/groups/{groupId}",
        Some(Permission::UpdateEntryGroup);
    /// Takes an entry out of a group.
    RemoveEntryFromGroup = "removeEntryFromGroup", DELETE "/1.0/entries/{entryId}/groups/{groupId}",
        Some(Permission::UpdateEntryGroup);
    /// Lists the groups of entries.
    ListEntryGroups = "listEntryGroups", GET "/1.0/entryGroups", Some(Permission::ListEntryGroups);
    /// Reads one group of entries.
    ReadEntryGroup = "readEntryGroup", GET "/1.0/entryGroups/{groupId}", Some(Permission::ListEntryGroups);
    /// Lists members.
    ListMembers = "listMembers", GET "/1.0/members", Some(Permission::ListTeamMembers);
    /// Invites somebody.
    InviteMember = "inviteMember", POST "/1.0/members", Some(Permission::AddTeamMember);
    /// Reads one member.
    ReadMember = "readMember", GET "/1.0/members/{userId}", Some(Permission::ListTeamMembers);
    /// Replaces a member's roles.
    UpdateMemberRoles = "updateMemberRoles", PATCH "/1.0/members/{userId}",
        Some(Permission::UpdateTeamMemberRoles);
    /// Removes a member from the team.
    RemoveMember = "removeMember", DELETE "/1.0/members/{userId}", Some(Permission::RemoveTeamMember);
    /// Lists the groups that a member is in.
    ListMemberGroups = "listMemberGroups", GET "/1.0/members/{userId}/groups", Some(Permission::ListUserGroups);
    /// Puts a member into a group.
    AddMemberToGroup = "addMemberToGroup", PUT "/1.0/members/{userId}/groups/{groupId}",
        Some(Permission::UpdateUserGroup);
    /// Takes a member out of a group.
    RemoveMemberFromGroup = "removeMemberFromGroup", DELETE "/1.0/members/{userId}/groups/{groupId}",
        Some(Permission::UpdateUserGroup);
    /// Lists presence.
    ListEntryPresence = "listEntryPresence", GET "/1.0/presence", Some(Permission::ListPresence);
    /// Exchanges an access key for a token.
    CreateSession = "createSession", POST "/1.0/sessions", None;
    /// Lists the groups of users.
    ListUserGroups = "listUserGroups", GET "/1.0/userGroups", Some(Permission::ListUserGroups);
    /// Reads one group of users.
    ReadUserGroup = "readUserGroup", GET "/1.0/userGroups/{groupId}", Some(Permission::ListUserGroups);
}

impl Operation {
    /// Tells whether the operation changes the team.
    pub fn writes(self) -> bool {
        self.method() != Method::GET && self != Self::CreateSession
    }
}

impl From<Operation> for &'static str {
    fn from(operation: Operation) -> Self {
        operation.id()
    }
}
