//! What has to be read to see how several changes stand: a few targets each by itself, many from the lists that hold them.
//!
//! A list proves what it shows, not what it leaves out: its pages are found by name, so that it may pass over what was
//! renamed meanwhile. What a list does not show is read by itself before it counts as gone.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::fleet::{Change, ComputerId, Error, GroupId, Kind, Member, Result, UserId};
use crate::vendor::at_once;

use super::super::pages::Listed;
use super::super::{Reads, wire};
use super::lists::{Lists, Rosters};
use super::people::{is_deleted, with_address};
use super::wanted::{Asked, Wanted};

/// Something that was looked for; nothing where there is none.
type Found<T> = Result<Option<T>>;

/// Everything that was read. A reading that failed fails each change that needs it.
#[derive(Debug)]
pub(super) struct Sight {
    names: HashMap<ComputerId, Found<String>>,
    members: HashMap<UserId, Found<wire::TeamMember>>,
    of_computers: HashMap<String, Found<HashSet<String>>>,
    of_users: HashMap<String, Found<HashSet<String>>>,
    everyone: Option<Result<Vec<wire::TeamMember>>>,
}

impl Sight {
    /// Reads what these changes need.
    pub(super) async fn of(reads: &Reads, changes: &[&Change]) -> Self {
        let mut wanted = Wanted::of(changes);
        let lists = Box::pin(Lists::read(reads, wanted.need())).await;
        if let Some(Ok(everyone)) = &lists.members {
            wanted.join_invited(changes, everyone);
        }
        let (names, members, of_computers, of_users) = tokio::join!(
            names(reads, &wanted, &lists),
            members(reads, &wanted, &lists),
            of_computers(reads, &wanted.of_computers, &lists),
            of_users(reads, &wanted.of_users, &lists),
        );
        Self {
            names,
            members,
            of_computers,
            of_users,
            everyone: lists.members,
        }
    }

    /// Returns the name of a computer.
    pub(super) fn name(&self, id: &ComputerId) -> Found<&str> {
        Ok(found(self.names.get(id))?.map(String::as_str))
    }

    /// Returns a user. One whose record is kept under the role `DELETED` is none any more.
    pub(super) fn member(&self, id: &UserId) -> Found<&wire::TeamMember> {
        Ok(found(self.members.get(id))?.filter(|member| !is_deleted(member)))
    }

    /// Tells whether a computer or a user is in a group.
    pub(super) fn is_in(&self, member: &Member, group: &GroupId) -> Found<bool> {
        let groups = match member {
            Member::Computer(_) => &self.of_computers,
            Member::User(_) => &self.of_users,
        };
        let groups = found(groups.get(member.id()))?;
        Ok(groups.map(|groups| groups.contains(group.as_str())))
    }

    /// Returns who has an address, joined or invited.
    pub(super) fn with_address(&self, email: &str) -> Result<Vec<&wire::TeamMember>> {
        let everyone = self.everyone.as_ref().ok_or_else(unread)?.as_ref();
        Ok(with_address(everyone.map_err(Clone::clone)?, email).collect())
    }

    /// Returns the groups of a user who was found by address.
    pub(super) fn groups_of(&self, member: &wire::TeamMember) -> Found<&HashSet<String>> {
        match member.key() {
            Some(id) => found(self.of_users.get(id)),
            None => Ok(None),
        }
    }
}

async fn names(reads: &Reads, wanted: &Wanted, lists: &Lists) -> HashMap<ComputerId, Found<String>> {
    let listed = |id: &ComputerId| {
        let name = in_list(lists.names.as_ref(), |names| names.get(id.as_str()).cloned());
        if name.is_some() {
            // The version that was read before this list does not stand for what the list shows.
            reads.connection.versions.learn(id, None);
        }
        name
    };
    look(&wanted.names, listed, |id: ComputerId| async move {
        let entry = present(reads.read_entry(&id).await)?;
        Ok(entry.map(|entry| entry.name.unwrap_or_default()))
    })
    .await
}

