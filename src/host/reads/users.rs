//! Users.

use std::collections::HashMap;

use super::{array, optional, present};
use crate::fleet::{Error, GroupRef, Kind, Loaded, Result, User, UserId};
use crate::host::connection::Fleet;
use crate::host::function::{Effect, Function};
use crate::host::records::UserRecord;

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "list_users",
        parameters: &[],
        returns: "array of User",
        about: "Lists the users of the team: on RealVNC those who have joined and those who are invited; RemotePC does not say which of \
                them are listed, nor who is which.",
        example: "list_users().filter(|u| u.state == \"INVITED\")",
        operations: &["listMembers", "getUsers"],
        effect: Effect::Read,
        body: |call| Ok(array::<_, UserRecord>(call.fleet.list(|reader| reader.users())?)),
    },
    Function {
        name: "list_users",
        parameters: &[("options", "map")],
        returns: "array of User",
        about: "Lists the users of the team. With `groups: true` the user groups of each are loaded: one request for all of them. \
                RemotePC has no user groups.",
        example: "list_users(#{ groups: true }).filter(|u| u.groups.is_empty()).map(|u| u.email)",
        operations: &["listMembers", "listUserGroups", "getUsers"],
        effect: Effect::Read,
        body: |call| {
            let groups = call.options(0, &["groups"])?.flag("groups")?;
            let users = if groups {
                grouped(call.fleet)?
            } else {
                call.fleet.list(|reader| reader.users())?
            };
            Ok(array::<_, UserRecord>(users))
        },
    },
    Function {
        name: "find_user",
        parameters: &[("email", "string")],
        returns: "User|()",
        about: "Finds the user of an email address among those that list_users lists, whatever the case; `()` if there is none.",
        example: "find_user(\"nobody@example.com\") == ()",
        operations: &["listMembers", "getUsers"],
        effect: Effect::Read,
        body: |call| {
            let email = call.name(0)?;
            let found = call
                .fleet
                .look_up(|directory, fleet| directory.user(fleet, &email))?;
            optional(
                found
                    .and_then(|user| present(read_user(call.fleet, &user.id)))
                    .transpose()?
                    .map(UserRecord::from),
            )
        },
    },
];

/// Lists the users with their groups, by the groups' own lists of members.
fn grouped(fleet: &Fleet) -> Result<Vec<User>> {
    let groups = fleet.list(|reader| reader.user_groups())?;
    let mut of_user: HashMap<&str, Vec<GroupRef>> = HashMap::new();
    for group in &groups {
        for member in &group.members {
            let refs = of_user.entry(member).or_default();
            if refs.iter().all(|known| known.id != group.id) {
                refs.push(group.to_ref());
            }
        }
    }
    let mut users = fleet.list(|reader| reader.users())?;
    for user in &mut users {
        user.groups = Loaded::Yes(of_user.remove(user.id.as_str()).unwrap_or_default());
    }
    Ok(users)
}

/// RealVNC and RemotePC list users; the whole record of one is looked for there.
fn read_user(fleet: &Fleet, id: &UserId) -> Result<User> {
    fleet
        .list(|reader| reader.users())?
        .into_iter()
        .find(|user| user.id == *id)
        .ok_or_else(|| {
            Error::new(
                Kind::NotFound,
                "the user has left the team while it was looked up",
            )
        })
}
