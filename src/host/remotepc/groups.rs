//! Groups of computers, which can be made and filled. The vendor neither lists them nor tells which one a computer is in.

use super::{COMPUTERS, GROUP, reads};
use crate::fleet::Change;
use crate::host::function::{Effect, Function};
use crate::host::native::done;
use crate::host::several::change_each;

/// The functions, in the order of the vendor's page.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "create_group",
        parameters: &[GROUP],
        returns: "()",
        about: "Makes an empty group. There is no operation to delete one. A name that is taken is an error of kind `conflict`.",
        example: "remotepc::create_group(\"Reception desks\")",
        operations: &["createGroup"],
        effect: Effect::Write,
        body: |call| {
            reads(call.fleet)?;
            let (name, computers) = (call.name(0)?, Vec::new());
            done(call, Change::CreateGroup { name, computers })
        },
    },
    Function {
        name: "create_group",
        parameters: &[GROUP, COMPUTERS],
        returns: "()",
        about: "Makes a group and moves computers into it with the same request.",
        example: "remotepc::create_group(\"Reception desks\", [\"DC-01\"])",
        operations: &["getDevices", "createGroup"],
        effect: Effect::Write,
        body: |call| {
            reads(call.fleet)?;
            let (name, computers) = (call.name(0)?, call.computers(1)?);
            done(call, Change::CreateGroup { name, computers })
        },
    },
    Function {
        name: "move_computers",
        parameters: &[GROUP, COMPUTERS],
        returns: "array of map",
        about: "Moves computers into a group that is there, each out of the one that it is in. Which one that is the vendor does not \
                tell, so that it cannot be taken back; nor does it show that it was done.",
        example: "remotepc::create_group(\"Reception desks\"); remotepc::move_computers(\"Reception desks\", [\"DC-01\"])",
        operations: &["getDevices", "createGroup", "moveComputers"],
        effect: Effect::Write,
        body: |call| {
            reads(call.fleet)?;
            let group = call.name(0)?;
            let computers = call.computers(1)?.into_iter();
            let changes: Vec<Change> = computers
                .map(|computer| Change::MoveToGroup {
                    group: group.clone(),
                    computer,
                })
                .collect();
            change_each(call, changes)
        },
    },
];
