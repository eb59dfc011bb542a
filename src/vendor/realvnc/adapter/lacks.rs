//! What RealVNC Connect cannot do, and what it offers instead.

use crate::fleet::{Change, Error, GroupKind, GroupRef, Kind, Result, SignIn};

/// Returns the error of a change that the API has no operation for, if it is one.
pub(super) fn change(change: &Change) -> Option<Error> {
    let (what, instead) = match change {
        Change::Assign { .. } | Change::Unassign { .. } => (
            "does not assign computers to users",
            "it grants access through groups: group_add(group, computer)",
        ),
        Change::CreateGroup { .. } => (
            "has no operation to create groups",
            "create the group in the portal, then group_add(group, computer)",
        ),
        Change::MoveToGroup { .. } => (
            "has computers in any number of groups, and does not move them",
            "group_add(group, computer), then group_remove(group, computer) for the old group",
        ),
        Change::Comment { .. } => (
            "keeps no comments on computers",
            "a name can say it: rename(computer, name)",
        ),
        Change::ConnectUrl { .. } => (
            "has no operation that makes connection addresses",
            "connect with RealVNC Viewer or from the portal",
        ),
        Change::CreateUser(_) => (
            "does not create users with passwords",
            "invite the person: invite_user(email, roles)",
        ),
        Change::Rename { .. }
        | Change::GroupAdd { .. }
        | Change::GroupRemove { .. }
        | Change::RemoveComputer { .. }
        | Change::UpdateRoles { .. }
        | Change::RemoveUser { .. } => return None,
        Change::InviteUser { sign_in: wished, .. } => return sign_in(*wished).err(),
    };
    Some(Error::new(Kind::Unsupported, format!("RealVNC Connect {what}")).hint(instead))
}

/// Returns the error of a change that has come further than it should.
pub(super) fn nothing_for(asked: &Change) -> Error {
    change(asked).unwrap_or_else(|| {
        Error::new(
            Kind::Unsupported,
            format!("RealVNC Connect has no operation to {asked}"),
        )
    })
}

/// Refuses wishes about how an invited person signs in.
pub(super) fn sign_in(wished: SignIn) -> Result<()> {
    if wished == SignIn::default() {
        return Ok(());
    }
    Err(Error::new(
        Kind::Unsupported,
        "RealVNC Connect does not take how an invited person is to sign in",
    )
    .hint("two factors and single sign-on are set for the whole team, in the portal"))
}

/// Refuses a group that a user cannot go into.
pub(super) fn for_users(group: &GroupRef) -> Result<()> {
    match group.kind {
        GroupKind::Users => Ok(()),
        GroupKind::Computers => Err(Error::new(
            Kind::Invalid,
            format!(
                "`{}` is a {}, and a user goes into user groups",
                group.name, group.kind
            ),
        )),
    }
}
