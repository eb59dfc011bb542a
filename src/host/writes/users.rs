//! People: invited, made, given roles, removed.

use std::sync::Arc;

use rhai::Dynamic;

use crate::fleet::{Change, GroupKind, GroupRef, Kind, NewUser, Result, SignIn, UserId, UserRef, UserState};
use crate::host::arguments::Arguments;
use crate::host::function::{Effect, Function};
use crate::host::options::Options;
use crate::host::people::{email, roles};
use crate::host::records::UserRecord;
use crate::plan::{Kept, Proposal};

/// What is to be said of a new user.
const DETAILS: [&str; 6] = [
    "username",
    "first_name",
    "last_name",
    "password",
    "two_factor",
    "sso",
];

/// What the removal of a user may call, on one vendor or the other.
const REMOVING: &[&str] = &[
    "listMembers",
    "listUserGroups",
    "readMember",
    "removeMember",
    "getUsers",
    "deleteUsers",
];

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "invite_user",
        parameters: &[("email", "string"), ("roles", "array of string")],
        returns: "()",
        about: "Invites somebody to the team with roles: USER, MANAGER, TECHNICIAN; none on RemotePC, which has no roles. Somebody who is \
                in the team or invited already is left alone. A message that was sent cannot be called back.",
        example: "invite_user(\"a@example.com\", [\"USER\"]); find_user(\"a@example.com\").state == \"INVITED\"",
        operations: &["listMembers", "inviteMember", "inviteUsers"],
        effect: Effect::Write,
        body: |call| invite(call, &Options::none(call)),
    },
    Function {
        name: "invite_user",
        parameters: &[
            ("email", "string"),
            ("roles", "array of string"),
            ("groups", "array of Group|string, or map"),
        ],
        returns: "()",
        about: "As invite_user(email, roles), into user groups (records or names): RealVNC only, and a group that is not there is an error \
                before anything is sent. Or with a map of options: `groups`, and how the person is to sign in, `two_factor` and \
                `sso`, each true or false: RemotePC only.",
        example: "let sales = list_user_groups()[0]; invite_user(\"a@example.com\", [\"USER\"], [sales]);\n\
                  groups_of(find_user(\"a@example.com\"))[0].name == sales.name",
        operations: &[
            "listMembers",
            "listUserGroups",
            "listMemberGroups",
            "inviteMember",
            "addMemberToGroup",
            "inviteUsers",
        ],
        effect: Effect::Write,
        body: |call| {
            let options = if call.is_array(2) {
                Options::of(call, "groups", call.values[2].clone())
            } else {
                call.options(2, &["groups", "two_factor", "sso"])?
            };
            invite(call, &options)
        },
    },
    Function {
        name: "create_user",
        parameters: &[("details", "map")],
        returns: "()",
        about: "Makes a user with a password to begin with: `username` (an email address), `first_name`, `last_name`, `password` (a \
                secret), and `two_factor` and `sso`, each true or false, as they are to sign in. RemotePC takes names of a-z, A-Z \
                and spaces and passwords of 6 to 20 characters; RealVNC has no such operation.",
        example: "const PARAMS = [#{ name: \"password\", type: \"secret\" }];\n\
                  let details = #{ username: \"a@example.com\", first_name: \"Ann\", last_name: \"Lee\", password: params.password };\n\
                  create_user(details); find_user(\"a@example.com\").name == \"Ann Lee\"",
        operations: &["getUsers", "createUser"],
        effect: Effect::Write,
        body: |call| {
            let details = call.options(0, &DETAILS)?;
            call.change(Change::CreateUser(NewUser {
                username: details.required("username")?,
                first_name: details.required("first_name")?,
                last_name: details.required("last_name")?,
                password: details.secret("password")?,
                sign_in: sign_in(&details)?,
            }))?;
            Ok(Dynamic::UNIT)
        },
    },
    Function {
        name: "update_roles",
        parameters: &[("user", "User"), ("roles", "array of string")],
        returns: "User",
        about: "Replaces the whole set of a user's roles, and returns the record as it is then. Owners and administrators are left alone, \
                and the last manager stays one. RemotePC has no roles.",
        example: "let u = list_users().filter(|u| u.roles == [\"USER\"])[0];\n\
                  update_roles(u, [\"USER\", \"TECHNICIAN\"]).roles.len == 2",
        operations: &["listMembers", "readMember", "updateMemberRoles"],
        effect: Effect::Write,
        body: |call| {
            let Some(user) = call.values[0].clone().try_cast::<UserRecord>() else {
                return Err(call.invalid("`update_roles` wants a user (a record) first"));
            };
            let to = roles(call, 1)?;
            call.propose(Proposal {
                before: Some(Kept::from(&*user.0)),
                ..Proposal::of(Change::UpdateRoles {
                    user: call.user(0)?,
                    from: user.0.roles.clone(),
                    to: to.clone(),
                })
            })?;
            let mut after = Arc::unwrap_or_clone(user.0);
            after.roles = to;
            Ok(Dynamic::from(UserRecord::from(after)))
        },
    },
    Function {
        name: "remove_user",
        parameters: &[("user", "User|string")],
        returns: "()",
        about: "Removes a user from the team, who has to be invited again to come back. Owners, administrators and the last manager \
                stay. More than three removals outside a plan are refused in one run.",
        example: "let u = list_users().filter(|u| u.email != () && u.roles == [\"USER\"])[0]; remove_user(u); find_user(u.email) == ()",
        operations: REMOVING,
        effect: Effect::Write,
        body: |call| {
            let user = call.user(0)?;
            remove(call, user, is_invited(&call.values[0]))
        },
    },
    Function {
        name: "remove_user",
        parameters: &[("user", "User|string"), ("options", "map")],
        returns: "()",
        about: "As remove_user(user). With `invited: true` the user has not taken up the invitation yet: RemotePC wants to be told, and \
                does not list such users, so that the email address is taken as it is.",
        example: "invite_user(\"a@example.com\", [\"USER\"]); remove_user(\"a@example.com\", #{ invited: true })",
        operations: REMOVING,
        effect: Effect::Write,
        body: |call| {
            let invited = call.options(1, &["invited"])?.truth("invited")?;
            let invited = invited.unwrap_or_else(|| is_invited(&call.values[0]));
            let user = match call.user(0) {
                Err(unlisted) if invited && unlisted.kind == Kind::NotFound => {
                    let email = call.name(0)?;
                    UserRef {
                        id: UserId::new(email.clone()),
                        email,
                    }
                }
                user => user?,
            };
            remove(call, user, invited)
        },
    },
];

