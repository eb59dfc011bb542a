//! Changes in words: what is to be done, and how the target is afterwards.

use std::fmt;

use super::{Change, Role};

impl Change {
    /// Says how the target is once the change is made, in a few words.
    pub fn result(&self) -> String {
        match self {
            Self::Rename { to, .. } | Self::Comment { to, .. } => to.clone(),
            Self::GroupAdd { group, .. } => format!("in {}", group.name),
            Self::GroupRemove { group, .. } => format!("not in {}", group.name),
            Self::MoveToGroup { group, .. } => format!("in {group}"),
            Self::Assign { user, .. } => format!("assigned to {}", user.email),
            Self::Unassign { user, .. } => format!("not assigned to {}", user.email),
            Self::CreateGroup { computers, .. } => match computers.as_slice() {
                [] => "a new group".to_owned(),
                computers => format!("a new group with {}", names(computers, |c| &c.name)),
            },
            Self::ConnectUrl { user, .. } => format!("an address that opens it as {}", user.email),
            Self::RemoveComputer { .. } | Self::RemoveUser { .. } => "removed from the team".to_owned(),
            Self::InviteUser { roles, groups, .. } => match groups.as_slice() {
                [] => format!("invited{}", as_roles(roles)),
                groups => format!("invited{}, in {}", as_roles(roles), names(groups, |g| &g.name)),
            },
            Self::CreateUser(user) => format!("a new user, {} {}", user.first_name, user.last_name),
            Self::UpdateRoles { to, .. } => Role::list(to),
        }
    }
}

impl fmt::Display for Change {
    /// Says the change in the imperative: "rename 'A' to 'B'".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = self.target();
        match self {
            Self::Rename { to, .. } => write!(f, "rename '{target}' to '{to}'"),
            Self::GroupAdd { group, .. } => write!(f, "add '{target}' to {} '{}'", group.kind, group.name),
            Self::GroupRemove { group, .. } => {
                write!(f, "remove '{target}' from {} '{}'", group.kind, group.name)
            }
            Self::RemoveComputer { .. } => write!(f, "remove computer '{target}' from the team"),
            Self::Assign { user, .. } => write!(f, "assign '{target}' to '{}'", user.email),
            Self::Unassign { user, .. } => write!(f, "take '{target}' from '{}'", user.email),
            Self::CreateGroup { computers, .. } if computers.is_empty() => {
                write!(f, "create the computer group '{target}'")
            }
            Self::CreateGroup { computers, .. } => {
                write!(
                    f,
                    "create the computer group '{target}' with {}",
                    names(computers, |c| &c.name)
                )
            }
            Self::MoveToGroup { group, .. } => write!(f, "move '{target}' to the computer group '{group}'"),
            Self::Comment { to, .. } => write!(f, "comment '{target}' with '{to}'"),
            Self::ConnectUrl { user, .. } => {
                write!(f, "make an address that opens '{target}' as '{}'", user.email)
            }
            Self::InviteUser { roles, groups, .. } => {
                write!(f, "invite '{target}'{}", as_roles(roles))?;
                match groups.as_slice() {
                    [] => Ok(()),
                    groups => write!(f, " into {}", names(groups, |g| &g.name)),
                }
            }
            Self::CreateUser(_) => write!(f, "create the user '{target}'"),
            Self::UpdateRoles { to, .. } => write!(f, "set the roles of '{target}' to {}", Role::list(to)),
            Self::RemoveUser { .. } => write!(f, "remove user '{target}' from the team"),
        }
    }
}

/// Says as what somebody is invited, where that is something.
fn as_roles(roles: &[Role]) -> String {
    match roles {
        [] => String::new(),
        roles => format!(" as {}", Role::list(roles)),
    }
}

/// Names a few computers or groups, and counts the rest.
fn names<T>(all: &[T], name: impl Fn(&T) -> &str) -> String {
    const NAMED: usize = 3;
    let named: Vec<String> = all
        .iter()
        .take(NAMED)
        .map(|one| format!("'{}'", name(one)))
        .collect();
    match all.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::{ComputerId, ComputerRef, GroupId, GroupKind, GroupRef, SignIn};

    #[test]
    fn a_group_of_many_is_told_by_some_and_a_count() {
        let computers: Vec<ComputerRef> = (1..=5)
            .map(|n| ComputerRef {
                id: ComputerId::new(n.to_string()),
                name: format!("PC-{n}"),
            })
            .collect();
        let create = |computers: &[ComputerRef]| {
            let name = "Lab".to_owned();
            let computers = computers.to_vec();
            Change::CreateGroup { name, computers }.to_string()
        };
        assert_eq!(create(&[]), "create the computer group 'Lab'");
        assert_eq!(
            create(&computers[..3]),
            "create the computer group 'Lab' with 'PC-1', 'PC-2', 'PC-3'"
        );
        assert!(create(&computers).ends_with("'PC-3' and 2 more"));
    }

    #[test]
    fn an_invitation_is_told_with_its_roles_and_groups() {
        let group = |name: &str| GroupRef {
            id: GroupId::new(name),
            name: name.to_owned(),
            kind: GroupKind::Users,
        };
        let invite = |roles: &[Role], groups: &[&str]| Change::InviteUser {
            email: "a@b.c".to_owned(),
            roles: roles.to_vec(),
            sign_in: SignIn::default(),
            groups: groups.iter().map(|name| group(name)).collect(),
        };
        for (change, told, result) in [
            (invite(&[], &[]), "invite 'a@b.c'", "invited"),
            (
                invite(&[Role::User], &[]),
                "invite 'a@b.c' as USER",
                "invited as USER",
            ),
            (
                invite(&[Role::User], &["Sales"]),
                "invite 'a@b.c' as USER into 'Sales'",
                "invited as USER, in 'Sales'",
            ),
            (
                invite(&[], &["A", "B", "C", "D"]),
                "invite 'a@b.c' into 'A', 'B', 'C' and 1 more",
                "invited, in 'A', 'B', 'C' and 1 more",
            ),
        ] {
            assert_eq!(
                (change.to_string().as_str(), change.result().as_str()),
                (told, result)
            );
        }
    }
}
