//! Changes as data: what is to be done, and what came of it.

use std::fmt;

use super::{ComputerRef, Error, GroupRef, Role, UserRef};

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
            Self::InviteUser { roles, .. } => write!(f, "invite '{target}' as {}", words(roles)),
            Self::UpdateRoles { to, .. } => write!(f, "set the roles of '{target}' to {}", words(to)),
            Self::RemoveUser { .. } => write!(f, "remove user '{target}' from the team"),
        }
    }
}

fn words(roles: &[Role]) -> String {
    roles.iter().map(Role::as_str).collect::<Vec<_>>().join(",")
}

/// How the fleet stands to a change, read back from the vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observed {
    /// As it was when the change was decided on.
    Before,
    /// As the change wants it.
    After,
    /// Neither: somebody else changed it. The two texts say what was expected and what is.
    Other {
        /// What the decision rested on.
        was: String,
        /// What the vendor says now.
        now: String,
    },
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Carried out, and the vendor says so. The note, if any, is something the user should know.
    Done(Option<String>),
    /// Nothing to do: it was so before.
    AlreadySo,
    /// Only looked at: a dry run.
    Planned,
    /// Left alone because the target is not as it was when the change was decided on.
    Drifted {
        /// What the decision rested on.
        was: String,
        /// What the vendor says now.
        now: String,
    },
    /// Not carried out.
    Failed(Error),
    /// Sent, and nobody can say whether it was carried out.
    Unknown(Error),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(None) => f.write_str("done"),
            Self::Done(Some(note)) => write!(f, "done: {note}"),
            Self::AlreadySo => f.write_str("so already"),
            Self::Planned => f.write_str("planned"),
            Self::Drifted { was, now } => write!(f, "left alone: was {was}, is {now}"),
            Self::Failed(error) => write!(f, "failed: {error}"),
            Self::Unknown(error) => write!(f, "unknown: {error}"),
        }
    }
}
