//! The module `realvnc`: RealVNC's own operations under the vendor's names, with the vendor's records as maps.
//!
//! Optional members that the vendor left out are missing from the maps: read them with `entry.get("host")`. What
//! writes goes through the same door as the fleet functions. The session and its token are not to be had here.

mod by_id;

use std::future::Future;

use jiff::tz::TimeZone;
use rhai::Dynamic;
use serde::Serialize;

use crate::fleet::{
    Change, DefaultAccess, Error, GroupKind, Kind, Member, PresenceStatus, Result, Role, ServerId, UserId,
    UserState,
};
use crate::suggest;
use crate::vendor::realvnc::{EntryPresence, Order, Reads, TeamEvents};

use super::arguments::{Arguments, Options};
use super::function::{Effect, Function, Parameter};
use super::reads::moment;
use super::value::{from_json, to_dynamic};

use by_id::{entry, group, member};

const ENTRY: Parameter = ("entry_id", "string");
const GROUP: Parameter = ("group_id", "string");
const MEMBER: Parameter = ("user_id", "string");

/// The functions, in the order of the vendor's document.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "list_entries",
        parameters: &[],
        returns: "array of map",
        about: "Lists the entries: the computers of the team.",
        example: "realvnc::list_entries()[0].name",
        operations: &["listEntries"],
        effect: Effect::Read,
        body: |call| answer(call, Reads::list_entries),
    },
    Function {
        name: "read_entry",
        parameters: &[ENTRY],
        returns: "map",
        about: "Reads an entry.",
        example: "realvnc::read_entry(list_computers()[0].id).name",
        operations: &["readEntry"],
        effect: Effect::Read,
        body: |call| {
            let id = call.computer_id(0)?;
            answer(call, |api| api.read_entry(&id))
        },
    },
    Function {
        name: "update_entry",
        parameters: &[ENTRY, ("name", "string")],
        returns: "map",
        about: "Changes the display name of an entry and returns the entry as it is then.",
        example: "realvnc::update_entry(list_computers()[0].id, \"Reception-1\").name == \"Reception-1\"",
        operations: &["readEntry", "updateEntry"],
        effect: Effect::Write,
        body: |call| {
            let before = entry(call, 0)?;
            let to = call.name(1)?;
            call.fleet.change(&Change::Rename {
                computer: before.to_ref(),
                to: to.clone(),
            })?;
            let mut after = before.raw;
            if let Some(members) = after.as_object_mut() {
                members.insert("name".to_owned(), to.into());
            }
            Ok(to_dynamic(from_json(&after)))
        },
    },
    Function {
        name: "list_groups_of_entry",
        parameters: &[ENTRY],
        returns: "array of map",
        about: "Lists the entry groups that an entry is in (the vendor calls the operation listEntryGroups_1).",
        example: "realvnc::list_groups_of_entry(list_computers()[0].id)",
        operations: &["listEntryGroups_1"],
        effect: Effect::Read,
        body: |call| {
            let id = call.computer_id(0)?;
            answer(call, |api| api.list_groups_of_entry(&id))
        },
    },
    Function {
        name: "add_entry_to_group",
        parameters: &[ENTRY, GROUP],
        returns: "()",
        about: "Puts an entry into an entry group.",
        example: "realvnc::add_entry_to_group(list_computers()[0].id, find_computer_group(\"Servers\").id)",
        operations: &[
            "readEntry",
            "listEntryGroups",
            "listEntryGroups_1",
            "addEntryToGroup",
        ],
        effect: Effect::Write,
        body: |call| {
            let member = Member::Computer(entry(call, 0)?.to_ref());
            let group = group(call, 1, GroupKind::Computers)?;
            done(call, &Change::GroupAdd { group, member })
        },
    },
    Function {
        name: "remove_entry_from_group",
        parameters: &[ENTRY, GROUP, ("default_access", "string")],
        returns: "()",
        about: "Takes an entry out of an entry group. `default_access` is \"NO_ONE\" (an entry left without permissions is visible to \
                nobody) or \"EVERYONE\" (the whole team may use it; this cannot be undone).",
        example: "let g = find_computer_group(\"Servers\"); realvnc::remove_entry_from_group(g.members[0], g.id, \"NO_ONE\")",
        operations: &[
            "readEntry",
            "listEntryGroups",
            "listEntryGroups_1",
            "removeEntryFromGroup",
        ],
        effect: Effect::Write,
        body: |call| {
            let default_access = match call.text(2)?.as_str() {
                "NO_ONE" => DefaultAccess::NoOne,
                "EVERYONE" => DefaultAccess::Everyone,
                _ => return Err(call.invalid("`default_access` must be \"NO_ONE\" or \"EVERYONE\"")),
            };
            let member = Member::Computer(entry(call, 0)?.to_ref());
            let group = group(call, 1, GroupKind::Computers)?;
            done(
                call,
                &Change::GroupRemove {
                    group,
                    member,
                    default_access,
                },
            )
        },
    },
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
        name: "list_members",
        parameters: &[],
        returns: "array of map",
        about: "Lists the members who have joined the team.",
        example: "realvnc::list_members().len",
        operations: &["listMembers"],
        effect: Effect::Read,
        body: |call| answer(call, |api| api.list_members(None, None)),
    },
    Function {
        name: "list_members",
        parameters: &[("options", "map")],
        returns: "array of map",
        about: "Lists the members of the team. Options: `state` (\"JOINED\" or \"INVITED\"), `role` (members with at least this role).",
        example: "realvnc::list_members(#{ state: \"INVITED\" }).len",
        operations: &["listMembers"],
        effect: Effect::Read,
        body: |call| {
            let options = call.options(0, &["state", "role"])?;
            let state = word(&options, "state", &["JOINED", "INVITED"])?.map(|w| UserState::from_word(&w));
            let roles = ["OWNER", "ADMIN", "MANAGER", "TECHNICIAN", "USER", "DELETED"];
            let role = word(&options, "role", &roles)?.map(|w| Role::from_word(&w));
            answer(call, |api| api.list_members(state.as_ref(), role.as_ref()))
        },
    },
    Function {
        name: "read_member",
        parameters: &[MEMBER],
        returns: "map",
        about: "Reads a member of the team.",
        example: "realvnc::read_member(list_users()[0].id).roles",
        operations: &["readMember"],
        effect: Effect::Read,
        body: |call| {
            let id = UserId::new(call.name(0)?);
            answer(call, |api| async move { Ok(api.read_member(&id).await?.value) })
        },
    },
    Function {
        name: "list_member_groups",
        parameters: &[MEMBER],
        returns: "array of map",
        about: "Lists the user groups that a member is in.",
        example: "realvnc::list_member_groups(list_users()[0].id)",
        operations: &["listMemberGroups"],
        effect: Effect::Read,
        body: |call| {
            let id = UserId::new(call.name(0)?);
            answer(call, |api| async move { api.list_member_groups(&id).await })
        },
    },
    Function {
        name: "add_member_to_group",
        parameters: &[MEMBER, GROUP],
        returns: "()",
        about: "Puts a member into a user group.",
        example: "realvnc::add_member_to_group(list_users()[0].id, list_user_groups()[0].id)",
        operations: &[
            "listMembers",
            "listUserGroups",
            "listMemberGroups",
            "addMemberToGroup",
        ],
        effect: Effect::Write,
        body: |call| {
            let member = Member::User(member(call, 0)?);
            let group = group(call, 1, GroupKind::Users)?;
            done(call, &Change::GroupAdd { group, member })
        },
    },
    Function {
        name: "remove_member_from_group",
        parameters: &[MEMBER, GROUP],
        returns: "()",
        about: "Takes a member out of a user group.",
        example: "let g = list_user_groups().find(|g| g.size > 0); realvnc::remove_member_from_group(g.members[0], g.id)",
        operations: &[
            "listMembers",
            "listUserGroups",
            "listMemberGroups",
            "removeMemberFromGroup",
        ],
        effect: Effect::Write,
        body: |call| {
            let member = Member::User(member(call, 0)?);
            let group = group(call, 1, GroupKind::Users)?;
            done(
                call,
                &Change::GroupRemove {
                    group,
                    member,
                    default_access: DefaultAccess::NoOne,
                },
            )
        },
    },
    Function {
        name: "list_entry_presence",
        parameters: &[],
        returns: "array of map",
        about: "Lists which servers are connected. The vendor's document calls the items events; they bear a serverId, not an entryId.",
        example: "realvnc::list_entry_presence().len",
        operations: &["listEntryPresence"],
        effect: Effect::Read,
        body: |call| {
            answer(call, |api| async move {
                api.list_entry_presence(&EntryPresence::default()).await
            })
        },
    },
    Function {
        name: "list_entry_presence",
        parameters: &[("options", "map")],
        returns: "array of map",
        about: "Lists which servers are connected. Options: `status` (\"ONLINE\" or \"OFFLINE\"), `last_seen_sort` (\"ASC\" or \"DESC\").",
        example: "realvnc::list_entry_presence(#{ status: \"ONLINE\", last_seen_sort: \"DESC\" })",
        operations: &["listEntryPresence"],
        effect: Effect::Read,
        body: |call| {
            let options = call.options(0, &["status", "last_seen_sort"])?;
            let filter = EntryPresence {
                status: word(&options, "status", &["ONLINE", "OFFLINE"])?
                    .map(|w| PresenceStatus::from_word(&w)),
                last_seen_sort: order(&options, "last_seen_sort")?,
                ..EntryPresence::default()
            };
            answer(call, |api| async move { api.list_entry_presence(&filter).await })
        },
    },
    Function {
        name: "get_team_events",
        parameters: &[("options", "map")],
        returns: "array of map",
        about: "Lists audit events. Options: `from` and `to` (moments or ISO 8601 dates in UTC; both needed), `order` (\"ASC\" or \
                \"DESC\"), `server_id`. The vendor keeps them for 30 days.",
        example: "realvnc::get_team_events(#{ from: ago(\"2d\"), to: now(), order: \"DESC\" })",
        operations: &["getTeamEvents"],
        effect: Effect::Read,
        body: |call| {
            let options = call.options(0, &["from", "to", "order", "server_id"])?;
            let from = moment(&options, "from", |when| when.start(&TimeZone::UTC))?;
            let to = moment(&options, "to", |when| when.end(&TimeZone::UTC))?;
            let (Some(from), Some(to)) = (from, to) else {
                return Err(call.invalid("the vendor wants both `from` and `to`"));
            };
            let filter = TeamEvents {
                from,
                to,
                order: order(&options, "order")?,
                server: options.text("server_id")?.map(ServerId::new),
            };
            answer(call, |api| async move { api.get_team_events(&filter).await })
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

/// Asks the vendor and turns its answer into maps.
fn answer<'a, T: Serialize, F: Future<Output = Result<T>>>(
    call: &'a Arguments<'_>,
    ask: impl FnOnce(&'a Reads) -> F,
) -> Result<Dynamic> {
    let answer = call.fleet.world().wait(ask(call.fleet.realvnc()?))?;
    let json = serde_json::to_value(answer)
        .map_err(|e| Error::new(Kind::Vendor, "the answer cannot be shown").caused_by(&e))?;
    Ok(to_dynamic(from_json(&json)))
}

fn done(call: &Arguments<'_>, change: &Change) -> Result<Dynamic> {
    call.fleet.change(change)?;
    Ok(Dynamic::UNIT)
}

fn word(options: &Options, name: &str, words: &[&str]) -> Result<Option<String>> {
    let Some(text) = options.text(name)? else {
        return Ok(None);
    };
    if words.contains(&text.as_str()) {
        return Ok(Some(text));
    }
    Err(options
        .wrong(name, &format!("one of {}", words.join(", ")))
        .hint(suggest::among(&text, words.iter().copied())))
}

fn order(options: &Options, name: &str) -> Result<Option<Order>> {
    Ok(
        word(options, name, &["ASC", "DESC"])?.map(|word| match word.as_str() {
            "DESC" => Order::Descending,
            _ => Order::Ascending,
        }),
    )
}
