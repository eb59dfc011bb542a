//! The fleet functions that write. Each makes a [`Change`] and hands it to the one door; none talks to a vendor.

use std::sync::Arc;

use rhai::Dynamic;

use crate::fleet::{Change, DefaultAccess, Group, GroupKind, Kind, Member, Result, Role, SignIn};
use crate::suggest;

use super::arguments::Arguments;
use super::connection::Made;
use super::function::{Effect, Function};
use super::records::{ComputerRecord, GroupRecord, UserRecord};

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "rename",
        parameters: &[("computer", "Computer|string"), ("name", "string")],
        returns: "Computer",
        about: "Gives a computer another display name and returns the record as it is then. A name that the team uses already is \
                an error of kind `conflict`.",
        example: "let c = list_computers()[0]; rename(c, \"Reception-1\").name == \"Reception-1\"",
        operations: &["listEntries", "readEntry", "updateEntry"],
        effect: Effect::Write,
        body: |call| {
            let computer = call.computer(0)?;
            let to = call.name(1)?;
            let before = match call.values[0].clone().try_cast::<ComputerRecord>() {
                Some(record) => record,
                None => call.fleet.read(|reader| reader.computer(&computer.id))?.into(),
            };
            call.fleet.change(&Change::Rename {
                computer,
                to: to.clone(),
            })?;
            let mut after = Arc::unwrap_or_clone(before.0);
            after.name = to;
            Ok(Dynamic::from(ComputerRecord::from(after)))
        },
    },
    Function {
        name: "group_add",
        parameters: &[("group", "Group|string"), ("member", "Computer|User|string")],
        returns: "Group",
        about: "Puts a computer (a record or a name) into a computer group, or a user (a record) into a user group, and returns \
                the group as it is then. Does nothing for one who is in it already.",
        example: "group_add(\"Servers\", list_computers()[0]).name",
        operations: &[
            "listEntries",
            "listEntryGroups",
            "listEntryGroups_1",
            "addEntryToGroup",
            "listUserGroups",
            "listMemberGroups",
            "addMemberToGroup",
        ],
        effect: Effect::Write,
        body: |call| {
            let (group, member) = group_and_member(call)?;
            let change = Change::GroupAdd {
                group: group.to_ref(),
                member: member.clone(),
            };
            call.fleet.change(&change)?;
            let mut after = group;
            if !after.members.iter().any(|id| id == member.id()) {
                after.members.push(member.id().to_owned());
            }
            Ok(Dynamic::from(GroupRecord::from(after)))
        },
    },
    Function {
        name: "group_remove",
        parameters: &[("group", "Group|string"), ("member", "Computer|User|string")],
        returns: "Group",
        about: "Takes a computer out of a computer group, or a user out of a user group, and returns the group as it is then. A \
                computer that is left in no group and with no permission is then visible to nobody, until somebody grants access.",
        example: "let g = find_computer_group(\"Servers\"); group_remove(g, get_computer(g.members[0])).size == g.size - 1",
        operations: &[
            "listEntries",
            "listEntryGroups",
            "listEntryGroups_1",
            "removeEntryFromGroup",
            "listUserGroups",
            "listMemberGroups",
            "removeMemberFromGroup",
        ],
        effect: Effect::Write,
        body: |call| group_remove(call, DefaultAccess::NoOne),
    },
    Function {
        name: "group_remove",
        parameters: &[
            ("group", "Group|string"),
            ("member", "Computer|string"),
            ("options", "map"),
        ],
        returns: "Group",
        about: "As group_remove(group, member), with `default_access: \"EVERYONE\"` (the whole team may use a computer that is left \
                with no permission; this cannot be undone) or \"NO_ONE\", which is the rule.",
        example: "let g = find_computer_group(\"Servers\");\n\
                  group_remove(g, get_computer(g.members[0]), #{ default_access: \"NO_ONE\" }).size == g.size - 1",
        operations: &[
            "listEntries",
            "listEntryGroups",
            "listEntryGroups_1",
            "removeEntryFromGroup",
        ],
        effect: Effect::Write,
        body: |call| {
            let options = call.options(2, &["default_access"])?;
            let access = match options.text("default_access")? {
                None => DefaultAccess::default(),
                Some(word) => DefaultAccess::from_word(&word)
                    .ok_or_else(|| options.wrong("default_access", "\"NO_ONE\" or \"EVERYONE\""))?,
            };
            group_remove(call, access)
        },
    },
    Function {
        name: "remove_computer",
        parameters: &[("computer", "Computer|string")],
        returns: "()",
        about: "Removes a computer from the team. This version refuses it.",
        example: "let why = (); try { remove_computer(list_computers()[0]) } catch (e) { why = e.kind } why == \"refused\"",
        operations: &["listEntries", "deleteEntry"],
        effect: Effect::Write,
        body: |call| {
            call.fleet.change(&Change::RemoveComputer {
                computer: call.computer(0)?,
            })?;
            Ok(Dynamic::UNIT)
        },
    },
    Function {
        name: "invite_user",
        parameters: &[("email", "string"), ("roles", "array of string")],
        returns: "()",
        about: "Invites somebody to the team with roles. This version refuses it.",
        example: "let why = (); try { invite_user(\"a@example.com\", [\"USER\"]) } catch (e) { why = e.kind } why == \"refused\"",
        operations: &["inviteMember"],
        effect: Effect::Write,
        body: |call| {
            call.fleet.change(&Change::InviteUser {
                email: call.name(0)?,
                roles: roles(call, 1)?,
                sign_in: SignIn::default(),
            })?;
            Ok(Dynamic::UNIT)
        },
    },
    Function {
        name: "update_roles",
        parameters: &[("user", "User"), ("roles", "array of string")],
        returns: "User",
        about: "Replaces the whole set of a user's roles. This version refuses it.",
        example: "let why = (); try { update_roles(list_users()[0], [\"USER\"]) } catch (e) { why = e.kind } why == \"refused\"",
        operations: &["updateMemberRoles"],
        effect: Effect::Write,
        body: |call| {
            let Some(user) = call.values[0].clone().try_cast::<UserRecord>() else {
                return Err(call.invalid("`update_roles` wants a user (a record) first"));
            };
            let to = roles(call, 1)?;
            let from = user.0.roles.clone();
            call.fleet.change(&Change::UpdateRoles {
                user: call.user(0)?,
                from,
                to,
            })?;
            Ok(Dynamic::from(user))
        },
    },
    Function {
        name: "remove_user",
        parameters: &[("user", "User|string")],
        returns: "()",
        about: "Removes a user from the team. This version refuses it.",
        example: "let why = (); try { remove_user(list_users()[0]) } catch (e) { why = e.kind } why == \"refused\"",
        operations: &["listMembers", "removeMember"],
        effect: Effect::Write,
        body: |call| {
            call.fleet.change(&Change::RemoveUser {
                user: call.user(0)?,
                invited: false,
            })?;
            Ok(Dynamic::UNIT)
        },
    },
];

