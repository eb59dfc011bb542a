//! What several changes of one thing come to, and what takes it back.

use std::collections::HashSet;
use std::mem::discriminant;

use crate::fleet::{Change, ComputerRef, DefaultAccess, Member, Role};
use crate::plan::subject::{Aspect, Subject, settles};

/// Returns what a change is a change of, where there is a way back; all changes of one thing are folded into one.
pub(super) fn thing(change: &Change) -> Option<(Subject, Aspect)> {
    match change {
        Change::Rename { .. }
        | Change::GroupAdd { .. }
        | Change::GroupRemove { .. }
        | Change::Assign { .. }
        | Change::Unassign { .. }
        | Change::Comment { .. }
        | Change::UpdateRoles { .. } => settles(change).into_iter().next(),
        Change::RemoveComputer { .. }
        | Change::CreateGroup { .. }
        | Change::MoveToGroup { .. }
        | Change::ConnectUrl { .. }
        | Change::InviteUser { .. }
        | Change::CreateUser(_)
        | Change::RemoveUser { .. } => None,
    }
}

/// Returns the one change that leads from before the first to after the last of some changes of one thing; nothing where
/// they come to nothing.
pub(super) fn net(first: &Change, last: &Change) -> Option<Change> {
    let net = match (first, last) {
        (Change::Rename { computer, .. }, Change::Rename { to, .. }) => Change::Rename {
            computer: computer.clone(),
            to: to.clone(),
        },
        (Change::Comment { from, .. }, Change::Comment { computer, to, .. }) => Change::Comment {
            computer: computer.clone(),
            from: from.clone(),
            to: to.clone(),
        },
        (Change::UpdateRoles { from, .. }, Change::UpdateRoles { user, to, .. }) => Change::UpdateRoles {
            user: user.clone(),
            from: from.clone(),
            to: to.clone(),
        },
        // In and out again, or out and in: as it was.
        _ if discriminant(first) != discriminant(last) => return None,
        _ => last.clone(),
    };
    let leads_anywhere = match &net {
        Change::Rename { computer, to } => computer.name != *to,
        Change::Comment { from, to, .. } => from.as_deref().unwrap_or_default().trim() != to.trim(),
        Change::UpdateRoles { from, to, .. } => {
            from.iter().collect::<HashSet<&Role>>() != to.iter().collect::<HashSet<&Role>>()
        }
        _ => true,
    };
    leads_anywhere.then_some(net)
}

/// Returns the change that takes another one back; an error says why there is none, to be read behind "…: ".
pub(super) fn inverse(change: &Change) -> Result<Change, &'static str> {
    if let Some(why) = change.irreversible() {
        return Err(why);
    }
    Ok(match change.clone() {
        Change::Rename { computer, to } => Change::Rename {
            computer: ComputerRef {
                id: computer.id,
                name: to,
            },
            to: computer.name,
        },
        Change::GroupAdd { group, member } => Change::GroupRemove {
            group,
            member,
            default_access: DefaultAccess::NoOne,
        },
        Change::GroupRemove { group, member, .. } => Change::GroupAdd { group, member },
        Change::Assign { computer, user } => Change::Unassign { computer, user },
        Change::Unassign { computer, user } => Change::Assign { computer, user },
        Change::Comment { computer, from, to } => Change::Comment {
            computer,
            from: Some(to),
            to: from.unwrap_or_default(),
        },
        Change::UpdateRoles { user, from, to } => Change::UpdateRoles {
            user,
            from: to,
            to: from,
        },
        Change::CreateUser(_) => {
            return Err("whether the user is to go again is a decision of its own: remove_user(user)");
        }
        _ => return Err("there is no change that takes it back"),
    })
}

/// Returns the computer that a change is about, to give it the name that it has now.
pub(super) fn computer_of(change: &mut Change) -> Option<&mut ComputerRef> {
    match change {
        Change::Rename { computer, .. }
        | Change::Assign { computer, .. }
        | Change::Unassign { computer, .. }
        | Change::Comment { computer, .. }
        | Change::GroupAdd {
            member: Member::Computer(computer),
            ..
        }
        | Change::GroupRemove {
            member: Member::Computer(computer),
            ..
        } => Some(computer),
        _ => None,
    }
}
