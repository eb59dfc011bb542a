//! What an access key may be allowed to do, and which operation needs what.

use std::fmt;

use super::operation::Operation;

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

impl Operation {
    /// Returns the permission that a key needs, where it needs any.
    pub fn permission(self) -> Option<Permission> {
        Some(match self {
            Self::CreateSession => return None,
            Self::ListMembers | Self::ReadMember => Permission::ListTeamMembers,
            Self::InviteMember => Permission::AddTeamMember,
            Self::UpdateMemberRoles => Permission::UpdateTeamMemberRoles,
            Self::RemoveMember => Permission::RemoveTeamMember,
            Self::ListMemberGroups | Self::ListUserGroups | Self::ReadUserGroup => Permission::ListUserGroups,
            Self::AddMemberToGroup | Self::RemoveMemberFromGroup => Permission::UpdateUserGroup,
            Self::ListEntries | Self::ReadEntry => Permission::ListEntries,
            Self::UpdateEntry => Permission::UpdateEntry,
            Self::DeleteEntry => Permission::DeleteEntry,
            Self::ListEntryGroupsOfEntry | Self::ListEntryGroups | Self::ReadEntryGroup => {
                Permission::ListEntryGroups
            }
            Self::AddEntryToGroup | Self::RemoveEntryFromGroup => Permission::UpdateEntryGroup,
            Self::GetTeamEvents => Permission::ListAuditEvents,
            Self::ListEntryPresence => Permission::ListPresence,
        })
    }
}
