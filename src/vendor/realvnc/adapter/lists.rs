//! The lists that answer for many targets at once.

use std::collections::{HashMap, HashSet};

use crate::fleet::{Result, UserState};

use super::super::pages::Listed;
use super::super::{Reads, wire};

/// Up to how many targets are read each by itself. So many are read side by side, and take no longer than one; what a list
/// takes depends on the size of the fleet instead, which nobody knows before it is read.
pub(super) const FEW: usize = 8;

/// How many targets there are whose state has to be known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Need {
    /// Computers, for their names.
    pub(super) names: usize,
    /// Users, for their roles.
    pub(super) members: usize,
    /// Computers, for their groups.
    pub(super) of_computers: usize,
    /// Users, for their groups.
    pub(super) of_users: usize,
    /// Addresses, which only a list can be searched for.
    pub(super) addresses: usize,
}

/// What was listed; nothing where that was not worth while.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// The name of each computer.
    pub(super) names: Option<Result<HashMap<String, String>>>,
    /// Who has joined and who is invited.
    pub(super) members: Option<Result<Vec<wire::TeamMember>>>,
    /// Who is in the groups of computers.
    pub(super) of_computers: Option<Result<Rosters>>,
    /// Who is in the groups of users.
    pub(super) of_users: Option<Result<Rosters>>,
}

impl Lists {
    /// Reads the lists that are worth while, all at the same time. The groups say who is in them, and not who is in the team:
    /// that is listed as well.
    pub(super) async fn read(reads: &Reads, need: Need) -> Self {
        let names = need.names > FEW || need.of_computers > FEW;
        let members = need.addresses > 0 || need.members > FEW || need.of_users > FEW;
        let (names, members, of_computers, of_users) = tokio::join!(
            listed(names, async {
                let entries = reads.list_entries().await?;
                let by_id = entries.into_iter().filter_map(|entry| {
                    let id = entry.key()?.to_owned();
                    Some((id, entry.name.unwrap_or_default()))
                });
                Ok(by_id.collect())
            }),
            listed(members, async {
                let (mut joined, invited) = tokio::try_join!(
                    reads.list_members(Some(&UserState::Joined), None),
                    reads.list_members(Some(&UserState::Invited), None),
                )?;
                joined.extend(invited);
                Ok(joined)
            }),
            listed(need.of_computers > FEW, async {
                Ok(Rosters::of(&reads.rosters_of_entries().await?))
            }),
            listed(need.of_users > FEW, async {
                Ok(Rosters::of(&reads.rosters_of_members().await?))
            }),
        );
        Self {
            names,
            members,
            of_computers,
            of_users,
        }
    }
}

async fn listed<T>(wanted: bool, list: impl Future<Output = Result<T>>) -> Option<Result<T>> {
    if wanted { Some(list.await) } else { None }
}

/// Who is in which group.
#[derive(Debug, Default)]
pub(super) struct Rosters {
    /// The groups of each computer or user.
    groups: HashMap<String, HashSet<String>>,
    /// The groups whose members were left out: nothing is concluded from that.
    silent: HashSet<String>,
}

impl Rosters {
    fn of(groups: &[wire::Group]) -> Self {
        let mut rosters = Self::default();
        for group in groups {
            let Some(id) = group.key() else { continue };
            match &group.members {
                None => {
                    rosters.silent.insert(id.to_owned());
                }
                Some(members) => {
                    for member in members {
                        let of_member = rosters.groups.entry(member.clone()).or_default();
                        of_member.insert(id.to_owned());
                    }
                }
            }
        }
        rosters
    }

    /// Returns the groups that hold somebody; nothing where one of those that are asked about does not say whom it holds.
    pub(super) fn of_member(&self, member: &str, asked: &HashSet<String>) -> Option<HashSet<String>> {
        if asked.is_disjoint(&self.silent) {
            Some(self.groups.get(member).cloned().unwrap_or_default())
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn a_group_that_does_not_say_whom_it_holds_decides_nothing() {
        let rosters = Rosters::of(
            &from_value::<Vec<wire::Group>>(json!([
                { "id": "g1", "members": ["e1", "e1"] }, { "id": "g2", "members": [] }, { "id": "g3" },
                { "name": "no id", "members": ["e1"] },
            ]))
            .unwrap(),
        );
        let set = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<HashSet<_>>();
        assert_eq!(rosters.of_member("e1", &set(&["g1", "g2"])), Some(set(&["g1"])));
        assert_eq!(rosters.of_member("e2", &set(&["g1"])), Some(set(&[])));
        assert_eq!(rosters.of_member("e1", &set(&["g1", "g3"])), None);
    }
}
