//! Writes to the fleet: changes that go together in one call, and what came of each.

use crate::fleet::{Attempt, Attempts, Change, ComputerRef, Error, Kind, Writer};

use super::super::limits::MOST_REMOVED;
use super::super::per_user::same_user;
use super::super::removal::PerComputer;
use super::super::{Failure, PerUser, Writes};
use super::lacks;

impl Writer for Writes {
    /// Changes of the same kind to the same user, group or end, as many as a removal takes: how many the vendor takes
    /// otherwise is not documented, and the more there are, the more are unknown where a call fails.
    fn together(&self, changes: &[Change]) -> usize {
        let Some(first) = changes.first() else {
            return 1;
        };
        let alike = changes
            .iter()
            .take(MOST_REMOVED)
            .take_while(|other| go_together(first, other));
        alike.count().max(1)
    }

    fn write<'a>(&'a self, changes: &'a [Change]) -> Attempts<'a> {
        Box::pin(async move {
            let mut attempts = Vec::with_capacity(changes.len());
            while attempts.len() < changes.len() {
                let rest = &changes[attempts.len()..];
                let call = &rest[..self.together(rest)];
                attempts.extend(carry_out(self, call).await);
            }
            attempts
        })
    }
}

/// Tells whether two changes can be made by one call.
fn go_together(a: &Change, b: &Change) -> bool {
    match (a, b) {
        (Change::Assign { user: a, .. }, Change::Assign { user: b, .. })
        | (Change::Unassign { user: a, .. }, Change::Unassign { user: b, .. }) => a.id == b.id,
        (Change::MoveToGroup { group: a, .. }, Change::MoveToGroup { group: b, .. }) => a == b,
        (
            Change::InviteUser {
                sign_in: a,
                roles: ours,
                groups: into,
                ..
            },
            Change::InviteUser {
                sign_in: b,
                roles: theirs,
                groups: onto,
                ..
            },
        ) => a == b && ours == theirs && into == onto,
        (Change::RemoveComputer { .. }, Change::RemoveComputer { .. }) => true,
        (Change::RemoveUser { invited: a, .. }, Change::RemoveUser { invited: b, .. }) => a == b,
        _ => false,
    }
}

/// Makes changes that go together.
async fn carry_out(writes: &Writes, call: &[Change]) -> Vec<Attempt> {
    let Some(first) = call.first() else {
        return Vec::new();
    };
    if let Some(error) = lacks::change(first) {
        return vec![Attempt::Failed(error); call.len()];
    }
    let all = |outcome: Result<(), Failure>| {
        let attempt = outcome.map_or_else(Attempt::from, |()| Attempt::Done(None));
        vec![attempt; call.len()]
    };
    match first {
        Change::Assign { user, .. } => all(writes.assign_computer(user.id.as_str(), &names(call)).await),
        Change::Unassign { user, .. } => all(writes.unassign_computer(user.id.as_str(), &names(call)).await),
        Change::MoveToGroup { group, .. } => all(writes.move_computers(group, &names(call)).await),
        Change::CreateGroup { name, computers } => {
            let names: Vec<&str> = computers.iter().map(|computer| computer.name.as_str()).collect();
            all(writes.create_group(name, &names).await)
        }
        Change::Comment { computer, to, .. } => all(writes.add_comment(&computer.name, to).await),
        Change::CreateUser(user) => all(writes.create_user(user).await),
        Change::ConnectUrl { computer, user } => {
            let url = writes
                .get_web_viewer_url(computer.id.as_str(), user.id.as_str())
                .await;
            vec![url.map_or_else(Attempt::from, Attempt::Issued)]
        }
        Change::RemoveComputer { .. } => {
            let computers: Vec<ComputerRef> = call.iter().filter_map(Change::computer).cloned().collect();
            per_computer(call, &writes.remove_computers(&computers).await)
        }
        Change::InviteUser { sign_in, .. } => {
            let emails: Vec<&str> = call.iter().filter_map(username).collect();
            per_user(call, writes.invite_users(&emails, *sign_in).await)
        }
        Change::RemoveUser { invited, .. } => {
            let users: Vec<&str> = call.iter().filter_map(username).collect();
            let (active, invited) = if *invited {
                (&[][..], &users[..])
            } else {
                (&users[..], &[][..])
            };
            per_user(call, writes.delete_users(active, invited).await)
        }
        Change::Rename { .. }
        | Change::GroupAdd { .. }
        | Change::GroupRemove { .. }
        | Change::UpdateRoles { .. } => call
            .iter()
            .map(|change| Attempt::Failed(lacks::nothing_for(change)))
            .collect(),
    }
}

fn names(call: &[Change]) -> Vec<&str> {
    call.iter()
        .filter_map(Change::computer)
        .map(|computer| computer.name.as_str())
        .collect()
}

/// Returns the user whom a change invites or removes.
fn username(change: &Change) -> Option<&str> {
    match change {
        Change::InviteUser { email, .. } => Some(email),
        Change::RemoveUser { user, .. } => Some(user.id.as_str()),
        _ => None,
    }
}

/// Gives each change the outcome of its user.
fn per_user(call: &[Change], outcome: Result<Vec<PerUser>, Failure>) -> Vec<Attempt> {
    match outcome {
        Err(failure) => vec![Attempt::from(failure); call.len()],
        Ok(outcomes) => call
            .iter()
            .map(|change| {
                let user = username(change).unwrap_or_default();
                let found = outcomes.iter().find(|outcome| same_user(&outcome.username, user));
                found.map_or_else(|| unheard(change), |outcome| outcome.attempt.clone())
            })
            .collect(),
    }
}

/// Gives each change the outcome of its computer.
fn per_computer(call: &[Change], outcomes: &[PerComputer]) -> Vec<Attempt> {
    call.iter()
        .map(|change| {
            let id = change.computer().map(|computer| &computer.id);
            let found = outcomes.iter().find(|outcome| Some(&outcome.computer.id) == id);
            found.map_or_else(|| unheard(change), |outcome| outcome.attempt.clone())
        })
        .collect()
}

/// There is an outcome for each that was asked for. Should one be missing, nothing is concluded from it.
fn unheard(change: &Change) -> Attempt {
    Attempt::Unknown(Error::new(
        Kind::Vendor,
        format!("nobody said what came of this: {change}"),
    ))
}
