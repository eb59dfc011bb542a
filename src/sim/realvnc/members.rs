//! Members: list, read, invite, give other roles, remove.
//!
//! Guesses: inviting somebody who is invited already renews the invitation (200, the same member); inviting somebody who
//! has joined is a 400; a member without e-mail address comes first in the list.

use axum::http::header;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::call::Call;
use super::paging::{Rel, cut};
use super::refusal::Refusal;
use super::world::{Member, Role, World};
use crate::sim::reply::Reply;

#[derive(Serialize)]
struct Listed<'a> {
    members: Vec<Shown<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp_user_display_id: Option<&'a str>,
    roles: Vec<&'static str>,
    state: &'static str,
    etag: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invitation {
    email: String,
    roles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRoles {
    roles: Vec<String>,
}

/// Answers `listMembers`: those who have joined, unless the invited ones are asked for. `from` is an e-mail address, or
/// the identifier of a member.
pub fn list(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let invited = match call.query("state") {
        None | Some("JOINED") => false,
        Some("INVITED") => true,
        Some(other) => return Err(Refusal::bad(format!("state cannot be '{other}'"))),
    };
    let least = call
        .query("role")
        .map(|word| Role::from_word(word).ok_or_else(|| Refusal::bad(format!("role cannot be '{word}'"))))
        .transpose()?;
    let members: Vec<&Member> = world
        .members
        .iter()
        .filter(|m| m.invited == invited)
        .filter(|m| least.is_none_or(|least| m.roles.iter().any(|r| *r >= least)))
        .collect();
    let start = call.query("from").map_or(0, |from| {
        members
            .iter()
            .position(|m| m.id == from)
            .unwrap_or_else(|| members.partition_point(|m| m.place().0 < from.to_lowercase()))
    });
    let (page, next) = cut(&members, start, call.rules.pages.members);
    let reply = Reply::json(&Listed {
        members: page.iter().map(|m| show(m)).collect(),
    })?;
    Ok(match next.and_then(|at| members.get(at)) {
        Some(member) => reply.next(
            "/1.0/members",
            Rel::Quoted,
            &[
                ("from", Some(member.email.as_deref().unwrap_or(&member.id))),
                ("state", call.query("state")),
                ("role", call.query("role")),
            ],
        ),
        None => reply,
    })
}

/// Answers `readMember`.
pub fn read(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let member = find(call, world)?;
    Ok(Reply::json(&show(member))?.header(header::ETAG, member.etag()))
}

/// Answers `inviteMember`: 200, not 201.
pub fn invite(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let request: Invitation = call.json()?;
    let roles = read_roles(&request.roles)?;
    let email = request.email;
    if !is_email(&email) {
        return Err(Refusal::bad(format!("'{email}' is no e-mail address")));
    }
    let known = world.members.iter().find(|m| {
        m.email
            .as_ref()
            .is_some_and(|e| e.to_lowercase() == email.to_lowercase())
    });
    let id = match known {
        Some(member) if !member.invited => return Err(Refusal::bad("that user is a member already")),
        Some(member) => {
            let id = member.id.clone();
            world.change_member(&id, |m| m.roles.clone_from(&roles));
            id
        }
        None => {
            let id = world.next_id();
            world.members.push(Member {
                id: id.clone(),
                email: Some(email.clone()),
                sso: None,
                roles,
                invited: true,
                version: 1,
            });
            world.sort_members();
            id
        }
    };
    let text = format!("{email} was invited to the team");
    let body = json!({ "invitee": email, "roles": request.roles });
    world.log(call.now, "user_invited", &text, body);
    let member = world.find_member(&id).ok_or_else(Refusal::absent)?;
    Ok(Reply::json(&show(member))?
        .header(header::ETAG, member.etag())
        .header(header::LOCATION, format!("/1.0/members/{id}")))
}

/// Answers `updateMemberRoles`: replaces the whole set, if the member is still at the version of `If-Match`.
pub fn update_roles(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let member = find(call, world)?.clone();
    if !call.headers.contains_key(header::IF_MATCH) {
        return Err(Refusal::new(428, "If-Match is required"));
    }
    let request: NewRoles = call.json()?;
    let roles = read_roles(&request.roles)?;
    if member.is_protected() {
        return Err(Refusal::forbidden("the roles of this member cannot be changed"));
    }
    call.expect_version(&member.etag())?;
    world.change_member(&member.id, |m| m.roles = roles);
    let text = format!(
        "The roles of {} were changed",
        member.email.as_deref().unwrap_or(&member.id)
    );
    let body = json!({ "userId": member.id, "roles": request.roles });
    world.log(call.now, "user_role_changed", &text, body);
    let member = world.find_member(&member.id).ok_or_else(Refusal::absent)?;
    Ok(Reply::nothing().header(header::ETAG, member.etag()))
}

/// Answers `removeMember`.
pub fn remove(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let member = find(call, world)?.clone();
    if member.is_protected() {
        return Err(Refusal::forbidden("this member cannot be removed"));
    }
    world.remove_member(&member.id, call.now);
    let text = format!(
        "{} was removed from the team",
        member.email.as_deref().unwrap_or(&member.id)
    );
    world.log(call.now, "user_removed", &text, json!({ "userId": member.id }));
    Ok(Reply::nothing())
}

fn find<'a>(call: &Call, world: &'a World) -> Result<&'a Member, Refusal> {
    world
        .find_member(call.segment("userId"))
        .ok_or_else(Refusal::absent)
}

fn show(member: &Member) -> Shown<'_> {
    Shown {
        id: &member.id,
        email: member.email.as_deref(),
        idp_user_display_id: member.sso.as_deref(),
        roles: member.roles.iter().map(|r| r.as_str()).collect(),
        state: if member.invited { "INVITED" } else { "JOINED" },
        etag: member.etag(),
    }
}

/// Reads roles to be granted: some, none twice, known ones (else 400), and none that the API may not grant (else 403).
fn read_roles(words: &[String]) -> Result<Vec<Role>, Refusal> {
    let mut roles = Vec::with_capacity(words.len());
    for word in words {
        let role = Role::from_word(word)
            .filter(|r| *r != Role::Deleted)
            .ok_or_else(|| Refusal::bad(format!("'{word}' is no role")))?;
        if !role.is_grantable() {
            return Err(Refusal::forbidden(format!("{word} cannot be granted")));
        }
        if roles.contains(&role) {
            return Err(Refusal::bad(format!("{word} is there twice")));
        }
        roles.push(role);
    }
    if roles.is_empty() {
        return Err(Refusal::bad("roles must not be empty"));
    }
    roles.sort_unstable_by(|a, b| b.cmp(a));
    Ok(roles)
}

fn is_email(text: &str) -> bool {
    let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    clean
        && text
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
}
