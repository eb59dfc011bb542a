//! Computers.

use rhai::Dynamic;

use super::{array, optional, present};
use crate::fleet::{Computer, ComputerQuery, Result};
use crate::host::connection::Fleet;
use crate::host::filter;
use crate::host::function::{Effect, Function};
use crate::host::records::ComputerRecord;

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "list_computers",
        parameters: &[],
        returns: "array of Computer",
        about: "Lists the computers of the fleet. Groups and presence are not loaded; on RemotePC presence always is.",
        example: "list_computers().len",
        operations: &["listEntries", "getDevices"],
        effect: Effect::Read,
        body: |call| {
            Ok(array::<_, ComputerRecord>(computers(
                call.fleet,
                &ComputerQuery::default(),
            )?))
        },
    },
    Function {
        name: "list_computers",
        parameters: &[("options", "map")],
        returns: "array of Computer",
        about: "Lists the computers of the fleet. Options: `groups: true` (not on RemotePC) and `presence: true` load these \
                fields, `user: \"email\"` lists only the computers assigned to a user (not on RealVNC), `where: \"expression\"` keeps those for which an \
                expression over the fields is true. Without RealVNC's permission for presence, `online` stays `()` \
                and a warning says so.",
        example: "list_computers(#{ presence: true, where: \"online == true && os.contains(\\\"Windows\\\")\" })",
        operations: &[
            "listEntries",
            "listEntryPresence",
            "listEntryGroups",
            "getDevices",
            "getUsersDevices",
        ],
        effect: Effect::Read,
        body: |call| {
            let options = call.options(0, &["groups", "presence", "user", "where"])?;
            let query = ComputerQuery {
                groups: options.flag("groups")?,
                presence: options.flag("presence")?,
                user: options.text("user")?,
            };
            let records = computers(call.fleet, &query)?
                .into_iter()
                .map(ComputerRecord::from)
                .collect();
            let records = match options.text("where")? {
                Some(expression) => filter::matching(call.fleet.world(), call.engine, records, &expression)?,
                None => records,
            };
            Ok(array::<_, ComputerRecord>(records))
        },
    },
    Function {
        name: "find_computer",
        parameters: &[("name", "string")],
        returns: "Computer|()",
        about: "Finds the computer of a name: exactly so, else the only one that is so but for upper and lower case; `()` if \
                there is none. Several are an error of kind `ambiguous` that lists them with their ids.",
        example: "find_computer(\"no such computer\") == ()",
        operations: &["listEntries", "readEntry", "getDevices"],
        effect: Effect::Read,
        body: |call| {
            let name = call.name(0)?;
            let found = call
                .fleet
                .look_up(|directory, fleet| directory.computer(fleet, &name))?;
            optional(
                found
                    .and_then(|c| present(call.fleet.read(|reader| reader.computer(&c.id))))
                    .transpose()?
                    .map(ComputerRecord::from),
            )
        },
    },
    Function {
        name: "find_computers",
        parameters: &[("prefix", "string")],
        returns: "array of Computer",
        about: "Lists the computers whose names begin with a text, whatever the case.",
        example: "find_computers(\"acc-\").len",
        operations: &["listEntries", "getDevices"],
        effect: Effect::Read,
        body: |call| {
            let prefix = call.text(0)?.to_lowercase();
            let mut found = computers(call.fleet, &ComputerQuery::default())?;
            found.retain(|computer| computer.name.to_lowercase().starts_with(&prefix));
            Ok(array::<_, ComputerRecord>(found))
        },
    },
    Function {
        name: "get_computer",
        parameters: &[("id", "string")],
        returns: "Computer",
        about: "Reads the computer of an id (RealVNC: entryId; RemotePC: machine_id). An id that nobody bears is an error of kind `not_found`.",
        example: "let c = list_computers()[0]; get_computer(c.id) == c",
        operations: &["readEntry", "getDevices"],
        effect: Effect::Read,
        body: |call| {
            let id = call.computer_id(0)?;
            Ok(Dynamic::from(ComputerRecord::from(
                call.fleet.read(|reader| reader.computer(&id))?,
            )))
        },
    },
    Function {
        name: "protected_by",
        parameters: &[("computer", "Computer")],
        returns: "string|()",
        about: "Returns the entry of the profile's `protect` that lets nobody touch a computer; `()` where there is none. A plan that touches a \
                protected computer is refused whole, so that a script which chooses leaves it out first.",
        example: "protected_by(list_computers()[0]) == ()",
        operations: &["listEntryGroups"],
        effect: Effect::Read,
        body: |call| {
            let Some(record) = call.values[0].clone().try_cast::<ComputerRecord>() else {
                return Err(call.invalid("`protected_by` wants the record of a computer"));
            };
            let computer = call.computer(0)?;
            let protected = call.fleet.protected();
            if let Some(entry) = protected.computer(computer.id.as_str(), &computer.name) {
                return Ok(entry.to_string().into());
            }
            if protected.by_group().is_none() {
                return Ok(Dynamic::UNIT);
            }
            let groups = match record.0.groups.get() {
                Some(groups) => groups.iter().map(|group| group.name.clone()).collect(),
                None => call
                    .fleet
                    .look_up(|directory, fleet| directory.groups_of_computer(fleet, &computer.id))?,
            };
            let entry = groups.iter().find_map(|group| protected.group(group));
            Ok(entry.map_or(Dynamic::UNIT, |entry| entry.to_string().into()))
        },
    },
];

fn computers(fleet: &Fleet, query: &ComputerQuery) -> Result<Vec<Computer>> {
    fleet.list(|reader| reader.computers(query))
}
