//! Rule 11: owners and administrators are never invited, given other roles or removed, and the last manager stays. Nothing
//! relaxes it.
//!
//! Their groups may change. RemotePC has no roles, so that nothing can be told of its users.

use std::collections::BTreeSet;

use crate::fleet::{Change, Role, Vendor};
use crate::plan::{Kept, Proposal};

use super::words::some;
use super::{Facts, Rule, Verdict};

/// What is done to somebody, to be read behind "not allowed to ".
const INVITE: &str = "invite";
const SET_ROLES: &str = "set the roles of";
const REMOVE: &str = "remove";

pub(super) fn judge(proposals: &[Proposal], facts: &Facts<'_>, verdict: &mut Verdict) {
    if facts.vendor == Vendor::RemotePc {
        return;
    }
    for verb in [INVITE, SET_ROLES, REMOVE] {
        let of = |found: fn(&Proposal) -> bool| -> (Vec<usize>, Vec<String>) {
            let those = proposals.iter().enumerate();
            those
                .filter(|(_, proposal)| verb_of(&proposal.change) == Some(verb) && found(proposal))
                .map(|(row, proposal)| (row, proposal.change.target()))
                .unzip()
        };
        let mut tell = |(rows, names): (Vec<usize>, Vec<String>), why: &str, hint: &str| {
            if !rows.is_empty() {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let message = format!("not allowed to {verb} {}: {why}", some("user", &names));
                verdict.refuse(Rule::People, rows, message, hint);
            }
        };
        tell(
            of(concerns_the_top),
            "the vendor's API is not for owners and administrators",
            "use the vendor's portal for them",
        );
        tell(
            of(of_unknown_roles),
            "which roles they have is not known, and owners and administrators are never removed",
            "list the users first, and remove what was listed",
        );
    }
    last_manager(proposals, facts, verdict);
}

fn verb_of(change: &Change) -> Option<&'static str> {
    match change {
        Change::InviteUser { .. } => Some(INVITE),
        Change::UpdateRoles { .. } => Some(SET_ROLES),
        Change::RemoveUser { .. } => Some(REMOVE),
        _ => None,
    }
}

/// Tells whether somebody is, or would become, an owner or an administrator.
fn concerns_the_top(proposal: &Proposal) -> bool {
    let after = match &proposal.change {
        Change::InviteUser { roles, .. } => roles.as_slice(),
        Change::UpdateRoles { to, .. } => to,
        _ => &[],
    };
    roles_before(proposal).iter().flatten().chain(after).any(is_top)
}

fn is_top(role: &Role) -> bool {
    ["OWNER", "ADMIN"]
        .iter()
        .any(|word| role.as_str().trim().eq_ignore_ascii_case(word))
}

fn of_unknown_roles(proposal: &Proposal) -> bool {
    matches!(proposal.change, Change::RemoveUser { .. }) && roles_before(proposal).is_none()
}

/// Returns the roles that somebody has, where they are known: those of the record and those that the change rests on.
fn roles_before(proposal: &Proposal) -> Option<Vec<Role>> {
    let recorded = match &proposal.before {
        Some(Kept::User(user)) if user.id == proposal.change.target_id() => Some(&user.roles),
        _ => None,
    };
    let told = match &proposal.change {
        Change::UpdateRoles { from, .. } => Some(from),
        _ => None,
    };
    if recorded.is_none() && told.is_none() {
        return None;
    }
    Some(recorded.into_iter().chain(told).flatten().cloned().collect())
}

