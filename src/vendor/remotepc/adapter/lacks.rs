//! What RemotePC Enterprise cannot do, and what it offers instead.

use crate::fleet::{Change, Error, Kind, Member};

use super::super::PRODUCT;

const MOVE: &str = "a computer is in one group, and is moved to another: move_to_group(group, computer)";

const ASSIGN: &str = "who may use which computer is assigned: assign(computers, user)";

/// Why the groups of a computer are never loaded.
pub(super) const NO_GROUPS: &str = "RemotePC Enterprise does not tell which group a computer is in";

/// Why the groups of a user are never loaded.
pub(super) const NO_USER_GROUPS: &str = "RemotePC Enterprise has no groups of users";

/// Returns the error of a change that the API has no operation for, if it is one.
pub(super) fn change(change: &Change) -> Option<Error> {
    let (what, instead) = match change {
        Change::Rename { .. } => (
            "has no operation to rename computers",
            "the name is the host name, set on the computer itself; comment(computer, text) can say more",
        ),
        Change::GroupAdd {
            member: Member::Computer(_),
            ..
        } => ("does not add computers to groups", MOVE),
        Change::GroupRemove {
            member: Member::Computer(_),
            ..
        } => ("does not take computers out of groups", MOVE),
        Change::GroupAdd { .. } | Change::GroupRemove { .. } => ("has no groups of users", ASSIGN),
        Change::UpdateRoles { .. } => ("has no roles that the API could change", ASSIGN),
        Change::InviteUser { roles, .. } if !roles.is_empty() => (
            "has no roles to invite somebody with",
            "invite without roles: invite_user(email, [])",
        ),
        Change::InviteUser { groups, .. } if !groups.is_empty() => (
            "has no groups of users to invite somebody into",
            "invite without groups: invite_user(email, []); then assign(computers, user), once the user has joined",
        ),
        Change::InviteUser { .. }
        | Change::RemoveComputer { .. }
        | Change::Assign { .. }
        | Change::Unassign { .. }
        | Change::CreateGroup { .. }
        | Change::MoveToGroup { .. }
        | Change::Comment { .. }
        | Change::ConnectUrl { .. }
        | Change::CreateUser(_)
        | Change::RemoveUser { .. } => return None,
    };
    Some(unsupported(what, instead))
}

/// Returns the error of a change that has come further than it should.
pub(super) fn nothing_for(asked: &Change) -> Error {
    change(asked).unwrap_or_else(|| {
        Error::new(
            Kind::Unsupported,
            format!("{PRODUCT} has no operation to {asked}"),
        )
    })
}

/// The list of the groups of computers.
pub(super) fn computer_groups() -> Error {
    unsupported(
        "has no operation to list groups of computers",
        "groups are known by their names: create_group(name, computers), move_to_group(name, computers)",
    )
}

/// The groups of one computer.
pub(super) fn groups_of_computer() -> Error {
    unsupported(
        "does not tell which group a computer is in",
        "the web console shows it; list_computers(#{ user: \"…\" }) tells what is assigned to a user",
    )
}

/// Everything about groups of users.
pub(super) fn user_groups() -> Error {
    unsupported("has no groups of users", ASSIGN)
}

/// Presence as a list of its own.
pub(super) fn presence() -> Error {
    unsupported(
        "has no list of who is online",
        "the record of each computer tells it: list_computers().filter(|c| c.online == true)",
    )
}

/// Audit events.
pub(super) fn events() -> Error {
    unsupported(
        "has no operation that reads audit events",
        "the web console shows them; `last_seen` of a computer is its last viewer session",
    )
}

fn unsupported(what: &str, instead: &str) -> Error {
    Error::new(Kind::Unsupported, format!("{PRODUCT} {what}")).hint(instead)
}
