//! Reads the fleet.

use std::collections::HashMap;

use crate::fleet::{
    Answer, Change, Computer, ComputerId, ComputerQuery, Error, Event, EventQuery, Group, GroupKind,
    GroupRef, Kind, Listing, Loaded, Observed, Presence, Reader, Result, User, UserId, UserState, Vendor,
};

use super::super::{EntryPresence, Order, Reads, TeamEvents, wire};
use super::{observe, records};

/// The category of sessions between people and computers.
const SESSIONS: &str = "SESSION_LOG";

impl Reader for Reads {
    fn vendor(&self) -> Vendor {
        Vendor::RealVnc
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

    fn computer_groups(&self) -> Answer<'_, Vec<Group>> {
        Box::pin(async {
            Ok(groups(
                &self.list_entry_groups().await?,
                GroupKind::Computers,
                self.connection.profile(),
            ))
        })
    }

    fn groups_of_computer<'a>(&'a self, id: &'a ComputerId) -> Answer<'a, Vec<Group>> {
        Box::pin(async move {
            Ok(groups(
                &self.list_groups_of_entry(id).await?,
                GroupKind::Computers,
                self.connection.profile(),
            ))
        })
    }

    fn users(&self) -> Answer<'_, Listing<User>> {
        Box::pin(users(self))
    }

    fn user_groups(&self) -> Answer<'_, Vec<Group>> {
        Box::pin(async {
            Ok(groups(
                &self.list_user_groups().await?,
                GroupKind::Users,
                self.connection.profile(),
            ))
        })
    }

    fn groups_of_user<'a>(&'a self, id: &'a UserId) -> Answer<'a, Vec<Group>> {
        Box::pin(async move {
            Ok(groups(
                &self.list_member_groups(id).await?,
                GroupKind::Users,
                self.connection.profile(),
            ))
        })
    }

    fn presence(&self) -> Answer<'_, Vec<Presence>> {
        Box::pin(async {
            let items = self.list_entry_presence(&EntryPresence::default()).await?;
            Ok(items.iter().filter_map(records::presence).collect())
        })
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

    fn observe<'a>(&'a self, change: &'a Change) -> Answer<'a, Observed> {
        Box::pin(observe::observe(self, change))
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
            presence_if_granted(reads).await.map(Some)
        } else {
            Ok(None)
        }
    };
    let (entries, groups, presence) = tokio::try_join!(reads.list_entries(), groups, presence)?;

    let mut listing = Listing::of(Vec::with_capacity(entries.len()));
    let total = entries.len();
    for entry in &entries {
        if let Some(id) = entry.entry_id.as_deref().filter(|id| !id.is_empty()) {
            listing
                .items
                .push(records::computer(id, entry, reads.connection.profile()));
        }
    }
    let nameless = total - listing.items.len();
    if nameless > 0 {
        listing.warnings.push(left_out(nameless, "computer"));
    }
    if let Some(groups) = groups {
        join_groups(&mut listing, &groups, reads.connection.profile());
    }
    if let Some((presence, warning)) = presence {
        join_presence(&mut listing, &presence);
        listing.warnings.extend(warning);
    }
    Ok(listing)
}

/// Inverts the groups' lists of members: one request for all computers instead of one for each.
fn join_groups(listing: &mut Listing<Computer>, groups: &[wire::Group], profile: &str) {
    let mut of_computer: HashMap<&str, Vec<GroupRef>> = HashMap::new();
    let mut nameless = 0;
    for group in groups {
        let Some(record) = records::group(group, GroupKind::Computers, profile) else {
            nameless += 1;
            continue;
        };
        for member in group.members.iter().flatten() {
            let refs = of_computer.entry(member).or_default();
            if refs.iter().all(|known| known.id != record.id) {
                refs.push(record.to_ref());
            }
        }
    }
    for computer in &mut listing.items {
        computer.groups = Loaded::Yes(of_computer.remove(computer.id.as_str()).unwrap_or_default());
    }
    if nameless > 0 {
        listing.warnings.push(left_out(nameless, "computer group"));
    }
}