fn invite(call: &Arguments<'_>, options: &Options) -> Result<Dynamic> {
    let groups = match options.value("groups") {
        None => Vec::new(),
        Some(groups) => user_groups(call, groups)?,
    };
    call.change(Change::InviteUser {
        email: email(call, 0)?,
        roles: roles(call, 1)?,
        sign_in: sign_in(options)?,
        groups,
    })?;
    Ok(Dynamic::UNIT)
}

/// Returns the user groups that are meant by an array of records and names.
fn user_groups(call: &Arguments<'_>, groups: Dynamic) -> Result<Vec<GroupRef>> {
    let Ok(groups) = groups.into_array() else {
        return Err(call.invalid("`groups` must be an array of user groups (records, or names)"));
    };
    call.groups(2, groups, GroupKind::Users)
}

fn remove(call: &Arguments<'_>, user: UserRef, invited: bool) -> Result<Dynamic> {
    let record = call.values[0].clone().try_cast::<UserRecord>();
    call.propose(Proposal {
        before: record.map(|record| Kept::from(&*record.0)),
        ..Proposal::of(Change::RemoveUser { user, invited })
    })?;
    Ok(Dynamic::UNIT)
}

fn is_invited(user: &Dynamic) -> bool {
    user.read_lock::<UserRecord>()
        .is_some_and(|user| user.0.state == Some(UserState::Invited))
}

fn sign_in(options: &Options) -> Result<SignIn> {
    Ok(SignIn {
        two_factor: options.truth("two_factor")?,
        sso: options.truth("sso")?,
    })
}
