//! Writes to the fleet: for each change the calls that it takes.

use std::sync::Arc;

use crate::fleet::{
    Attempt, Attempts, Change, ComputerRef, DefaultAccess, Error, GroupKind, GroupRef, Kind, Member, Role,
    UserRef, Writer,
};

use crate::http::{Delivery, ETag};

use super::super::{Failure, Reads, Writes};
use super::invite::invite;
use super::lacks;
use super::people::{roles_of, same_set};

const UPDATE_ROLES: &str = "updateMemberRoles";

/// What the user should know of a write that was done, if anything.
pub(super) type Note = Option<String>;

impl Writer for Writes {
    /// The API takes one at a time.
    fn together(&self, _: &[Change]) -> usize {
        1
    }

    fn write<'a>(&'a self, changes: &'a [Change]) -> Attempts<'a> {
        Box::pin(async move {
            let mut attempts = Vec::with_capacity(changes.len());
            for change in changes {
                let outcome = carry_out(self, change).await;
                attempts.push(outcome.map_or_else(Attempt::from, Attempt::Done));
            }
            attempts
        })
    }
}

async fn carry_out(writes: &Writes, change: &Change) -> Result<Note, Failure> {
    match change {
        Change::Rename { computer, to } => rename(writes, computer, to).await,
        Change::GroupAdd { group, member } => group_add(writes, group, member).await,
        Change::GroupRemove {
            group,
            member,
            default_access,
        } => group_remove(writes, group, member, *default_access).await,
        Change::RemoveComputer { computer } => writes.delete_entry(&computer.id).await.map(|()| None),
        Change::InviteUser {
            email,
            roles,
            sign_in,
            groups,
        } => invite(writes, email, roles, *sign_in, groups).await,
        Change::UpdateRoles { user, from, to } => update_roles(writes, user, from, to).await,
        Change::RemoveUser { user, .. } => writes.remove_member(&user.id).await.map(|()| None),
        Change::Assign { .. }
        | Change::Unassign { .. }
        | Change::CreateGroup { .. }
        | Change::MoveToGroup { .. }
        | Change::Comment { .. }
        | Change::ConnectUrl { .. }
        | Change::CreateUser(_) => Err(Failure::unsent(lacks::nothing_for(change))),
    }
}

/// Names the version that the last reading told, if it did: what was decided on it must not overwrite what somebody
/// else has done since.
async fn rename(writes: &Writes, computer: &ComputerRef, to: &str) -> Result<Note, Failure> {
    let version = writes.connection.versions.take(&computer.id);
    let entry = writes.update_entry(&computer.id, to, version).await?.value;
    Ok(entry
        .name
        .filter(|name| name != to)
        .map(|name| format!("RealVNC Connect made it `{name}`")))
}

async fn group_add(writes: &Writes, group: &GroupRef, member: &Member) -> Result<Note, Failure> {
    match (group.kind, member) {
        (GroupKind::Computers, Member::Computer(computer)) => {
            writes.add_entry_to_group(&computer.id, &group.id).await?;
        }
        (GroupKind::Users, Member::User(user)) => writes.add_member_to_group(&user.id, &group.id).await?,
        _ => return Err(mismatch(group, member)),
    }
    Ok(None)
}

async fn group_remove(
    writes: &Writes,
    group: &GroupRef,
    member: &Member,
    default_access: DefaultAccess,
) -> Result<Note, Failure> {
    match (group.kind, member) {
        (GroupKind::Computers, Member::Computer(computer)) => {
            let removed = writes
                .remove_entry_from_group(&computer.id, &group.id, default_access)
                .await?;
            Ok(access_note(
                &computer.name,
                default_access,
                removed.added_everyone_permission,
            ))
        }
        (GroupKind::Users, Member::User(user)) => {
            writes.remove_member_from_group(&user.id, &group.id).await?;
            Ok(None)
        }
        _ => Err(mismatch(group, member)),
    }
}