fn last_manager(proposals: &[Proposal], facts: &Facts<'_>, verdict: &mut Verdict) {
    let losing: Vec<(usize, &Proposal)> = proposals
        .iter()
        .enumerate()
        .filter(|(_, proposal)| loses_a_manager(proposal))
        .collect();
    let people: BTreeSet<&str> = losing.iter().map(|(_, p)| p.change.target_id()).collect();
    if people.is_empty() {
        return;
    }
    let why = match facts.managers {
        Some(managers) if managers > people.len() => return,
        Some(managers) => format!("{managers} left of which at least one has to stay"),
        None => "how many there are is not known, and the last one has to stay".to_owned(),
    };
    let names: Vec<String> = losing.iter().map(|(_, p)| p.change.target()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    verdict.refuse(
        Rule::People,
        losing.iter().map(|(row, _)| *row).collect(),
        format!(
            "not allowed to remove or demote {}: {why}",
            some("manager", &names)
        ),
        match facts.managers {
            Some(_) => "make somebody else a manager first, in a run of its own",
            None => "list the users first",
        },
    );
}

/// Tells whether somebody who is a manager of the team would be one no longer.
fn loses_a_manager(proposal: &Proposal) -> bool {
    let was = roles_before(proposal).is_some_and(|roles| roles.contains(&Role::Manager));
    match &proposal.change {
        Change::UpdateRoles { to, .. } => was && !to.contains(&Role::Manager),
        Change::RemoveUser { invited, .. } => was && !invited,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::fleet::{SignIn, UserId, UserRef};
    use crate::plan::KeptUser;
    use crate::plan::guards::tests::{facts, remotepc};

    fn user(id: &str) -> UserRef {
        UserRef {
            id: UserId::new(id),
            email: format!("{id}@b.example"),
        }
    }

    fn with(change: Change, id: &str, roles: &[Role]) -> Proposal {
        Proposal {
            before: Some(Kept::User(Box::new(KeptUser {
                id: id.to_owned(),
                email: None,
                roles: roles.to_vec(),
                groups: None,
                raw: Value::Null,
            }))),
            ..Proposal::of(change)
        }
    }

    fn remove(id: &str, roles: &[Role]) -> Proposal {
        let user = user(id);
        with(Change::RemoveUser { user, invited: false }, id, roles)
    }

    fn set(id: &str, from: &[Role], to: &[Role]) -> Proposal {
        Proposal::of(Change::UpdateRoles {
            user: user(id),
            from: from.to_vec(),
            to: to.to_vec(),
        })
    }

    fn invite(role: Role) -> Proposal {
        Proposal::of(Change::InviteUser {
            email: "n@b.example".to_owned(),
            roles: vec![role],
            sign_in: SignIn::default(),
            groups: Vec::new(),
        })
    }

    fn judged(managers: Option<usize>, proposals: &[Proposal]) -> Vec<String> {
        let facts = Facts { managers, ..facts() };
        let mut verdict = Verdict::default();
        judge(proposals, &facts, &mut verdict);
        verdict
            .refusals
            .into_iter()
            .map(|refusal| refusal.message)
            .collect()
    }

    #[test]
    fn owners_and_administrators_are_left_alone() {
        for top in [Role::Owner, Role::Admin, Role::Other("admin".to_owned())] {
            for (proposal, told) in [
                (invite(top.clone()), "invite 1 user ('n@b.example')"),
                (
                    set("u", std::slice::from_ref(&top), &[Role::User]),
                    "set the roles of 1 user",
                ),
                (
                    set("u", &[Role::User], std::slice::from_ref(&top)),
                    "set the roles of 1 user",
                ),
                (
                    remove("u", &[Role::User, top.clone()]),
                    "remove 1 user ('u@b.example')",
                ),
            ] {
                let text = &judged(Some(5), &[proposal])[0];
                assert!(text.starts_with(&format!("not allowed to {told}")), "{text}");
                assert!(text.ends_with("the vendor's API is not for owners and administrators"));
            }
        }
        let harmless = [
            invite(Role::Manager),
            set("u", &[Role::User], &[Role::Technician]),
            remove("v", &[Role::User]),
        ];
        assert!(judged(None, &harmless).is_empty());
    }

    #[test]
    fn the_record_counts_besides_what_the_change_rests_on() {
        let change = set("u", &[Role::User], &[Role::Technician]).change;
        assert_eq!(judged(Some(5), &[with(change, "u", &[Role::Admin])]).len(), 1);
    }

    #[test]
    fn somebody_of_unknown_roles_is_not_removed() {
        let mut proposal = remove("u", &[Role::User]);
        proposal.before = None;
        assert!(judged(Some(5), &[proposal])[0].contains("which roles they have is not known"));
        let mut other = remove("u", &[Role::User]);
        other.before = remove("v", &[Role::User]).before;
        assert_eq!(judged(Some(5), &[other]).len(), 1);
    }

    #[test]
    fn the_last_manager_stays() {
        let both = [
            remove("a", &[Role::Manager]),
            set("b", &[Role::User, Role::Manager], &[Role::User]),
        ];
        assert!(judged(Some(3), &both).is_empty());
        assert_eq!(
            judged(Some(2), &both),
            [
                "not allowed to remove or demote 2 managers ('a@b.example', 'b@b.example'): 2 left of which at least one has to stay"
            ]
        );
        assert!(judged(None, &both)[0].contains("how many there are is not known"));
        // The same person twice is one.
        assert!(judged(Some(2), &[both[0].clone(), both[0].clone()]).is_empty());
        assert!(judged(None, &[set("a", &[Role::Manager], &[Role::Manager, Role::User])]).is_empty());
    }

    #[test]
    fn an_invited_manager_is_none_yet() {
        let mut proposal = remove("a", &[Role::Manager]);
        if let Change::RemoveUser { invited, .. } = &mut proposal.change {
            *invited = true;
        }
        assert!(judged(None, &[proposal]).is_empty());
    }

    #[test]
    fn remotepc_has_no_roles() {
        let mut proposal = remove("u", &[]);
        proposal.before = None;
        let mut verdict = Verdict::default();
        judge(&[proposal], &remotepc(), &mut verdict);
        assert_eq!(verdict, Verdict::default());
    }
}
