//! Invites somebody, and puts the new user into groups: several calls, of which only the first must never be made again.

use std::sync::Arc;

use crate::fleet::{self, Error, GroupRef, Kind, Role, SignIn, UserId, UserState};
use crate::http::Delivery;

use super::super::pages::Listed;
use super::super::{Failure, Reads, Writes, wire};
use super::lacks;
use super::people::with_address;
use super::writer::{Note, grantable};

/// What is to be done about groups that did not work.
const REST: &str = "do not invite again: group_add(group, user) does the rest";

/// Sends an invitation, and then puts the user into each of the groups. Once the invitation is out, no failure says that
/// nothing was done.
pub(super) async fn invite(
    writes: &Writes,
    email: &str,
    roles: &[Role],
    sign_in: SignIn,
    groups: &[GroupRef],
) -> Result<Note, Failure> {
    lacks::sign_in(sign_in).map_err(Failure::unsent)?;
    grantable(roles, "inviteMember")?;
    groups
        .iter()
        .try_for_each(lacks::for_users)
        .map_err(Failure::unsent)?;
    let member = writes.invite_member(email, roles).await?.value;
    if groups.is_empty() {
        return Ok(None);
    }
    let user = match new_user(writes, email, &member).await {
        Ok(user) => user,
        Err(error) => return Err(left_outside(email, groups, error)),
    };
    let mut outside: Vec<GroupRef> = Vec::new();
    let mut why: Option<Error> = None;
    for group in groups {
        // Whoever was turned away once would be again.
        let turned_away = why.as_ref().is_some_and(|error| error.kind.turns_away());
        if turned_away {
            outside.push(group.clone());
        } else if let Err(failure) = writes.add_member_to_group(&user, &group.id).await {
            outside.push(group.clone());
            why.get_or_insert(failure.error);
        }
    }
    match why {
        None => Ok(None),
        Some(error) => Err(left_outside(email, &outside, error)),
    }
}

/// Finds the id of the new user: in the answer to the invitation, or else among those who are invited.
async fn new_user(writes: &Writes, email: &str, member: &wire::TeamMember) -> fleet::Result<UserId> {
    if let Some(id) = member.key() {
        return Ok(UserId::new(id));
    }
    let reads = Reads {
        connection: Arc::clone(&writes.connection),
    };
    let invited = reads.list_members(Some(&UserState::Invited), None).await?;
    let mut ids = with_address(&invited, email).filter_map(Listed::key);
    match (ids.next(), ids.next()) {
        (Some(id), None) => Ok(UserId::new(id)),
        (None, _) => Err(Error::new(
            Kind::Vendor,
            "the vendor did not tell the new user's id",
        )),
        (Some(_), Some(_)) => Err(Error::new(
            Kind::Ambiguous,
            "the vendor lists several invited users of that address",
        )),
    }
}

/// Says that the invitation is out, and which groups did not work. It counts as unknown and not as failed: a change that failed
/// may be made again, and this one must not.
fn left_outside(email: &str, groups: &[GroupRef], error: Error) -> Failure {
    let named: Vec<String> = groups.iter().map(|group| format!("'{}'", group.name)).collect();
    let plural = if named.len() == 1 { "" } else { "s" };
    let message = format!(
        "'{email}' was invited, and not put into the user group{plural} {}: {}",
        named.join(", "),
        error.message
    );
    let hint = match &error.hint {
        Some(hint) => format!("{hint}; then {REST}"),
        None => REST.to_owned(),
    };
    Failure {
        delivery: Delivery::Unknown,
        error: Error { message, ..error }.hint(hint),
    }
}
