//! Which computers a user may use, where the vendor assigns computers to users.

use crate::fleet::Change;
use crate::host::function::{Effect, Function, Parameter};
use crate::host::several::change_one_or_each;

const COMPUTERS: Parameter = ("computers", "Computer|string|array of Computer|string");
const USER: Parameter = ("user", "User|string");

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "assign",
        parameters: &[COMPUTERS, USER],
        returns: "Computer|array of map",
        about: "Lets a user use a computer, and returns its record; or each of an array, and returns a map for each: `computer`, `id`, \
                `outcome` (done, already_so, planned, drifted, failed, unknown) and `note`. What is assigned already stays so. \
                RealVNC gives access through groups instead.",
        example: "assign(list_computers()[0], list_users()[0]).name",
        operations: &["getDevices", "getUsers", "getUsersDevices", "assignComputer"],
        effect: Effect::Write,
        body: |call| {
            let user = call.user(1)?;
            let change = |computer| Change::Assign {
                computer,
                user: user.clone(),
            };
            change_one_or_each(call, 0, change, |after| after.user = Some(user.email.clone()))
        },
    },
    Function {
        name: "unassign",
        parameters: &[COMPUTERS, USER],
        returns: "Computer|array of map",
        about: "Takes a computer from a user, and returns its record; or each of an array, and returns a map for each, as assign does. \
                What is not assigned to the user stays so.",
        example: "unassign([list_computers()[0]], list_users()[0])[0].outcome",
        operations: &["getDevices", "getUsers", "getUsersDevices", "unassignComputer"],
        effect: Effect::Write,
        body: |call| {
            let user = call.user(1)?;
            let change = |computer| Change::Unassign {
                computer,
                user: user.clone(),
            };
            change_one_or_each(call, 0, change, |after| after.user = None)
        },
    },
];
