//! Entries: the computers of the team.

use rhai::Dynamic;

use super::by_id::{entry, group};
use super::{ENTRY, GROUP, answer};
use crate::fleet::{Change, DefaultAccess, GroupKind, Member};
use crate::host::function::{Effect, Function};
use crate::host::native::done;
use crate::host::value::{from_json, to_dynamic};
use crate::plan::{Kept, Proposal};
use crate::vendor::realvnc::Reads;

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
            call.change(Change::Rename {
                computer: before.to_ref(),
                to: to.clone(),
            })?;
            let mut after = before.raw.into_value();
            if let Some(members) = after.as_object_mut() {
                members.insert("name".to_owned(), to.into());
            }
            Ok(to_dynamic(from_json(&after)))
        },
    },
    Function {
        name: "delete_entry",
        parameters: &[ENTRY],
        returns: "()",
        about: "Removes an entry from the team. It cannot be brought back without walking to a desk. One that the user has not named on the \
                command line or in a file is held to the rules for what is removed for its age. More than three removals outside a \
                plan are refused in one run.",
        example: "let old = list_computers().filter(|c| c.last_seen != () && c.last_seen < ago(\"90d\"));\n\
                  realvnc::delete_entry(old[0].id); !list_computers().some(|c| c.id == old[0].id)",
        operations: &[
            "listEntries",
            "listEntryGroups",
            "listEntryPresence",
            "readEntry",
            "listEntryGroups_1",
            "deleteEntry",
        ],
        effect: Effect::Write,
        body: |call| {
            let entry = entry(call, 0)?;
            let computer = entry.to_ref();
            call.propose(Proposal {
                before: Some(Kept::from(&entry)),
                ..call.fleet.proposal(Change::RemoveComputer { computer })
            })?;
            Ok(Dynamic::UNIT)
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
            done(call, Change::GroupAdd { group, member })
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
            let default_access = DefaultAccess::from_word(&call.text(2)?)
                .ok_or_else(|| call.invalid("`default_access` must be \"NO_ONE\" or \"EVERYONE\""))?;
            let member = Member::Computer(entry(call, 0)?.to_ref());
            let group = group(call, 1, GroupKind::Computers)?;
            done(
                call,
                Change::GroupRemove {
                    group,
                    member,
                    default_access,
                },
            )
        },
    },
];
