//! What is changed of a computer itself, and what lets somebody in to it.

use rhai::Dynamic;

use crate::fleet::{Change, Computer};
use crate::host::connection::Made;
use crate::host::function::{Effect, Function};
use crate::host::plans::{REMOVING, remove};
use crate::host::secrets::Issued;
use crate::host::several::change_one;

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "rename",
        parameters: &[("computer", "Computer|string"), ("name", "string")],
        returns: "Computer",
        about: "Gives a computer another display name and returns the record as it is then. A name that the team uses already is \
                an error of kind `conflict`. RemotePC has no such operation.",
        example: "let c = list_computers()[0]; rename(c, \"Reception-1\").name == \"Reception-1\"",
        operations: &["listEntries", "readEntry", "updateEntry"],
        effect: Effect::Write,
        body: |call| {
            let to = call.name(1)?;
            let change = |computer, _: &_| Change::Rename {
                computer,
                to: to.clone(),
            };
            change_one(call, 0, change, |after| after.name.clone_from(&to))
        },
    },
    Function {
        name: "comment",
        parameters: &[("computer", "Computer|string"), ("text", "string")],
        returns: "Computer",
        about: "Replaces the comment on a computer and returns the record as it is then. RemotePC takes 6 to 250 characters, and \
                has no way to delete a comment. RealVNC keeps no comments.",
        example: "let c = list_computers()[0]; comment(c, \"on loan until May\").comment == \"on loan until May\"",
        operations: &["getDevices", "addComment"],
        effect: Effect::Write,
        body: |call| {
            let to = call.name(1)?;
            let change = |named, before: &Computer| Change::Comment {
                computer: named,
                from: before.comment.clone(),
                to: to.clone(),
            };
            change_one(call, 0, change, |after| after.comment = Some(to.clone()))
        },
    },
    Function {
        name: "connect_url",
        parameters: &[("computer", "Computer|string"), ("user", "User|string")],
        returns: "secret|()",
        about: "Has RemotePC make an address that opens a computer's screen in a browser for a user, without a login. It is a secret: \
                whoever has it can use it, and for how long is not documented. A script can only hand it on, or end in it; \
                see reveal. `()` in a dry run. RealVNC has no such operation.",
        example: "connect_url(list_computers()[0], list_users()[0])",
        operations: &["getDevices", "getUsers", "getConnectUrl"],
        effect: Effect::Write,
        body: |call| {
            let change = Change::ConnectUrl {
                computer: call.computer(0)?,
                user: call.user(1)?,
            };
            Ok(match call.change(change)? {
                Made::Issued(secret) => Dynamic::from(Issued(secret)),
                Made::Now | Made::Nothing => Dynamic::UNIT,
            })
        },
    },
    Function {
        name: "remove_computer",
        parameters: &[("computer", "Computer|string")],
        returns: "()",
        about: "Removes a computer from the team. It cannot be brought back without walking to a desk. A computer that the user has not \
                named on the command line or in a file is held to the rules for what is removed for its age. More than three removals \
                outside a plan are refused in one run: plan() shows all of them before the first.",
        example: "let old = list_computers().filter(|c| c.last_seen != () && c.last_seen < ago(\"90d\"));\n\
                  remove_computer(old[0]); find_computers(old[0].name).filter(|c| c.id == old[0].id).len == 0",
        operations: REMOVING,
        effect: Effect::Write,
        body: |call| {
            let computer = call.computer(0)?;
            remove(call, call.fleet.proposal(Change::RemoveComputer { computer }))
        },
    },
];
