//! Who is meant by one of the vendor's ids. Looked up each time, so that a change names what is there now.

use super::reads;
use crate::fleet::{Computer, Error, Group, GroupId, GroupKind, GroupRef, Kind, Result, User, UserId};
use crate::host::arguments::Arguments;

/// Returns the entry that bears an id.
pub fn entry(call: &Arguments<'_>, index: usize) -> Result<Computer> {
    reads(call.fleet)?;
    let id = call.computer_id(index)?;
    call.fleet.read(|reader| reader.computer(&id))
}

/// Returns the group of a kind that bears an id.
pub fn group(call: &Arguments<'_>, index: usize, kind: GroupKind) -> Result<GroupRef> {
    let id: GroupId = call.group_id(index)?;
    let groups = match kind {
        GroupKind::Computers => call.fleet.list(|reader| reader.computer_groups())?,
        GroupKind::Users => call.fleet.list(|reader| reader.user_groups())?,
    };
    groups
        .iter()
        .find(|group| group.id == id)
        .map(Group::to_ref)
        .ok_or_else(|| Error::new(Kind::NotFound, format!("there is no {kind} with the id '{id}'")))
}

/// Returns the member who bears an id.
pub fn member(call: &Arguments<'_>, index: usize) -> Result<User> {
    reads(call.fleet)?;
    let id = UserId::new(call.name(index)?);
    let users = call.fleet.list(|reader| reader.users())?;
    users
        .into_iter()
        .find(|user| user.id == id)
        .ok_or_else(|| Error::new(Kind::NotFound, format!("there is no member with the id '{id}'")))
}
