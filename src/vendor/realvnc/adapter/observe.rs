//! Reads back how the team stands to a change.

use std::collections::BTreeSet;

use crate::fleet::{
    Change, ComputerId, ComputerRef, Error, GroupRef, Kind, Member, Observed, Result, Role, UserId, UserRef,
    UserState,
};

use super::super::{Reads, check_name, wire};
use super::lacks;

/// Compares the team with what a change starts from and leads to.
pub(super) async fn observe(reads: &Reads, change: &Change) -> Result<Observed> {
    match change {
        Change::Rename { computer, to } => renamed(reads, computer, to).await,
        Change::GroupAdd { group, member } => membership(reads, group, member, true).await,
        Change::GroupRemove { group, member, .. } => membership(reads, group, member, false).await,
        Change::RemoveComputer { computer } => computer_removed(reads, computer).await,
        Change::InviteUser { email, sign_in, .. } => {
            lacks::sign_in(*sign_in)?;
            invited(reads, email).await
        }
        Change::UpdateRoles { user, from, to } => roles(reads, user, from, to).await,
        Change::RemoveUser { user, .. } => user_removed(reads, user).await,
        Change::Assign { .. }
        | Change::Unassign { .. }
        | Change::CreateGroup { .. }
        | Change::MoveToGroup { .. }
        | Change::Comment { .. }
        | Change::ConnectUrl { .. }
        | Change::CreateUser(_) => Err(lacks::nothing_for(change)),
    }
}

async fn renamed(reads: &Reads, computer: &ComputerRef, to: &str) -> Result<Observed> {
    // A name that the vendor would refuse is told before anything is planned or asked.
    check_name(to)?;
    let Some(name) = name(reads, &computer.id).await? else {
        return Ok(gone(&computer.name));
    };
    Ok(match name {
        name if name == to => Observed::After,
        name if name == computer.name => Observed::Before,
        name => other(&computer.name, &name),
    })
}

async fn computer_removed(reads: &Reads, computer: &ComputerRef) -> Result<Observed> {
    Ok(match name(reads, &computer.id).await? {
        None => Observed::After,
        Some(name) if name == computer.name => Observed::Before,
        Some(name) => other(&computer.name, &name),
    })
}

/// An answer without a list of groups is no "not a member".
async fn membership(reads: &Reads, group: &GroupRef, member: &Member, wanted: bool) -> Result<Observed> {
    let groups = match member {
        Member::Computer(computer) => present(reads.memberships_of_entry(&computer.id).await)?,
        Member::User(user) => present(reads.memberships_of_member(&user.id).await)?,
    };
    let Some(groups) = groups else {
        return Ok(gone(&member.to_string()));
    };
    let is_member = groups.iter().any(|g| g.id.as_deref() == Some(group.id.as_str()));
    Ok(if is_member == wanted {
        Observed::After
    } else {
        Observed::Before
    })
}

/// An invitation shows as a user of that address, whose roles may be others than those of this invitation.
async fn invited(reads: &Reads, email: &str) -> Result<Observed> {
    let (joined, invited) = tokio::try_join!(
        reads.list_members(Some(&UserState::Joined), None),
        reads.list_members(Some(&UserState::Invited), None),
    )?;
    let known = joined
        .iter()
        .chain(&invited)
        .any(|m| same_address(m.email.as_deref(), email));
    Ok(if known { Observed::After } else { Observed::Before })
}

async fn roles(reads: &Reads, user: &UserRef, from: &[Role], to: &[Role]) -> Result<Observed> {
    let Some(member) = member(reads, &user.id).await? else {
        return Ok(gone(&Role::list(from)));
    };
    let now = roles_of(&member);
    Ok(if same_set(&now, to) {
        Observed::After
    } else if same_set(&now, from) {
        Observed::Before
    } else {
        other(&Role::list(from), &Role::list(&now))
    })
}

/// The contract knows a role `DELETED`: a user who has it is read as one who is no longer in the team.
async fn user_removed(reads: &Reads, user: &UserRef) -> Result<Observed> {
    let Some(member) = member(reads, &user.id).await? else {
        return Ok(Observed::After);
    };
    let email = member.email.as_deref().unwrap_or_default();
    Ok(if roles_of(&member).contains(&Role::Deleted) {
        Observed::After
    } else if same_address(Some(email), &user.email) {
        Observed::Before
    } else {
        other(&user.email, email)
    })
}

async fn name(reads: &Reads, id: &ComputerId) -> Result<Option<String>> {
    let entry = present(reads.read_entry(id).await)?;
    Ok(entry.map(|e| e.name.unwrap_or_default()))
}

async fn member(reads: &Reads, id: &UserId) -> Result<Option<wire::TeamMember>> {
    let member = present(reads.read_member(id).await)?;
    Ok(member.map(|m| m.value))
}

/// Takes "not found" for an answer.
pub(super) fn present<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(Error {
            kind: Kind::NotFound, ..
        }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns the roles of a member.
pub(super) fn roles_of(member: &wire::TeamMember) -> Vec<Role> {
    let words = member.roles.as_deref().unwrap_or_default();
    words.iter().map(|word| Role::from_word(word)).collect()
}

/// Tells whether two lists name the same roles, in whatever order.
pub(super) fn same_set(a: &[Role], b: &[Role]) -> bool {
    let words = |roles: &[Role]| {
        roles
            .iter()
            .map(|r| r.as_str().to_owned())
            .collect::<BTreeSet<_>>()
    };
    words(a) == words(b)
}

/// Whether letter case counts in the vendor's addresses is not documented; no two people are told apart by it.
fn same_address(a: Option<&str>, b: &str) -> bool {
    a.is_some_and(|a| a.to_lowercase() == b.to_lowercase())
}

fn gone(was: &str) -> Observed {
    Observed::Gone { was: was.to_owned() }
}

fn other(was: &str, now: &str) -> Observed {
    Observed::Other {
        was: was.to_owned(),
        now: now.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_a_set() {
        assert!(same_set(
            &[Role::User, Role::Manager],
            &[Role::Manager, Role::User, Role::User]
        ));
        assert!(!same_set(&[Role::User], &[Role::User, Role::Manager]));
    }

    #[test]
    fn the_case_of_an_address_does_not_count() {
        assert!(same_address(Some("A@B.c"), "a@b.C"));
        assert!(!same_address(None, ""));
    }
}