/// The API does not tell the counterpart: that with `NO_ONE` nobody finds the computer any more.
fn access_note(name: &str, asked: DefaultAccess, everyone: Option<bool>) -> Note {
    match (asked, everyone) {
        (_, Some(true)) => Some(format!(
            "nobody else had access to '{name}': now everyone in the team has"
        )),
        (DefaultAccess::Everyone, None) => Some(format!(
            "the vendor did not say whether everyone in the team now has access to '{name}'"
        )),
        _ => None,
    }
}

/// Reads the member first: the update must name the version that the decision rests on, and a member whose roles are
/// not those any more is left alone. Where the version has changed between the two, somebody else has been at the member:
/// it is read and decided on again, once.
async fn update_roles(writes: &Writes, user: &UserRef, from: &[Role], to: &[Role]) -> Result<Note, Failure> {
    grantable(to, UPDATE_ROLES)?;
    let version = version_of(writes, user, from).await?;
    match writes.update_member_roles(&user.id, to, version).await {
        Err(stale) if stale.error.status == Some(412) && stale.delivery == Delivery::NotCarriedOut => {
            let newer = version_of(writes, user, from).await?;
            writes.update_member_roles(&user.id, to, newer).await?;
        }
        answer => drop(answer?),
    }
    Ok(None)
}

/// Returns the version of a user whose roles are still those that were decided on.
async fn version_of(writes: &Writes, user: &UserRef, from: &[Role]) -> Result<ETag, Failure> {
    let reads = Reads {
        connection: Arc::clone(&writes.connection),
    };
    let member = reads.read_member(&user.id).await.map_err(Failure::unsent)?;
    let now = roles_of(&member.value);
    if !same_set(&now, from) {
        let message = format!(
            "the roles of `{}` were {} and are {} now",
            user.email,
            Role::list(from),
            Role::list(&now)
        );
        let error = Error::new(Kind::Conflict, message).operation(UPDATE_ROLES);
        return Err(Failure::unsent(error.hint("read them again and decide again")));
    }
    member.etag.ok_or_else(|| {
        let message = format!(
            "the vendor named no version of `{}`, without which it takes no change",
            user.email
        );
        Failure::unsent(Error::new(Kind::Vendor, message).operation(UPDATE_ROLES))
    })
}

/// The contract lets an access key grant three of the roles.
pub(super) fn grantable(roles: &[Role], operation: &'static str) -> Result<(), Failure> {
    let refused = roles
        .iter()
        .find(|role| !matches!(role, Role::User | Role::Manager | Role::Technician));
    match refused {
        None => Ok(()),
        Some(role) => Err(Failure::unsent(
            Error::new(Kind::Invalid, format!("the API cannot grant the role {role}"))
                .operation(operation)
                .hint("USER, MANAGER and TECHNICIAN can be granted"),
        )),
    }
}

fn mismatch(group: &GroupRef, member: &Member) -> Failure {
    let what = match member {
        Member::Computer(_) => "a computer",
        Member::User(_) => "a user",
    };
    Failure::unsent(Error::new(
        Kind::Invalid,
        format!("`{}` is a {} and `{member}` is {what}", group.name, group.kind),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_for_everyone_is_told_when_it_happened_or_may_have() {
        assert!(
            access_note("PC-1", DefaultAccess::Everyone, Some(true))
                .unwrap()
                .contains("everyone")
        );
        assert!(
            access_note("PC-1", DefaultAccess::Everyone, None)
                .unwrap()
                .contains("did not say")
        );
        assert_eq!(access_note("PC-1", DefaultAccess::Everyone, Some(false)), None);
        assert_eq!(access_note("PC-1", DefaultAccess::NoOne, None), None);
    }

    #[test]
    fn three_roles_can_be_granted() {
        assert!(grantable(&[Role::User, Role::Manager, Role::Technician], "x").is_ok());
        for role in [
            Role::Owner,
            Role::Admin,
            Role::Deleted,
            Role::Other("WIZARD".to_owned()),
        ] {
            assert_eq!(grantable(&[role], "x").unwrap_err().error.kind, Kind::Invalid);
        }
    }
}
