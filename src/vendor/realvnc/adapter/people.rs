//! What of a member's record decides something.

use std::collections::BTreeSet;

use crate::fleet::Role;

use super::super::wire;

/// Returns the roles of a member.
pub(super) fn roles_of(member: &wire::TeamMember) -> Vec<Role> {
    let words = member.roles.as_deref().unwrap_or_default();
    words.iter().map(|word| Role::from_word(word)).collect()
}

/// Tells whether two lists name the same roles, in whatever order.
pub(super) fn same_set(a: &[Role], b: &[Role]) -> bool {
    let words = |roles: &[Role]| {
        roles
            .iter()
            .map(|r| r.as_str().to_owned())
            .collect::<BTreeSet<_>>()
    };
    words(a) == words(b)
}

/// The contract knows a role `DELETED`: a user who has it is read as one who is no longer in the team.
pub(super) fn is_deleted(member: &wire::TeamMember) -> bool {
    roles_of(member).contains(&Role::Deleted)
}

/// Tells whether roles are beyond the API: owners and administrators can be neither invited, changed nor removed by it.
pub(super) fn are_beyond(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::Owner | Role::Admin))
}

/// Returns those who have an address and are in the team.
pub(super) fn with_address<'a>(
    members: &'a [wire::TeamMember],
    email: &str,
) -> impl Iterator<Item = &'a wire::TeamMember> {
    members
        .iter()
        .filter(move |member| same_address(member.email.as_deref(), email) && !is_deleted(member))
}

/// Whether letter case counts in the vendor's addresses is not documented; no two people are told apart by it.
pub(super) fn same_address(a: Option<&str>, b: &str) -> bool {
    a.is_some_and(|a| a.to_lowercase() == b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_a_set() {
        assert!(same_set(
            &[Role::User, Role::Manager],
            &[Role::Manager, Role::User, Role::User]
        ));
        assert!(!same_set(&[Role::User], &[Role::User, Role::Manager]));
    }

    #[test]
    fn the_case_of_an_address_does_not_count() {
        assert!(same_address(Some("A@B.c"), "a@b.C"));
        assert!(!same_address(None, ""));
    }
}
