//! Devices: the computers of the account.

use rhai::Dynamic;

use super::{COMPUTER, COMPUTERS, USER, answer, reads, user};
use crate::fleet::{Change, ComputerRef, Result, UserRef};
use crate::host::arguments::Arguments;
use crate::host::connection::Made;
use crate::host::function::{Effect, Function};
use crate::host::native::done;
use crate::host::secrets::Issued;
use crate::host::several::change_each;
use crate::vendor::remotepc::Reads;

/// The functions, in the order of the vendor's page.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "assign_computer",
        parameters: &[USER, COMPUTERS],
        returns: "array of map",
        about: "Assigns computers to a user. Whether the vendor does nothing or some of it where one of the names is wrong is not \
                documented: what came of each is read back.",
        example: "let name = find_computer(\"DC-01\").name;\n\
                  remotepc::assign_computer(list_users()[0].email, [name])[0].outcome",
        operations: &["getDevices", "getUsersDevices", "assignComputer"],
        effect: Effect::Write,
        body: |call| each(call, |computer, user| Change::Assign { computer, user }),
    },
    Function {
        name: "unassign_computer",
        parameters: &[USER, COMPUTERS],
        returns: "array of map",
        about: "Takes computers from a user, as assign_computer assigns them.",
        example: "let name = find_computer(\"DC-01\").name;\n\
                  remotepc::unassign_computer(list_users()[0].email, [name])[0].outcome",
        operations: &["getDevices", "getUsersDevices", "unassignComputer"],
        effect: Effect::Write,
        body: |call| each(call, |computer, user| Change::Unassign { computer, user }),
    },
    Function {
        name: "remove_computers",
        parameters: &[COMPUTERS],
        returns: "array of map",
        about: "Removes computers from the account: only offline ones, and 50 with one request. None can be brought back without walking \
                to a desk. One that the user has not named on the command line or in a file is held to the rules for what is removed \
                for its age. More than three calls that remove are refused in one run: plan() shows all before the first.",
        example: "let old = list_computers().filter(|c| c.online == false && c.last_seen != () && c.last_seen < ago(\"90d\"));\n\
                  remotepc::remove_computers([old[0].name])[0].outcome == \"done\"",
        operations: &["getDevices", "removeComputers"],
        effect: Effect::Write,
        body: |call| {
            reads(call.fleet)?;
            let computers = call.computers(0)?.into_iter();
            let changes: Vec<Change> = computers
                .map(|computer| Change::RemoveComputer { computer })
                .collect();
            change_each(call, changes)
        },
    },
    Function {
        name: "add_comment",
        parameters: &[COMPUTER, ("comment", "string")],
        returns: "()",
        about: "Gives a computer a comment of 6 to 250 characters, in place of the one that it has. That it takes its place is not \
                documented; it is read back.",
        example: "remotepc::add_comment(\"DC-01\", \"on loan until May\")",
        operations: &["getDevices", "addComment"],
        effect: Effect::Write,
        body: |call| {
            reads(call.fleet)?;
            let (computer, before) = call.known_computer(0)?;
            let change = Change::Comment {
                computer,
                from: before.comment,
                to: call.name(1)?,
            };
            done(call, change)
        },
    },
    Function {
        name: "get_devices",
        parameters: &[],
        returns: "array of map",
        about: "Lists the computers of the account: `machine_id`, `host_name`, `host_os_text`, `host_os_version`, `host_ip`, `comments`, \
                `host_status_text`, of whose words only Offline is documented, and `viewer_last_session_time`, whose time zone is \
                not.",
        example: "remotepc::get_devices()[0].host_name",
        operations: &["getDevices"],
        effect: Effect::Read,
        body: |call| answer(call, Reads::get_devices),
    },
    Function {
        name: "get_users_devices",
        parameters: &[USER],
        returns: "array of map",
        about: "Lists the computers that are assigned to a user, as get_devices does.",
        example: "remotepc::get_users_devices(list_users()[0].email).len",
        operations: &["getUsersDevices"],
        effect: Effect::Read,
        body: |call| {
            let username = call.name(0)?;
            answer(call, |api| async move { api.get_users_devices(&username).await })
        },
    },
    Function {
        name: "get_web_viewer_url",
        parameters: &[("machine_id", "string"), USER],
        returns: "secret|()",
        about: "Has the vendor make an address that opens a computer in a browser as a user, without a login. It is a secret, to be handed \
                on or to be what the script ends in; see reveal. `()` in a dry run. How long it works is not documented.",
        example: "remotepc::get_web_viewer_url(list_computers()[0].id, list_users()[0].email)",
        operations: &["getDevices", "getConnectUrl"],
        effect: Effect::Write,
        body: |call| {
            reads(call.fleet)?;
            let id = call.computer_id(0)?;
            let computer = call.fleet.read(|reader| reader.computer(&id))?.to_ref();
            let user = user(call, 1)?;
            Ok(match call.change(Change::ConnectUrl { computer, user })? {
                Made::Issued(secret) => Dynamic::from(Issued(secret)),
                Made::Now | Made::Nothing => Dynamic::UNIT,
            })
        },
    },
];

/// Makes a change between a user and each of some computers.
fn each(call: &Arguments<'_>, change: impl Fn(ComputerRef, UserRef) -> Change) -> Result<Dynamic> {
    reads(call.fleet)?;
    let user = user(call, 0)?;
    let computers = call.computers(1)?.into_iter();
    let changes: Vec<Change> = computers.map(|computer| change(computer, user.clone())).collect();
    change_each(call, changes)
}
