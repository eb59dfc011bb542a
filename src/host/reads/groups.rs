//! Groups of computers and of users, and who is in them.

use rhai::Dynamic;

use super::{array, optional};
use crate::fleet::{GroupKind, Member, Result};
use crate::host::arguments::Arguments;
use crate::host::function::{Effect, Function};
use crate::host::records::GroupRecord;

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "list_computer_groups",
        parameters: &[],
        returns: "array of Group",
        about: "Lists the groups of computers with the ids of their members. RemotePC does not tell its groups: an error of kind \
                `unsupported`, as with every function about groups that are there.",
        example: "list_computer_groups().map(|g| g.name)",
        operations: &["listEntryGroups"],
        effect: Effect::Read,
        body: |call| {
            Ok(array::<_, GroupRecord>(
                call.fleet.list(|reader| reader.computer_groups())?,
            ))
        },
    },
    Function {
        name: "find_computer_group",
        parameters: &[("name", "string")],
        returns: "Group|()",
        about: "Finds the computer group of a name: exactly so, else the only one that is so but for upper and lower case; \
                `()` if there is none. Several are an error of kind `ambiguous`.",
        example: "find_computer_group(\"Servers\").size",
        operations: &["listEntryGroups"],
        effect: Effect::Read,
        body: |call| find_group(call, GroupKind::Computers),
    },
    Function {
        name: "groups_of",
        parameters: &[("member", "Computer|User|string")],
        returns: "array of Group",
        about: "Lists the groups that a computer (a record or a name) or a user (a record) is in. RemotePC does not tell them.",
        example: "groups_of(list_computers()[0])",
        operations: &["listEntries", "listEntryGroups_1", "listMemberGroups"],
        effect: Effect::Read,
        body: |call| {
            let groups = match call.member(0)? {
                Member::Computer(computer) => call
                    .fleet
                    .list(|reader| reader.groups_of_computer(&computer.id))?,
                Member::User(user) => call.fleet.list(|reader| reader.groups_of_user(&user.id))?,
            };
            Ok(array::<_, GroupRecord>(groups))
        },
    },
    Function {
        name: "list_user_groups",
        parameters: &[],
        returns: "array of Group",
        about: "Lists the groups of users with the ids of their members. RemotePC has none.",
        example: "list_user_groups().map(|g| g.name)",
        operations: &["listUserGroups"],
        effect: Effect::Read,
        body: |call| {
            Ok(array::<_, GroupRecord>(
                call.fleet.list(|reader| reader.user_groups())?,
            ))
        },
    },
    Function {
        name: "find_user_group",
        parameters: &[("name", "string")],
        returns: "Group|()",
        about: "Finds the user group of a name, as find_computer_group does.",
        example: "find_user_group(\"no such group\") == ()",
        operations: &["listUserGroups"],
        effect: Effect::Read,
        body: |call| find_group(call, GroupKind::Users),
    },
];

fn find_group(call: &Arguments<'_>, kind: GroupKind) -> Result<Dynamic> {
    let name = call.name(0)?;
    let found = call.fleet.look_up(|directory, fleet| {
        // A script that finds a group wants to know who is in it now.
        directory.forget_groups(kind);
        directory.group(fleet, kind, &name)
    })?;
    optional(found.map(GroupRecord::from))
}