/// Reads presence, or a warning where it is refused: a computer is worth listing without it.
async fn presence_if_granted(reads: &Reads) -> Result<(Vec<wire::PresenceItem>, Option<String>)> {
    match reads.list_entry_presence(&EntryPresence::default()).await {
        Ok(items) => Ok((items, None)),
        Err(refused) if refused.kind == Kind::Permission => {
            let hint = refused.hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
            let message = refused.message;
            let warning = format!("it is not known which computers are online: {message}{hint}");
            Ok((Vec::new(), Some(warning)))
        }
        Err(error) => Err(error),
    }
}

fn join_presence(listing: &mut Listing<Computer>, items: &[wire::PresenceItem]) {
    let online: HashMap<_, _> = items
        .iter()
        .filter_map(records::presence)
        .map(|p| (p.id, p.status.and_then(|status| status.is_online())))
        .collect();
    for computer in &mut listing.items {
        let known = computer.server.as_ref().and_then(|server| online.get(server));
        computer.online = Loaded::Yes(known.copied().flatten());
    }
}

/// Merges the two lists: without being asked for them, the vendor leaves out those who are only invited.
async fn users(reads: &Reads) -> Result<Listing<User>> {
    let states = [UserState::Joined, UserState::Invited];
    let (joined, invited) = tokio::try_join!(
        reads.list_members(Some(&states[0]), None),
        reads.list_members(Some(&states[1]), None),
    )?;
    let mut listing = Listing::of(Vec::with_capacity(joined.len() + invited.len()));
    let mut seen = std::collections::HashSet::new();
    let mut nameless = 0;
    for (state, members) in states.iter().zip([&joined, &invited]) {
        for member in members {
            match records::user(member, state, reads.connection.profile()) {
                // Whoever accepts between the two requests is in both lists, and has joined.
                Some(user) if seen.insert(user.id.clone()) => listing.items.push(user),
                Some(_) => {}
                None => nameless += 1,
            }
        }
    }
    if nameless > 0 {
        listing.warnings.push(left_out(nameless, "user"));
    }
    Ok(listing)
}

/// Groups without an id are left out: neither a script nor a change could name them.
fn groups(groups: &[wire::Group], kind: GroupKind, profile: &str) -> Vec<Group> {
    groups
        .iter()
        .filter_map(|group| records::group(group, kind, profile))
        .collect()
}

fn left_out(count: usize, what: &str) -> String {
    let (plural, verb) = if count == 1 { ("", "has") } else { ("s", "have") };
    format!("{count} {what}{plural} {verb} no id in the vendor's answer and cannot be acted on: left out")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn computer(id: &str, server: Option<&str>) -> Computer {
        let entry = json!({ "entryId": id, "serverId": server });
        records::computer(id, &serde_json::from_value(entry).unwrap(), "acme")
    }

    #[test]
    fn the_groups_of_each_computer_come_from_the_groups_own_lists() {
        let mut listing = Listing::of(vec![computer("e1", None), computer("e2", None)]);
        let groups: Vec<wire::Group> = serde_json::from_value(json!([
            {"id": "g1", "name": "A", "members": ["e1", "e1", "gone"]},
            {"id": "g2", "name": "B", "members": ["e1"]},
            {"name": "no id", "members": ["e2"]},
            {"id": "g3"},
        ]))
        .unwrap();
        join_groups(&mut listing, &groups, "acme");
        let names = |c: &Computer| -> Vec<String> {
            c.groups.get().unwrap().iter().map(|g| g.name.clone()).collect()
        };
        assert_eq!(names(&listing.items[0]), ["A", "B"]);
        assert!(names(&listing.items[1]).is_empty());
        assert_eq!(listing.warnings.len(), 1);
    }

    #[test]
    fn presence_is_joined_by_server() {
        let mut listing = Listing::of(vec![
            computer("e1", Some("s1")),
            computer("e2", Some("s2")),
            computer("e3", Some("s3")),
            computer("e4", Some("s4")),
            computer("s1", None),
        ]);
        let items: Vec<wire::PresenceItem> = serde_json::from_value(json!([
            {"serverId": "s1", "status": "ONLINE"},
            {"serverId": "s2", "status": "OFFLINE"},
            {"serverId": "s3", "status": "DREAMING"},
            {"status": "ONLINE"},
        ]))
        .unwrap();
        join_presence(&mut listing, &items);
        let online: Vec<_> = listing.items.iter().map(|c| *c.online.get().unwrap()).collect();
        assert_eq!(online, [Some(true), Some(false), None, None, None]);
    }
}
