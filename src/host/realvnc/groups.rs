//! Groups of entries and of members.

use super::{GROUP, answer};
use crate::host::function::{Effect, Function};
use crate::vendor::realvnc::Reads;

/// The functions, in the order of the vendor's document.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "list_entry_groups",
        parameters: &[],
        returns: "array of map",
        about: "Lists the entry groups with the ids of their members.",
        example: "realvnc::list_entry_groups().map(|g| g.name)",
        operations: &["listEntryGroups"],
        effect: Effect::Read,
        body: |call| answer(call, Reads::list_entry_groups),
    },
    Function {
        name: "read_entry_group",
        parameters: &[GROUP],
        returns: "map",
        about: "Reads an entry group: its name and members. The vendor's document describes the members as users, without entry ids; \
                list_entry_groups has the ids.",
        example: "realvnc::read_entry_group(find_computer_group(\"Servers\").id).name",
        operations: &["readEntryGroup"],
        effect: Effect::Read,
        body: |call| {
            let id = call.group_id(0)?;
            answer(call, |api| api.read_entry_group(&id))
        },
    },
    Function {
        name: "list_user_groups",
        parameters: &[],
        returns: "array of map",
        about: "Lists the user groups with the ids of their members.",
        example: "realvnc::list_user_groups().map(|g| g.name)",
        operations: &["listUserGroups"],
        effect: Effect::Read,
        body: |call| answer(call, Reads::list_user_groups),
    },
    Function {
        name: "read_user_group",
        parameters: &[GROUP],
        returns: "map",
        about: "Reads a user group: its name and members.",
        example: "realvnc::read_user_group(list_user_groups()[0].id).name",
        operations: &["readUserGroup"],
        effect: Effect::Read,
        body: |call| {
            let id = call.group_id(0)?;
            answer(call, |api| async move { api.read_user_group(&id).await })
        },
    },
];
