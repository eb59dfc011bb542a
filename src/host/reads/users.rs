//! Users.

use super::{array, optional, present};
use crate::fleet::{Error, Kind, Result, User, UserId};
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
