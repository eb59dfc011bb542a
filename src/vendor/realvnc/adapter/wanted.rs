//! What has to be known to see how several changes stand.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::fleet::{Change, ComputerId, GroupRef, Member, UserId};

use super::super::pages::Listed;
use super::super::wire;
use super::lists::Need;
use super::people::with_address;

/// The groups that are asked about, of each computer or user, by ids.
pub(super) type Asked = HashMap<String, HashSet<String>>;

/// The targets of some changes, each once.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Computers whose names count.
    pub(super) names: Vec<ComputerId>,
    /// Users whose roles or addresses count.
    pub(super) members: Vec<UserId>,
    /// Computers whose groups count.
    pub(super) of_computers: Asked,
    /// Users whose groups count.
    pub(super) of_users: Asked,
    /// How many are to be invited.
    invitations: usize,
    /// How many of those into groups.
    into_groups: usize,
}

impl Wanted {
    pub(super) fn of(changes: &[&Change]) -> Self {
        let mut wanted = Self::default();
        for change in changes {
            match change {
                Change::Rename { computer, .. } | Change::RemoveComputer { computer } => {
                    wanted.names.push(computer.id.clone());
                }
                Change::UpdateRoles { user, .. } | Change::RemoveUser { user, .. } => {
                    wanted.members.push(user.id.clone());
                }
                Change::GroupAdd { group, member } | Change::GroupRemove { group, member, .. } => {
                    let asked = match member {
                        Member::Computer(_) => &mut wanted.of_computers,
                        Member::User(_) => &mut wanted.of_users,
                    };
                    ask(asked, member.id(), std::slice::from_ref(group));
                }
                Change::InviteUser { groups, .. } => {
                    wanted.invitations += 1;
                    wanted.into_groups += usize::from(!groups.is_empty());
                }
                _ => {}
            }
        }
        each_once(&mut wanted.names);
        each_once(&mut wanted.members);
        wanted
    }

    pub(super) fn need(&self) -> Need {
        Need {
            names: self.names.len(),
            members: self.members.len(),
            of_computers: self.of_computers.len(),
            of_users: self.of_users.len() + self.into_groups,
            addresses: self.invitations,
        }
    }

    /// Adds the groups of those in the team whom one of the changes invites into groups.
    pub(super) fn join_invited(&mut self, changes: &[&Change], everyone: &[wire::TeamMember]) {
        for change in changes {
            if let Change::InviteUser { email, groups, .. } = change
                && !groups.is_empty()
            {
                for id in with_address(everyone, email).filter_map(Listed::key) {
                    ask(&mut self.of_users, id, groups);
                }
            }
        }
    }
}

fn ask(asked: &mut Asked, id: &str, groups: &[GroupRef]) {
    let of_this = asked.entry(id.to_owned()).or_default();
    of_this.extend(groups.iter().map(|group| group.id.to_string()));
}

fn each_once<T: Clone + Eq + Hash>(ids: &mut Vec<T>) {
    let mut seen = HashSet::with_capacity(ids.len());
    ids.retain(|id| seen.insert(id.clone()));
}
