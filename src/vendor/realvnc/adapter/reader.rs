//! Reads the fleet.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::fleet::{
    Answer, Change, Computer, ComputerId, ComputerQuery, ComputerRef, Error, Event, EventQuery, Grant, Group,
    GroupKind, GroupRef, Kind, Listing, Loaded, Presence, Reader, Recollections, Result, Sightings, User,
    UserId, UserState, Vendor,
};

use super::super::check;
use crate::vendor::nameless::with_ids;

use super::super::pages::Listed;
use super::super::{Order, Reads, TeamEvents, wire};
use super::{lacks, observe, presence, recall, records};

/// The category of sessions between people and computers.
const SESSIONS: &str = "SESSION_LOG";

impl Reader for Reads {
    fn vendor(&self) -> Vendor {
        Vendor::RealVnc
    }

    fn lacks(&self, change: &Change) -> Option<Error> {
        lacks::change(change)
    }

    fn check(&self, now: Timestamp) -> Answer<'_, Vec<Grant>> {
        Box::pin(check::check(self, now))
    }

    fn computers<'a>(&'a self, query: &'a ComputerQuery) -> Answer<'a, Listing<Computer>> {
        Box::pin(computers(self, query))
    }

    fn computer<'a>(&'a self, id: &'a ComputerId) -> Answer<'a, Computer> {
        Box::pin(async move {
            let entry = self.read_entry(id).await?;
            Ok(records::computer(id.as_str(), &entry, self.connection.profile()))
        })
    }

    fn recall<'a>(&'a self, computers: &'a [ComputerRef], groups: bool) -> Recollections<'a> {
        Box::pin(recall::recall(self, computers, groups))
    }

    fn computer_groups(&self) -> Answer<'_, Listing<Group>> {
        Box::pin(async {
            let groups = self.list_entry_groups().await?;
            Ok(grouped(&groups, GroupKind::Computers, self.connection.profile()))
        })
    }

    fn groups_of_computer<'a>(&'a self, id: &'a ComputerId) -> Answer<'a, Listing<Group>> {
        Box::pin(async move {
            let groups = self.list_groups_of_entry(id).await?;
            Ok(grouped(&groups, GroupKind::Computers, self.connection.profile()))
        })
    }

    fn users(&self) -> Answer<'_, Listing<User>> {
        Box::pin(users(self))
    }

    fn user_groups(&self) -> Answer<'_, Listing<Group>> {
        Box::pin(async {
            let groups = self.list_user_groups().await?;
            Ok(grouped(&groups, GroupKind::Users, self.connection.profile()))
        })
    }

    fn groups_of_user<'a>(&'a self, id: &'a UserId) -> Answer<'a, Listing<Group>> {
        Box::pin(async move {
            let groups = self.list_member_groups(id).await?;
            Ok(grouped(&groups, GroupKind::Users, self.connection.profile()))
        })
    }

    fn presence(&self, computers: bool) -> Answer<'_, Listing<Presence>> {
        Box::pin(presence::list(self, computers))
    }

    fn events<'a>(&'a self, query: &'a EventQuery) -> Answer<'a, Vec<Event>> {
        Box::pin(async move {
            let filter = TeamEvents {
                from: query.from,
                to: query.to,
                order: Some(Order::Ascending),
                server: None,
            };
            let events = self.get_team_events(&filter).await?;
            let wanted = |e: &&wire::AuditEvent| {
                !query.connections_only || e.event_category.as_deref() == Some(SESSIONS)
            };
            Ok(events.iter().filter(wanted).map(records::event).collect())
        })
    }

    fn observe<'a>(&'a self, changes: &'a [Change]) -> Sightings<'a> {
        Box::pin(observe::observe(self, changes))
    }
}

