//! Reads back how the account stands to changes.

use crate::fleet::{Change, ComputerRef, Observed, Result, UserId};

use super::super::Reads;
use super::super::limits::{
    check_comment, check_computer, check_group, check_machine, check_new_user, check_username,
};
use super::lacks;
use super::sight::Sight;

/// Compares the account with what each change starts from and leads to. What cannot be sent is told before anything is
/// asked: a change that breaks a limit needs no list.
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

/// Returns the operation that makes a change, for errors.
fn operation(change: &Change) -> &'static str {
    match change {
        Change::Assign { .. } => "assignComputer",
        Change::Unassign { .. } => "unassignComputer",
        Change::CreateGroup { .. } => "createGroup",
        Change::MoveToGroup { .. } => "moveComputers",
        Change::Comment { .. } => "addComment",
        Change::ConnectUrl { .. } => "getConnectUrl",
        Change::RemoveComputer { .. } => "removeComputers",
        Change::InviteUser { .. } => "inviteUsers",
        Change::CreateUser(_) => "createUser",
        _ => "deleteUsers",
    }
}

/// Checks a change against the vendor's limits.
fn check(change: &Change) -> Result<()> {
    if let Some(error) = lacks::change(change) {
        return Err(error);
    }
    let operation = operation(change);
    match change {
        // The only one that goes by the id of the machine.
        Change::ConnectUrl { computer, user } => check_machine(operation, computer.id.as_str())
            .and_then(|()| check_username(operation, user.id.as_str())),
        Change::Comment { computer, to, .. } => {
            check_comment(to).and_then(|()| check_computer(operation, &computer.name))
        }
        Change::Assign { computer, user } | Change::Unassign { computer, user } => {
            check_username(operation, user.id.as_str())
                .and_then(|()| check_computer(operation, &computer.name))
        }
        Change::CreateGroup { name, computers } => {
            check_group(operation, name)?;
            computers
                .iter()
                .try_for_each(|computer| check_computer(operation, &computer.name))
        }
        Change::MoveToGroup { group, computer } => {
            check_group(operation, group).and_then(|()| check_computer(operation, &computer.name))
        }
        Change::RemoveComputer { computer } => check_computer(operation, &computer.name),
        Change::InviteUser { email, .. } => check_username(operation, email),
        Change::CreateUser(user) => check_new_user(user),
        Change::RemoveUser { user, .. } => check_username(operation, user.id.as_str()),
        _ => Err(lacks::nothing_for(change)),
    }
}

fn compare(sight: &Sight, change: &Change) -> Result<Observed> {
    let operation = operation(change);
    match change {
        Change::RemoveComputer { computer } => match sight.find(computer)? {
            Ok(_) => sight.only_one(operation, computer).map(|()| Observed::Before),
            Err(Observed::Gone { .. }) => Ok(Observed::After),
            Err(other) => Ok(other),
        },
        Change::Assign { computer, user } => assignment(sight, operation, computer, &user.id, true),
        Change::Unassign { computer, user } => assignment(sight, operation, computer, &user.id, false),
        Change::Comment { computer, from, to } => commented(
            sight,
            operation,
            computer,
            from.as_deref().unwrap_or_default(),
            to,
        ),
        // Nobody can see which group a computer is in, or which groups there are.
        Change::CreateGroup { computers, .. } => {
            for computer in computers {
                let seen = unseen(sight, operation, computer)?;
                if seen != Observed::Unseen {
                    return Ok(seen);
                }
            }
            Ok(Observed::Unseen)
        }
        Change::MoveToGroup { computer, .. } => unseen(sight, operation, computer),
        Change::ConnectUrl { computer, .. } => Ok(sight
            .find(computer)?
            .map_or_else(|other| other, |_| Observed::Unseen)),
        Change::InviteUser { .. } | Change::RemoveUser { invited: true, .. } => Ok(Observed::Unseen),
        Change::CreateUser(user) => Ok(stands(sight.has_user(&user.username)?)),
        Change::RemoveUser { user, .. } => Ok(stands(!sight.has_user(user.id.as_str())?)),
        _ => Err(lacks::nothing_for(change)),
    }
}

fn assignment(
    sight: &Sight,
    operation: &'static str,
    computer: &ComputerRef,
    user: &UserId,
    wanted: bool,
) -> Result<Observed> {
    if let Err(other) = sight.find(computer)? {
        return Ok(other);
    }
    sight.only_one(operation, computer)?;
    Ok(stands(sight.is_assigned(computer, user)? == wanted))
}

/// Space around a comment is the vendor's to keep or not.
fn commented(
    sight: &Sight,
    operation: &'static str,
    computer: &ComputerRef,
    from: &str,
    to: &str,
) -> Result<Observed> {
    let now = match sight.find(computer)? {
        Ok(device) => device.comments.as_deref().unwrap_or_default(),
        Err(other) => return Ok(other),
    };
    sight.only_one(operation, computer)?;
    Ok(if now.trim() == to.trim() {
        Observed::After
    } else if now.trim() == from.trim() {
        Observed::Before
    } else {
        Observed::Other {
            was: from.to_owned(),
            now: now.to_owned(),
        }
    })
}

/// The computer is there under a name of its own, and what is to be changed of it cannot be seen.
fn unseen(sight: &Sight, operation: &'static str, computer: &ComputerRef) -> Result<Observed> {
    match sight.find(computer)? {
        Ok(_) => sight.only_one(operation, computer).map(|()| Observed::Unseen),
        Err(other) => Ok(other),
    }
}

fn stands(as_wanted: bool) -> Observed {
    if as_wanted {
        Observed::After
    } else {
        Observed::Before
    }
}