/// Returns the group that is meant and who goes in or out; who that is decides which sort of group.
fn group_and_member(call: &Arguments<'_>) -> Result<(Group, Member)> {
    let member = call.member(1)?;
    let kind = match &member {
        Member::Computer(_) => GroupKind::Computers,
        Member::User(_) => GroupKind::Users,
    };
    Ok((call.group(0, kind)?, member))
}

fn group_remove(call: &Arguments<'_>, default_access: DefaultAccess) -> Result<Dynamic> {
    let (group, member) = group_and_member(call)?;
    let change = Change::GroupRemove {
        group: group.to_ref(),
        member: member.clone(),
        default_access,
    };
    if call.fleet.change(&change)? == Made::Now && default_access == DefaultAccess::NoOne {
        alert_if_hidden(call, &member)?;
    }
    let mut after = group;
    after.members.retain(|id| id != member.id());
    Ok(Dynamic::from(GroupRecord::from(after)))
}

/// Says if a computer is in no group now: the vendor does not say by itself that nobody may find it. The change is made;
/// only an interruption may end the script here.
fn alert_if_hidden(call: &Arguments<'_>, member: &Member) -> Result<()> {
    let Member::Computer(computer) = member else {
        return Ok(());
    };
    let (name, alert) = (&computer.name, &call.fleet.world().alert);
    match call.fleet.read(|reader| reader.groups_of_computer(&computer.id)) {
        Ok(groups) if groups.is_empty() => alert(&format!(
            "'{name}' is in no group now; unless somebody was given access to it by name, nobody can find it"
        )),
        Ok(_) => {}
        Err(error) if error.kind == Kind::Cancelled => return Err(error),
        Err(error) => alert(&format!(
            "could not check whether '{name}' is in any group now: {error}"
        )),
    }
    Ok(())
}

fn roles(call: &Arguments<'_>, index: usize) -> Result<Vec<Role>> {
    const SETTABLE: [&str; 3] = ["USER", "MANAGER", "TECHNICIAN"];
    call.texts(index)?
        .iter()
        .map(|word| match Role::from_word(&word.to_uppercase()) {
            role @ (Role::User | Role::Manager | Role::Technician) => Ok(role),
            _ => Err(call
                .invalid(format!("`{word}` is no role that can be granted"))
                .hint(suggest::among(word, SETTABLE))),
        })
        .collect()
}
