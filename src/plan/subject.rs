//! What a change is about: whose state it settles, and whom it needs to be there. By this a plan finds changes that
//! contradict each other, and the order in which the others may be made.

use crate::fleet::{Change, ComputerId, ComputerRef, GroupId, Member, UserId, UserRef};

/// Something that changes can be about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    /// A computer's record.
    Computer(ComputerId),
    /// A user's record.
    User(UserId),
    /// The address of somebody who has no record yet, in lower case.
    Address(String),
    /// A group that has no id yet.
    Group(String),
    /// A name that only one computer can have.
    Name(String),
}

/// What of a subject a change settles: a plan may settle it once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Aspect {
    /// Whether it is there at all, or who has it.
    Existence,
    /// Its display name.
    Name,
    /// Whether it is a member of a group.
    Membership(GroupId),
    /// Which one group it is in, where there is only one.
    Group,
    /// The comment on it.
    Comment,
    /// Whether it is assigned to a user.
    Assignment(UserId),
    /// The roles.
    Roles,
    /// The address that opens it for a user.
    Opening(UserId),
}

/// How a change depends on a subject, when it comes to the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// No other change that holds the subject may be under way at the same time.
    Alone,
    /// Others that hold it in this way may be under way.
    Together,
}

/// Returns what a change settles.
pub(super) fn settles(change: &Change) -> Vec<(Subject, Aspect)> {
    match change {
        Change::Rename { computer, to } => vec![
            (of_computer(computer), Aspect::Name),
            (Subject::Name(to.clone()), Aspect::Existence),
        ],
        Change::GroupAdd { group, member } | Change::GroupRemove { group, member, .. } => {
            vec![(of_member(member), Aspect::Membership(group.id.clone()))]
        }
        Change::RemoveComputer { computer } => vec![(of_computer(computer), Aspect::Existence)],
        Change::Assign { computer, user } | Change::Unassign { computer, user } => {
            vec![(of_computer(computer), Aspect::Assignment(user.id.clone()))]
        }
        Change::CreateGroup { name, computers } => computers
            .iter()
            .map(|computer| (of_computer(computer), Aspect::Group))
            .chain([(Subject::Group(name.clone()), Aspect::Existence)])
            .collect(),
        Change::MoveToGroup { computer, .. } => vec![(of_computer(computer), Aspect::Group)],
        Change::Comment { computer, .. } => vec![(of_computer(computer), Aspect::Comment)],
        Change::ConnectUrl { computer, user } => {
            vec![(of_computer(computer), Aspect::Opening(user.id.clone()))]
        }
        Change::InviteUser { email, .. } => vec![(of_address(email), Aspect::Existence)],
        Change::CreateUser(user) => vec![(of_address(&user.username), Aspect::Existence)],
        Change::UpdateRoles { user, .. } => vec![(of_user(user), Aspect::Roles)],
        Change::RemoveUser { user, .. } => vec![(of_user(user), Aspect::Existence)],
    }
}

/// Returns the subject that a change takes out of the team.
pub(super) fn removes(change: &Change) -> Option<Subject> {
    match change {
        Change::RemoveComputer { computer } => Some(of_computer(computer)),
        Change::RemoveUser { user, .. } => Some(of_user(user)),
        _ => None,
    }
}

/// Tells whether a change makes sense only if what it is about stays in the team. To take a computer from a user before
/// either goes is good housekeeping.
pub(super) fn is_lasting(change: &Change) -> bool {
    !matches!(change, Change::Unassign { .. })
}

/// Returns the subjects that a change needs, and how it holds them while it is made.
pub(super) fn holds(change: &Change) -> Vec<(Subject, Hold)> {
    match change {
        Change::CreateGroup { name, computers } => computers
            .iter()
            .map(of_computer)
            .chain([Subject::Group(name.clone())])
            .map(|subject| (subject, Hold::Alone))
            .collect(),
        Change::Assign { computer, user }
        | Change::Unassign { computer, user }
        | Change::ConnectUrl { computer, user } => vec![
            (of_computer(computer), Hold::Alone),
            (of_user(user), Hold::Together),
        ],
        Change::Rename { computer, .. }
        | Change::RemoveComputer { computer }
        | Change::MoveToGroup { computer, .. }
        | Change::Comment { computer, .. } => vec![(of_computer(computer), Hold::Alone)],
        Change::GroupAdd { member, .. } | Change::GroupRemove { member, .. } => {
            vec![(of_member(member), Hold::Alone)]
        }
        Change::InviteUser { email, .. } => vec![(of_address(email), Hold::Alone)],
        Change::CreateUser(user) => vec![(of_address(&user.username), Hold::Alone)],
        Change::UpdateRoles { user, .. } => vec![(of_user(user), Hold::Alone)],
        // Somebody may be removed to be invited anew.
        Change::RemoveUser { user, .. } => vec![
            (of_user(user), Hold::Alone),
            (of_address(&user.email), Hold::Alone),
        ],
    }
}

/// Returns the subject that a computer's record is.
pub(super) fn of_computer(computer: &ComputerRef) -> Subject {
    Subject::Computer(computer.id.clone())
}

fn of_user(user: &UserRef) -> Subject {
    Subject::User(user.id.clone())
}

fn of_member(member: &Member) -> Subject {
    match member {
        Member::Computer(computer) => of_computer(computer),
        Member::User(user) => of_user(user),
    }
}

fn of_address(email: &str) -> Subject {
    Subject::Address(email.trim().to_lowercase())
}
