//! Changes as data: what is to be done to a fleet.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ComputerRef, Error, GroupRef, Kind, NewUser, Role, SignIn, UserRef};

mod words;

/// Who goes into a group or out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
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
    /// Let a user use a computer, where the vendor assigns computers to users.
    Assign {
        /// Which computer.
        computer: ComputerRef,
        /// To whom.
        user: UserRef,
    },
    /// Take a computer from a user that it is assigned to.
    Unassign {
        /// Which computer.
        computer: ComputerRef,
        /// From whom.
        user: UserRef,
    },
    /// Make a group of computers, and move some into it at once.
    CreateGroup {
        /// Its name.
        name: String,
        /// Who is in it from the beginning.
        computers: Vec<ComputerRef>,
    },
    /// Move a computer into a group, out of the one that it is in: where the vendor has a computer in one group only.
    MoveToGroup {
        /// The name of the group.
        group: String,
        /// Which computer.
        computer: ComputerRef,
    },
    /// Replace the comment on a computer.
    Comment {
        /// Which computer.
        computer: ComputerRef,
        /// The comment that the decision rested on.
        from: Option<String>,
        /// The comment to have.
        to: String,
    },
    /// Have the vendor make an address that opens a computer's screen for a user, without a login. Changes nothing in
    /// the fleet, and hands out a secret.
    ConnectUrl {
        /// Which computer.
        computer: ComputerRef,
        /// As whom.
        user: UserRef,
    },
    /// Send somebody an invitation to the team.
    InviteUser {
        /// Where to.
        email: String,
        /// The roles to grant; none where the vendor has no roles.
        roles: Vec<Role>,
        /// How the user is to sign in.
        sign_in: SignIn,
        /// The user groups to go into; none where the vendor has no such groups.
        groups: Vec<GroupRef>,
    },
    /// Make a user with a password of the administrator's choice.
    CreateUser(NewUser),
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
        /// Whether the user has not taken up the invitation yet: some vendors want to be told.
        invited: bool,
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
            Self::Assign { .. } => "assign",
            Self::Unassign { .. } => "unassign",
            Self::CreateGroup { .. } => "create_group",
            Self::MoveToGroup { .. } => "move_to_group",
            Self::Comment { .. } => "comment",
            Self::ConnectUrl { .. } => "connect_url",
            Self::InviteUser { .. } => "invite_user",
            Self::CreateUser(_) => "create_user",
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

    /// Says why the change cannot be taken back, where it cannot; to be read behind "…: ".
    pub fn irreversible(&self) -> Option<&'static str> {
        match self {
            Self::MoveToGroup { .. } => {
                Some("the vendor does not tell which group it is in now, so that it cannot be moved back")
            }
            Self::CreateGroup { .. } => Some("the vendor has no way to delete a group"),
            Self::Comment { from, .. } if from.as_deref().unwrap_or_default().is_empty() => {
                Some("the vendor has no way to delete a comment")
            }
            Self::ConnectUrl { .. } => Some("whoever has the address can use it"),
            Self::RemoveComputer { .. } => Some("somebody has to enrol the computer again, at its desk"),
            Self::RemoveUser { .. } => Some("the user has to be invited again"),
            Self::InviteUser { .. } => Some("a message that was sent cannot be called back"),
            _ => None,
        }
    }

    /// Tells whether the change alters anything in the fleet; one that does not needs nobody's consent.
    pub fn alters(&self) -> bool {
        !matches!(self, Self::ConnectUrl { .. })
    }

    /// Tells whether making the change twice does harm that cannot be seen: then silence never counts as "not done".
    pub fn must_not_repeat(&self) -> bool {
        matches!(self, Self::InviteUser { .. } | Self::CreateUser(_))
    }

    /// Returns the error of a change that is found made before it was ever sent, where that is a clash and not the wish come
    /// true: a user of the name that a new one is to have is somebody else, with a password of their own.
    pub fn clash(&self) -> Option<Error> {
        let Self::CreateUser(user) = self else {
            return None;
        };
        let message = format!(
            "could not create the user '{}': a user of that name exists",
            user.username
        );
        Some(
            Error::new(Kind::Conflict, message)
                .hint("it is left as it is; choose another name, or remove that user first"),
        )
    }

    /// Tells whether the change takes a computer out of the team.
    pub fn removes_computer(&self) -> bool {
        matches!(self, Self::RemoveComputer { .. })
    }

    /// Tells whether the change takes a computer or somebody out of the team.
    pub fn removes(&self) -> bool {
        self.removes_computer() || matches!(self, Self::RemoveUser { .. })
    }

    /// Returns the computer that is changed, if it is one.
    pub fn computer(&self) -> Option<&ComputerRef> {
        match self {
            Self::Rename { computer, .. }
            | Self::RemoveComputer { computer }
            | Self::Assign { computer, .. }
            | Self::Unassign { computer, .. }
            | Self::MoveToGroup { computer, .. }
            | Self::Comment { computer, .. }
            | Self::ConnectUrl { computer, .. }
            | Self::GroupAdd {
                member: Member::Computer(computer),
                ..
            }
            | Self::GroupRemove {
                member: Member::Computer(computer),
                ..
            } => Some(computer),
            _ => None,
        }
    }

    /// Returns the name of what is changed.
    pub fn target(&self) -> String {
        if let Some(computer) = self.computer() {
            return computer.name.clone();
        }
        match self {
            Self::GroupAdd { member, .. } | Self::GroupRemove { member, .. } => member.to_string(),
            Self::CreateGroup { name, .. } => name.clone(),
            Self::InviteUser { email, .. } => email.clone(),
            Self::CreateUser(user) => user.username.clone(),
            Self::UpdateRoles { user, .. } | Self::RemoveUser { user, .. } => user.email.clone(),
            // All others have a computer.
            _ => String::new(),
        }
    }

    /// Returns the vendor's identifier of what is changed; empty where there is none yet.
    pub fn target_id(&self) -> &str {
        match self {
            Self::GroupAdd { member, .. } | Self::GroupRemove { member, .. } => member.id(),
            Self::UpdateRoles { user, .. } | Self::RemoveUser { user, .. } => user.id.as_str(),
            _ => self.computer().map_or("", |computer| computer.id.as_str()),
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
