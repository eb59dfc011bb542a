//! Groups: RealVNC's, which a computer or a user is put into and taken out of, and RemotePC's, which a computer is moved to.

use rhai::Dynamic;

use crate::fleet::{Change, DefaultAccess, Group, GroupKind, Kind, Member, Result};
use crate::host::arguments::Arguments;
use crate::host::connection::Made;
use crate::host::function::{Effect, Function};
use crate::host::records::GroupRecord;
use crate::host::several::change_one_or_each;

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
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
            call.change(change)?;
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
            "readEntry",
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
            "readEntry",
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
        name: "create_group",
        parameters: &[("name", "string")],
        returns: "string",
        about: "Makes an empty group of computers and returns its name. There is no way to delete one. A name that is taken is an error \
                of kind `conflict`. RealVNC's API creates no groups.",
        example: "create_group(\"Reception desks\")",
        operations: &["createGroup"],
        effect: Effect::Write,
        body: |call| create_group(call, false),
    },
    Function {
        name: "create_group",
        parameters: &[("name", "string"), ("computers", "array of Computer|string")],
        returns: "string",
        about: "Makes a group of computers, moves some into it with the same call, and returns its name. Where the name is taken, \
                nothing is moved: an error of kind `conflict`, and move_to_group goes on from there.",
        example: "create_group(\"Reception desks\", [list_computers()[0]])",
        operations: &["getDevices", "createGroup"],
        effect: Effect::Write,
        body: |call| create_group(call, true),
    },
    Function {
        name: "move_to_group",
        parameters: &[
            ("group", "string|Group"),
            ("computers", "Computer|string|array of Computer|string"),
        ],
        returns: "Computer|array of map",
        about: "Moves a computer into a group, out of the one that it is in, and returns its record; or each of an array, and returns a \
                map for each: `computer`, `id`, `outcome` (done, already_so, planned, drifted, failed, unknown) and `note`. \
                RemotePC only, which tells neither what groups there are nor which one a computer is in: what was moved cannot \
                be moved back by what deskhand knows.",
        example: "create_group(\"Reception desks\"); move_to_group(\"Reception desks\", list_computers()[0]).name",
        operations: &["getDevices", "createGroup", "moveComputers"],
        effect: Effect::Write,
        body: |call| {
            let group = call.group_name(0)?;
            let change = |computer| Change::MoveToGroup {
                group: group.clone(),
                computer,
            };
            change_one_or_each(call, 1, change, |_| {})
        },
    },
];

fn create_group(call: &Arguments<'_>, with_computers: bool) -> Result<Dynamic> {
    let name = call.name(0)?;
    let computers = if with_computers {
        call.computers(1)?
    } else {
        Vec::new()
    };
    let change = Change::CreateGroup {
        name: name.clone(),
        computers,
    };
    match call.change(change) {
        // A computer that has changed meanwhile is a conflict as well, and then there is no group.
        Err(taken) if taken.kind == Kind::Conflict && taken.operation.is_some() => {
            Err(taken.hint("the group is there: move_to_group(group, computers) moves computers into it"))
        }
        made => made.map(|_| name.into()),
    }
}

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
    if call.change(change)? == Made::Now && default_access == DefaultAccess::NoOne {
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
