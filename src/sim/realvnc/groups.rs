//! Groups: list, read, and who is in them.
//!
//! The vendor has two sorts of groups and shows both alike, to the point that a group of entries lists its members in
//! the form of users, with nothing in it but their identifiers.

use serde::Serialize;
use serde_json::json;

use super::call::Call;
use super::refusal::Refusal;
use super::world::{Group, World};
use crate::sim::reply::Reply;

#[derive(Serialize)]
struct Listed<'a> {
    groups: Vec<Shown<'a>>,
}

/// A group in a list; one that is empty has no `members`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    id: &'a str,
    name: &'a str,
    etag: String,
    last_modified_at: i64,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    members: &'a [String],
}

/// A group by itself: neither identifier nor version.
#[derive(Serialize)]
struct Read<'a> {
    name: &'a str,
    members: Vec<Inside<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Inside<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp_user_display_id: Option<&'a str>,
}

/// Answers `listEntryGroups`.
pub fn list_of_entries(_: &Call, world: &mut World) -> Result<Reply, Refusal> {
    list(world.entry_groups.iter())
}

/// Answers `listUserGroups`.
pub fn list_of_users(_: &Call, world: &mut World) -> Result<Reply, Refusal> {
    list(world.user_groups.iter())
}

/// Answers `listEntryGroups_1`.
pub fn list_for_entry(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let id = call.segment("entryId");
    world.find_entry(id).ok_or_else(Refusal::absent)?;
    list(world.entry_groups.iter().filter(|g| g.has(id)))
}

/// Answers `listMemberGroups`.
pub fn list_for_member(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let id = call.segment("userId");
    world.find_member(id).ok_or_else(Refusal::absent)?;
    list(world.user_groups.iter().filter(|g| g.has(id)))
}

fn list<'a>(groups: impl Iterator<Item = &'a Group>) -> Result<Reply, Refusal> {
    Ok(Reply::json(&Listed {
        groups: groups
            .map(|group| Shown {
                id: &group.id,
                name: &group.name,
                etag: group.etag(),
                last_modified_at: group.modified.as_millisecond(),
                members: &group.members,
            })
            .collect(),
    })?)
}

/// Answers `readEntryGroup`.
pub fn read_of_entries(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let group = find(&world.entry_groups, call)?;
    Ok(Reply::json(&Read {
        name: &group.name,
        members: group
            .members
            .iter()
            .map(|id| Inside {
                id,
                email: None,
                idp_user_display_id: None,
            })
            .collect(),
    })?)
}

/// Answers `readUserGroup`.
pub fn read_of_users(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let group = find(&world.user_groups, call)?;
    Ok(Reply::json(&Read {
        name: &group.name,
        members: group
            .members
            .iter()
            .filter_map(|id| world.find_member(id))
            .map(|member| Inside {
                id: &member.id,
                email: member.email.as_deref(),
                idp_user_display_id: member.sso.as_deref(),
            })
            .collect(),
    })?)
}

fn find<'a>(groups: &'a [Group], call: &Call) -> Result<&'a Group, Refusal> {
    let id = call.segment("groupId");
    groups.iter().find(|g| g.id == id).ok_or_else(Refusal::absent)
}

fn find_mut<'a>(groups: &'a mut [Group], call: &Call) -> Result<&'a mut Group, Refusal> {
    let id = call.segment("groupId");
    groups.iter_mut().find(|g| g.id == id).ok_or_else(Refusal::absent)
}

/// Answers `addEntryToGroup`: 204, whether the entry was in the group before or not.
pub fn add_entry(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let id = call.segment("entryId");
    let name = world.find_entry(id).ok_or_else(Refusal::absent)?.name.clone();
    let group = find_mut(&mut world.entry_groups, call)?;
    let added = !group.has(id);
    group.add(id, call.now);
    let text = format!("{name} was added to {}", group.name);
    let body = json!({ "entryId": id, "groupId": group.id });
    if added {
        world.log(call.now, "entry_group_updated", &text, body);
    }
    Ok(Reply::nothing())
}

/// Answers `addMemberToGroup`.
pub fn add_member(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let id = call.segment("userId");
    world.find_member(id).ok_or_else(Refusal::absent)?;
    let group = find_mut(&mut world.user_groups, call)?;
    let added = !group.has(id);
    group.add(id, call.now);
    let text = format!("A user was added to {}", group.name);
    let body = json!({ "userId": id, "groupId": group.id });
    if added {
        world.log(call.now, "user_group_updated", &text, body);
    }
    Ok(Reply::nothing())
}

/// Answers `removeEntryFromGroup`: 200, and whether everybody may now connect because nothing else was left.
///
/// What the vendor says of an entry that is not in the group is not known; we say 404.
pub fn remove_entry(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let id = call.segment("entryId");
    let entry = world.find_entry(id).cloned().ok_or_else(Refusal::absent)?;
    let group = find_mut(&mut world.entry_groups, call)?;
    let everyone = match call.query("defaultAccess") {
        Some("EVERYONE") => true,
        Some("NO_ONE") => false,
        _ => return Err(Refusal::bad("defaultAccess must be EVERYONE or NO_ONE")),
    };
    if !group.has(id) {
        return Err(Refusal::absent());
    }
    group.remove(id, call.now);
    let text = format!("{} was removed from {}", entry.name, group.name);
    let body = json!({ "entryId": id, "groupId": group.id });
    let left_alone = !entry.everyone && !world.entry_groups.iter().any(|g| g.has(id));
    let added = everyone && left_alone;
    if added {
        world.change_entry(id, |e| e.everyone = true);
    }
    world.log(call.now, "entry_group_updated", &text, body);
    // The contract speaks of the flag only where EVERYONE was asked for, so it is left out otherwise.
    Ok(Reply::json(&if everyone {
        json!({ "addedEveryonePermission": added })
    } else {
        json!({})
    })?)
}

/// Answers `removeMemberFromGroup`; 404 for somebody who is not in it, which is a guess too.
pub fn remove_member(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let id = call.segment("userId");
    world.find_member(id).ok_or_else(Refusal::absent)?;
    let group = find_mut(&mut world.user_groups, call)?;
    if !group.has(id) {
        return Err(Refusal::absent());
    }
    group.remove(id, call.now);
    let text = format!("A user was removed from {}", group.name);
    let body = json!({ "userId": id, "groupId": group.id });
    world.log(call.now, "user_group_updated", &text, body);
    Ok(Reply::nothing())
}