async fn computers(reads: &Reads, query: &ComputerQuery) -> Result<Listing<Computer>> {
    if query.user.is_some() {
        return Err(Error::new(
            Kind::Unsupported,
            "RealVNC Connect does not assign computers to users, so that they cannot be listed by user",
        )
        .hint("it grants access through groups: list_computers(#{ groups: true })"));
    }
    let groups = async {
        if query.groups {
            reads.list_entry_groups().await.map(Some)
        } else {
            Ok(None)
        }
    };
    let presence = async {
        if query.presence {
            presence::if_granted(reads).await.map(Some)
        } else {
            Ok(None)
        }
    };
    let (entries, groups, presence) = tokio::try_join!(reads.list_entries(), groups, presence)?;

    let profile = reads.connection.profile();
    let mut listing = with_ids(&entries, "computer", |entry| {
        Some(records::computer(entry.key()?, entry, profile))
    });
    if let Some(groups) = groups {
        join_groups(&mut listing, grouped(&groups, GroupKind::Computers, profile));
    }
    if let Some((items, warning)) = presence {
        presence::join(&mut listing, presence::listing(&items));
        listing.warnings.extend(warning);
    }
    Ok(listing)
}

/// Inverts the groups' lists of members: one request for all computers instead of one for each.
fn join_groups(listing: &mut Listing<Computer>, groups: Listing<Group>) {
    let mut of_computer: HashMap<&str, Vec<GroupRef>> = HashMap::new();
    for group in &groups.items {
        for member in &group.members {
            let refs = of_computer.entry(member).or_default();
            if refs.iter().all(|known| known.id != group.id) {
                refs.push(group.to_ref());
            }
        }
    }
    for computer in &mut listing.items {
        computer.groups = Loaded::Yes(of_computer.remove(computer.id.as_str()).unwrap_or_default());
    }
    listing.warnings.extend(groups.warnings);
}

/// Merges the two lists: without being asked for them, the vendor leaves out those who are only invited.
async fn users(reads: &Reads) -> Result<Listing<User>> {
    let (joined, invited) = (UserState::Joined, UserState::Invited);
    let (members, invitations) = tokio::try_join!(
        reads.list_members(Some(&joined), None),
        reads.list_members(Some(&invited), None),
    )?;
    let all: Vec<(&wire::TeamMember, &UserState)> = members
        .iter()
        .map(|member| (member, &joined))
        .chain(invitations.iter().map(|member| (member, &invited)))
        .collect();
    let mut listing = with_ids(&all, "user", |(member, state)| {
        records::user(member, state, reads.connection.profile())
    });
    // Whoever accepts between the two requests is in both lists, and has joined.
    let mut seen = HashSet::new();
    listing.items.retain(|user| seen.insert(user.id.clone()));
    Ok(listing)
}

fn grouped(groups: &[wire::Group], kind: GroupKind, profile: &str) -> Listing<Group> {
    with_ids(groups, &kind.to_string(), |group| {
        records::group(group, kind, profile)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn computer(id: &str) -> Computer {
        let entry = json!({ "entryId": id });
        records::computer(id, &serde_json::from_value(entry).unwrap(), "acme")
    }

    #[test]
    fn the_groups_of_each_computer_come_from_the_groups_own_lists() {
        let mut listing = Listing::of(vec![computer("e1"), computer("e2")]);
        let groups: Vec<wire::Group> = serde_json::from_value(json!([
            {"id": "g1", "name": "A", "members": ["e1", "e1", "gone"]},
            {"id": "g2", "name": "B", "members": ["e1"]},
            {"name": "no id", "members": ["e2"]},
            {"id": "g3"},
        ]))
        .unwrap();
        join_groups(&mut listing, grouped(&groups, GroupKind::Computers, "acme"));
        let names = |c: &Computer| -> Vec<String> {
            c.groups.get().unwrap().iter().map(|g| g.name.clone()).collect()
        };
        assert_eq!(names(&listing.items[0]), ["A", "B"]);
        assert!(names(&listing.items[1]).is_empty());
        assert_eq!(listing.warnings.len(), 1);
    }
}
