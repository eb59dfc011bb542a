//! Members: the people of the team.

use rhai::Dynamic;

use super::by_id::{group, member};
use super::{GROUP, MEMBER, answer, reads, word};
use crate::fleet::{Change, DefaultAccess, GroupKind, Member, Role, SignIn, UserId, UserState};
use crate::host::function::{Effect, Function, Parameter};
use crate::host::native::done;
use crate::host::people::{email, roles};
use crate::plan::{Kept, Proposal};

const ROLES: Parameter = ("roles", "array of string");

/// The functions, in the order of the vendor's document.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "list_members",
        parameters: &[],
        returns: "array of map",
        about: "Lists the members who have joined the team.",
        example: "realvnc::list_members().len",
        operations: &["listMembers"],
        effect: Effect::Read,
        body: |call| answer(call, |api| api.list_members(None, None)),
    },
    Function {
        name: "list_members",
        parameters: &[("options", "map")],
        returns: "array of map",
        about: "Lists the members of the team. Options: `state` (\"JOINED\" or \"INVITED\"), `role` (members with at least this role).",
        example: "realvnc::list_members(#{ state: \"INVITED\" }).len",
        operations: &["listMembers"],
        effect: Effect::Read,
        body: |call| {
            let options = call.options(0, &["state", "role"])?;
            let state = word(&options, "state", &["JOINED", "INVITED"])?.map(|w| UserState::from_word(&w));
            let roles = ["OWNER", "ADMIN", "MANAGER", "TECHNICIAN", "USER", "DELETED"];
            let role = word(&options, "role", &roles)?.map(|w| Role::from_word(&w));
            answer(call, |api| api.list_members(state.as_ref(), role.as_ref()))
        },
    },
    Function {
        name: "read_member",
        parameters: &[MEMBER],
        returns: "map",
        about: "Reads a member of the team.",
        example: "realvnc::read_member(list_users()[0].id).roles",
        operations: &["readMember"],
        effect: Effect::Read,
        body: |call| {
            let id = UserId::new(call.name(0)?);
            answer(call, |api| async move { Ok(api.read_member(&id).await?.value) })
        },
    },
    Function {
        name: "invite_member",
        parameters: &[("email", "string"), ROLES],
        returns: "()",
        about: "Invites somebody to the team with roles: USER, MANAGER, TECHNICIAN. Somebody who is in the team or invited already is left \
                alone.",
        example: "realvnc::invite_member(\"a@example.com\", [\"USER\"]);\n\
                  realvnc::list_members(#{ state: \"INVITED\" }).some(|m| m.get(\"email\") == \"a@example.com\")",
        operations: &["listMembers", "inviteMember"],
        effect: Effect::Write,
        body: |call| {
            reads(call.fleet)?;
            let change = Change::InviteUser {
                email: email(call, 0)?,
                roles: roles(call, 1)?,
                sign_in: SignIn::default(),
                groups: Vec::new(),
            };
            done(call, change)
        },
    },
    Function {
        name: "update_member_roles",
        parameters: &[MEMBER, ROLES],
        returns: "()",
        about: "Replaces the whole set of a member's roles. Owners and administrators are left alone, and the last manager stays one.",
        example: "let u = list_users().filter(|u| u.roles == [\"USER\"])[0];\n\
                  realvnc::update_member_roles(u.id, [\"USER\", \"TECHNICIAN\"]); realvnc::read_member(u.id).roles.len == 2",
        operations: &["listMembers", "readMember", "updateMemberRoles"],
        effect: Effect::Write,
        body: |call| {
            let member = member(call, 0)?;
            call.propose(Proposal {
                before: Some(Kept::from(&member)),
                ..Proposal::of(Change::UpdateRoles {
                    user: member.to_ref(),
                    from: member.roles.clone(),
                    to: roles(call, 1)?,
                })
            })?;
            Ok(Dynamic::UNIT)
        },
    },
    Function {
        name: "remove_member",
        parameters: &[MEMBER],
        returns: "()",
        about: "Removes a member from the team, or withdraws the invitation of one who has not joined. Owners, administrators and the last \
                manager stay. More than three removals outside a plan are refused in one run.",
        example: "let u = list_users().filter(|u| u.roles == [\"USER\"])[0]; realvnc::remove_member(u.id);\n\
                  !list_users().some(|other| other.id == u.id)",
        operations: &["listMembers", "listUserGroups", "readMember", "removeMember"],
        effect: Effect::Write,
        body: |call| {
            let member = member(call, 0)?;
            call.propose(Proposal {
                before: Some(Kept::from(&member)),
                ..Proposal::of(Change::RemoveUser {
                    user: member.to_ref(),
                    invited: member.state == Some(UserState::Invited),
                })
            })?;
            Ok(Dynamic::UNIT)
        },
    },
    Function {
        name: "list_member_groups",
        parameters: &[MEMBER],
        returns: "array of map",
        about: "Lists the user groups that a member is in.",
        example: "realvnc::list_member_groups(list_users()[0].id)",
        operations: &["listMemberGroups"],
        effect: Effect::Read,
        body: |call| {
            let id = UserId::new(call.name(0)?);
            answer(call, |api| async move { api.list_member_groups(&id).await })
        },
    },
    Function {
        name: "add_member_to_group",
        parameters: &[MEMBER, GROUP],
        returns: "()",
        about: "Puts a member into a user group.",
        example: "realvnc::add_member_to_group(list_users()[0].id, list_user_groups()[0].id)",
        operations: &[
            "listMembers",
            "listUserGroups",
            "listMemberGroups",
            "addMemberToGroup",
        ],
        effect: Effect::Write,
        body: |call| {
            let member = Member::User(member(call, 0)?.to_ref());
            let group = group(call, 1, GroupKind::Users)?;
            done(call, Change::GroupAdd { group, member })
        },
    },
    Function {
        name: "remove_member_from_group",
        parameters: &[MEMBER, GROUP],
        returns: "()",
        about: "Takes a member out of a user group.",
        example: "let g = list_user_groups().find(|g| g.size > 0); realvnc::remove_member_from_group(g.members[0], g.id)",
        operations: &[
            "listMembers",
            "listUserGroups",
            "listMemberGroups",
            "removeMemberFromGroup",
        ],
        effect: Effect::Write,
        body: |call| {
            let member = Member::User(member(call, 0)?.to_ref());
            let group = group(call, 1, GroupKind::Users)?;
            done(
                call,
                Change::GroupRemove {
                    group,
                    member,
                    default_access: DefaultAccess::NoOne,
                },
            )
        },
    },
];
