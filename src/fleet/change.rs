//! Changes as data: what is to be done to a fleet.

use std::fmt;

use super::{ComputerRef, GroupRef, Role, UserRef};

/// Who goes into a group or out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    /// A computer.
    Computer(ComputerRef),
    /// A user.
    User(UserRef),
}

impl Member {
    /// Returns the id by which the group lists this member.
    pub fn id(&self) -> &str {
        match self {
            Self::Computer(c) => c.id.as_str(),
            Self::User(u) => u.id.as_str(),
        }
    }
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Computer(c) => &c.name,
            Self::User(u) => &u.email,
        })
    }
}

/// Who may see a computer that its last group let go of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DefaultAccess {
    /// Nobody, until somebody grants access again.
    #[default]
    NoOne,
    /// The whole team.
    Everyone,
}

impl DefaultAccess {
    /// Reads the vendor's word; there are no others.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "NO_ONE" => Some(Self::NoOne),
            "EVERYONE" => Some(Self::Everyone),
            _ => None,
        }
    }

    /// Returns the vendor's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoOne => "NO_ONE",
            Self::Everyone => "EVERYONE",
        }
    }
}

/// One change to a fleet. A change is decided on first and carried out by the executor later, or never.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Give a computer another display name.
    Rename {
        /// Which computer, and the name it has now.
        computer: ComputerRef,
        /// The name it is to have.
        to: String,
    },
    /// Put a computer or a user into a group.
    GroupAdd {
        /// Which group.
        group: GroupRef,
        /// Who goes in.
        member: Member,
    },
    /// Take a computer or a user out of a group.
    GroupRemove {
        /// Which group.
        group: GroupRef,
        /// Who goes out.
        member: Member,
        /// Who may see a computer that is left in no group; without meaning for a user.
        default_access: DefaultAccess,
    },
    /// Remove a computer from the team. Cannot be undone.
    RemoveComputer {
        /// Which computer.
        computer: ComputerRef,
    },
    /// Send somebody an invitation to the team.
    InviteUser {
        /// Where to.
        email: String,
        /// The roles to grant.
        roles: Vec<Role>,
    },
    /// Replace the whole set of a user's roles.
    UpdateRoles {
        /// Whose roles.
        user: UserRef,
        /// The roles that the decision rested on.
        from: Vec<Role>,
        /// The roles to have.
        to: Vec<Role>,
    },
    /// Remove a user from the team.
    RemoveUser {
        /// Which user.
        user: UserRef,
    },
}

impl Change {
    /// Returns the script function that makes such a change.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Rename { .. } => "rename",
            Self::GroupAdd { .. } => "group_add",
            Self::GroupRemove { .. } => "group_remove",
            Self::RemoveComputer { .. } => "remove_computer",
            Self::InviteUser { .. } => "invite_user",
            Self::UpdateRoles { .. } => "update_roles",
            Self::RemoveUser { .. } => "remove_user",
        }
    }

    /// Says whom the change may let in or keep out, where it may; to be read behind "…: ".
    pub fn exposure(&self) -> Option<&'static str> {
        match self {
            Self::GroupRemove {
                member: Member::Computer(_),
                default_access,
                ..
            } => Some(match default_access {
                DefaultAccess::NoOne => {
                    "if that leaves it without any permission, nobody can find it until access is given again"
                }
                DefaultAccess::Everyone => {
                    "if that leaves it without any permission, the whole team may use it, which cannot be undone"
                }
            }),
            _ => None,
        }
    }

    /// Returns the name of what is changed.
    pub fn target(&self) -> String {
        match self {
            Self::Rename { computer, .. } | Self::RemoveComputer { computer } => computer.name.clone(),
            Self::GroupAdd { member, .. } | Self::GroupRemove { member, .. } => member.to_string(),
            Self::InviteUser { email, .. } => email.clone(),
            Self::UpdateRoles { user, .. } | Self::RemoveUser { user } => user.email.clone(),
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
            Self::InviteUser { roles, .. } => write!(f, "invite '{target}' as {}", Role::list(roles)),
            Self::UpdateRoles { to, .. } => write!(f, "set the roles of '{target}' to {}", Role::list(to)),
            Self::RemoveUser { .. } => write!(f, "remove user '{target}' from the team"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_default_access_is_read_back_as_it_is_written() {
        for access in [DefaultAccess::NoOne, DefaultAccess::Everyone] {
            assert_eq!(DefaultAccess::from_word(access.as_str()), Some(access));
        }
        assert_eq!(DefaultAccess::from_word("everyone"), None);
    }
}
