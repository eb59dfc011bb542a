//! Reads back how the team stands to changes.

use std::collections::HashSet;

use crate::fleet::{Change, ComputerRef, Error, GroupRef, Kind, Member, Observed, Result, Role, UserRef};

use super::super::{Reads, check_name};
use super::lacks;
use super::people::{are_beyond, roles_of, same_address, same_set};
use super::sight::Sight;

/// Compares the team with what each change starts from and leads to. What cannot be sent is told before anything is asked.
pub(super) async fn observe(reads: &Reads, changes: &[Change]) -> Vec<Result<Observed>> {
    let checked: Vec<Result<()>> = changes.iter().map(check).collect();
    let sound: Vec<&Change> = changes
        .iter()
        .zip(&checked)
        .filter(|(_, checked)| checked.is_ok())
        .map(|(change, _)| change)
        .collect();
    let sight = Sight::of(reads, &sound).await;
    changes
        .iter()
        .zip(checked)
        .map(|(change, checked)| checked.and_then(|()| compare(&sight, change)))
        .collect()
}

/// Checks what the vendor would refuse, whatever the team is like.
fn check(change: &Change) -> Result<()> {
    if let Some(error) = lacks::change(change) {
        return Err(error);
    }
    match change {
        Change::Rename { to, .. } => check_name(to),
        Change::InviteUser { groups, sign_in, .. } => {
            lacks::sign_in(*sign_in)?;
            groups.iter().try_for_each(lacks::for_users)
        }
        _ => Ok(()),
    }
}

fn compare(sight: &Sight, change: &Change) -> Result<Observed> {
    match change {
        Change::Rename { computer, to } => renamed(sight, computer, to),
        Change::GroupAdd { group, member } => membership(sight, group, member, true),
        Change::GroupRemove { group, member, .. } => membership(sight, group, member, false),
        Change::RemoveComputer { computer } => computer_removed(sight, computer),
        Change::InviteUser { email, groups, .. } => invited(sight, email, groups),
        Change::UpdateRoles { user, from, to } => roles(sight, user, from, to),
        Change::RemoveUser { user, .. } => user_removed(sight, user),
        Change::Assign { .. }
        | Change::Unassign { .. }
        | Change::CreateGroup { .. }
        | Change::MoveToGroup { .. }
        | Change::Comment { .. }
        | Change::ConnectUrl { .. }
        | Change::CreateUser(_) => Err(lacks::nothing_for(change)),
    }
}

fn renamed(sight: &Sight, computer: &ComputerRef, to: &str) -> Result<Observed> {
    Ok(match sight.name(&computer.id)? {
        None => gone(&computer.name),
        Some(name) if name == to => Observed::After,
        Some(name) if name == computer.name => Observed::Before,
        Some(name) => other(&computer.name, name),
    })
}

fn computer_removed(sight: &Sight, computer: &ComputerRef) -> Result<Observed> {
    Ok(match sight.name(&computer.id)? {
        None => Observed::After,
        Some(name) if name == computer.name => Observed::Before,
        Some(name) => other(&computer.name, name),
    })
}

fn membership(sight: &Sight, group: &GroupRef, member: &Member, wanted: bool) -> Result<Observed> {
    Ok(match sight.is_in(member, &group.id)? {
        None => gone(&member.to_string()),
        Some(is_in) if is_in == wanted => Observed::After,
        Some(_) => Observed::Before,
    })
}

/// An invitation shows as a user of that address, whose roles may be others than those of this invitation. Where the user
/// is not in all of the groups, it is not for a second invitation to put that right.
fn invited(sight: &Sight, email: &str, groups: &[GroupRef]) -> Result<Observed> {
    let known = sight.with_address(email)?;
    let mut nearest: Option<Vec<String>> = None;
    for user in &known {
        let lacking = match groups {
            [] => Vec::new(),
            groups => lacking(sight.groups_of(user)?, groups),
        };
        if nearest
            .as_ref()
            .is_none_or(|nearest| lacking.len() < nearest.len())
        {
            nearest = Some(lacking);
        }
    }
    Ok(match nearest {
        None => Observed::Before,
        Some(lacking) if lacking.is_empty() => Observed::After,
        Some(lacking) => other(
            "not in the team",
            &format!("a user who is not in the user group {}", lacking.join(", ")),
        ),
    })
}

/// Returns those of some groups that a user is not known to be in.
fn lacking(of_user: Option<&HashSet<String>>, groups: &[GroupRef]) -> Vec<String> {
    let lacking = groups
        .iter()
        .filter(|group| of_user.is_none_or(|ids| !ids.contains(group.id.as_str())));
    lacking.map(|group| format!("'{}'", group.name)).collect()
}

fn roles(sight: &Sight, user: &UserRef, from: &[Role], to: &[Role]) -> Result<Observed> {
    let Some(member) = sight.member(&user.id)? else {
        return Ok(gone(&Role::list(from)));
    };
    let now = roles_of(member);
    if same_set(&now, to) {
        return Ok(Observed::After);
    }
    within_reach(user, &now, "updateMemberRoles")?;
    Ok(if same_set(&now, from) {
        Observed::Before
    } else {
        other(&Role::list(from), &Role::list(&now))
    })
}

/// Whoever is only invited is read and removed like one who has joined: the answer to an invitation names the address under
/// which the new member can be read.
fn user_removed(sight: &Sight, user: &UserRef) -> Result<Observed> {
    let Some(member) = sight.member(&user.id)? else {
        return Ok(Observed::After);
    };
    // Somebody without an address is named by the id.
    let email = member.email.as_deref().unwrap_or(user.id.as_str());
    if !same_address(Some(email), &user.email) {
        return Ok(other(&user.email, email));
    }
    within_reach(user, &roles_of(member), "removeMember")?;
    Ok(Observed::Before)
}

/// Refuses to touch an owner or an administrator. The vendor would do so too, with an answer that it also gives where the key
/// lacks a permission.
fn within_reach(user: &UserRef, now: &[Role], operation: &'static str) -> Result<()> {
    if !are_beyond(now) {
        return Ok(());
    }
    let message = format!(
        "`{}` is {}, and the API of RealVNC Connect changes and removes no owners and administrators",
        user.email,
        Role::list(now)
    );
    Err(Error::new(Kind::Unsupported, message)
        .operation(operation)
        .hint("use the portal"))
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
