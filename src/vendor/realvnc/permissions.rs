//! Which permission of the access key each operation needs, and what the operation is for.
//!
//! The permissions are those that the descriptions in the vendor's OpenAPI document name. There are 13 of them.

use std::collections::BTreeSet;

/// An operation of the Gateway API.
struct Operation {
    /// The operation id of the vendor's OpenAPI document.
    id: &'static str,
    /// The permission that it needs; none to create a session.
    permission: Option<&'static str>,
    /// What it is for, to follow "may not".
    purpose: &'static str,
}

const fn needs(id: &'static str, permission: &'static str, purpose: &'static str) -> Operation {
    Operation {
        id,
        permission: Some(permission),
        purpose,
    }
}

const OPERATIONS: [Operation; 22] = [
    Operation {
        id: "createSession",
        permission: None,
        purpose: "start a session",
    },
    needs("listEntries", "LIST_ENTRIES", "list computers"),
    needs("readEntry", "LIST_ENTRIES", "read a computer"),
    needs("updateEntry", "UPDATE_ENTRY", "rename a computer"),
    needs("deleteEntry", "DELETE_ENTRY", "remove a computer"),
    needs(
        "listEntryGroups_1",
        "LIST_ENTRY_GROUPS",
        "list the groups of a computer",
    ),
    needs(
        "addEntryToGroup",
        "UPDATE_ENTRY_GROUP",
        "add a computer to a group",
    ),
    needs(
        "removeEntryFromGroup",
        "UPDATE_ENTRY_GROUP",
        "remove a computer from a group",
    ),
    needs("listEntryGroups", "LIST_ENTRY_GROUPS", "list computer groups"),
    needs("readEntryGroup", "LIST_ENTRY_GROUPS", "read a computer group"),
    needs("listMembers", "LIST_TEAM_MEMBERS", "list users"),
    needs("inviteMember", "ADD_TEAM_MEMBER", "invite a user"),
    needs("readMember", "LIST_TEAM_MEMBERS", "read a user"),
    needs(
        "updateMemberRoles",
        "UPDATE_TEAM_MEMBER_ROLES",
        "change a user's roles",
    ),
    needs("removeMember", "REMOVE_TEAM_MEMBER", "remove a user"),
    needs(
        "listMemberGroups",
        "LIST_USER_GROUPS",
        "list the groups of a user",
    ),
    needs("addMemberToGroup", "UPDATE_USER_GROUP", "add a user to a group"),
    needs(
        "removeMemberFromGroup",
        "UPDATE_USER_GROUP",
        "remove a user from a group",
    ),
    needs("listEntryPresence", "LIST_PRESENCE", "list who is online"),
    needs("getTeamEvents", "LIST_AUDIT_EVENTS", "read audit events"),
    needs("listUserGroups", "LIST_USER_GROUPS", "list user groups"),
    needs("readUserGroup", "LIST_USER_GROUPS", "read a user group"),
];

/// Returns the permission that an operation needs; `None` for creating a session, and for what is no operation.
pub fn permission(operation: &str) -> Option<&'static str> {
    find(operation).and_then(|o| o.permission)
}

/// Returns the permissions that there are, each once.
pub fn permissions() -> impl Iterator<Item = &'static str> {
    let all: BTreeSet<_> = OPERATIONS.iter().filter_map(|o| o.permission).collect();
    all.into_iter()
}

/// Returns what an operation is for, in words that can follow "may not"; `None` for what is no operation.
pub fn purpose(operation: &str) -> Option<&'static str> {
    find(operation).map(|o| o.purpose)
}

/// Returns what the operations are for that need a permission, in the order of the vendor's document.
pub(super) fn purposes(permission: &str) -> impl Iterator<Item = &'static str> {
    OPERATIONS
        .iter()
        .filter(move |o| o.permission == Some(permission))
        .map(|o| o.purpose)
}

fn find(operation: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|o| o.id == operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_22_operations_need_13_permissions_between_them() {
        let ids: BTreeSet<_> = OPERATIONS.iter().map(|o| o.id).collect();
        assert_eq!((ids.len(), permissions().count()), (22, 13));
    }

    #[test]
    fn the_groups_of_an_entry_are_read_with_the_permission_for_groups() {
        assert_eq!(permission("listEntryGroups_1"), Some("LIST_ENTRY_GROUPS"));
        assert_eq!(permission("createSession"), None);
        assert_eq!(purpose("nothing"), None);
    }
}