async fn members(reads: &Reads, wanted: &Wanted, lists: &Lists) -> HashMap<UserId, Found<wire::TeamMember>> {
    let by_id = lists.members.as_ref().map(|members| {
        let members = members.as_ref().map_err(Clone::clone)?;
        let keyed = members.iter().filter_map(|member| Some((member.key()?, member)));
        Ok(keyed.collect::<HashMap<_, _>>())
    });
    let listed = |id: &UserId| {
        in_list(by_id.as_ref(), |members| {
            members.get(id.as_str()).copied().cloned()
        })
    };
    look(&wanted.members, listed, |id: UserId| async move {
        let member = present(reads.read_member(&id).await)?;
        Ok(member.map(|member| member.value))
    })
    .await
}

async fn of_computers(
    reads: &Reads,
    asked: &Asked,
    lists: &Lists,
) -> HashMap<String, Found<HashSet<String>>> {
    let there = lists.names.as_ref().map(|names| {
        let names = names.as_ref().map_err(Clone::clone)?;
        Ok(names.keys().map(String::as_str).collect())
    });
    memberships(
        asked,
        there,
        lists.of_computers.as_ref(),
        |id: String| async move {
            let groups = present(reads.memberships_of_entry(&ComputerId::new(id)).await)?;
            Ok(groups.map(|groups| ids(&groups)))
        },
    )
    .await
}

async fn of_users(reads: &Reads, asked: &Asked, lists: &Lists) -> HashMap<String, Found<HashSet<String>>> {
    let there = lists.members.as_ref().map(|members| {
        let members = members.as_ref().map_err(Clone::clone)?;
        Ok(members.iter().filter_map(Listed::key).collect())
    });
    memberships(asked, there, lists.of_users.as_ref(), |id: String| async move {
        let groups = present(reads.memberships_of_member(&UserId::new(id)).await)?;
        Ok(groups.map(|groups| ids(&groups)))
    })
    .await
}

/// Answers what each of some computers or users is in, from the lists where they tell.
async fn memberships<F>(
    asked: &Asked,
    there: Option<Result<HashSet<&str>>>,
    rosters: Option<&Result<Rosters>>,
    read: impl Fn(String) -> F,
) -> HashMap<String, Found<HashSet<String>>>
where
    F: Future<Output = Found<HashSet<String>>>,
{
    // A key may be allowed to see groups, and not who is in the team.
    let there = there.filter(|there| !matches!(there, Err(error) if error.kind == Kind::Permission));
    let listed = |id: &String| match in_list(there.as_ref(), |there| there.get(id.as_str()).copied())? {
        Ok(_) => in_list(rosters, |rosters| rosters.of_member(id, &asked[id])),
        Err(error) => Some(Err(error)),
    };
    let all: Vec<String> = asked.keys().cloned().collect();
    look(&all, listed, read).await
}

/// Finds what a list tells of something; nothing where there is no list, or it tells nothing.
fn in_list<L, T>(list: Option<&Result<L>>, tell: impl FnOnce(&L) -> Option<T>) -> Option<Result<T>> {
    match list? {
        Ok(list) => tell(list).map(Ok),
        Err(error) => Some(Err(error.clone())),
    }
}

/// Looks for each of some things where they are listed, and reads by itself what is not.
async fn look<K, T, F>(
    all: &[K],
    listed: impl Fn(&K) -> Option<Result<T>>,
    read: impl Fn(K) -> F,
) -> HashMap<K, Found<T>>
where
    K: Clone + Eq + Hash,
    F: Future<Output = Found<T>>,
{
    let mut known = HashMap::with_capacity(all.len());
    let mut rest = Vec::new();
    for key in all {
        match listed(key) {
            Some(answer) => {
                known.insert(key.clone(), answer.map(Some));
            }
            None => rest.push(key.clone()),
        }
    }
    let answers = at_once::each(&rest, |key| read(key.clone())).await;
    known.extend(rest.into_iter().zip(answers));
    known
}

fn ids(groups: &[wire::Group]) -> HashSet<String> {
    groups.iter().filter_map(Listed::key).map(str::to_owned).collect()
}

/// Takes "not found" for an answer.
pub(super) fn present<T>(read: Result<T>) -> Found<T> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(Error {
            kind: Kind::NotFound, ..
        }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn found<T>(found: Option<&Found<T>>) -> Found<&T> {
    let found = found.ok_or_else(unread)?.as_ref();
    Ok(found.map_err(Clone::clone)?.as_ref())
}

/// Says that a change came for which nothing was read: better than to take that for "not there".
fn unread() -> Error {
    Error::new(Kind::Vendor, "nothing was read to compare the change with")
}
