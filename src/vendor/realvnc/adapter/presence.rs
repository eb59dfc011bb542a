//! Who is connected: a list of servers, and what it says of computers. An entry names its server; presence names no entry.

use std::collections::HashMap;

use crate::fleet::{Computer, ComputerId, Error, Kind, Listing, Loaded, Presence, Result, ServerId};
use crate::vendor::nameless::with_ids;

use super::super::pages::Listed;
use super::super::{EntryPresence, Reads, wire};
use super::records;

/// Lists the servers; with `computers`, each with the computer that it runs on.
pub(super) async fn list(reads: &Reads, computers: bool) -> Result<Listing<Presence>> {
    let presence = EntryPresence::default();
    let items = reads.list_entry_presence(&presence);
    if !computers {
        return Ok(listing(&items.await?));
    }
    let (items, entries) = tokio::try_join!(items, entries_if_granted(reads))?;
    let mut listing = listing(&items);
    let (entries, warning) = entries;
    join_computers(&mut listing, &entries);
    listing.warnings.extend(warning);
    Ok(listing)
}

/// Makes the list of the vendor's records.
pub(super) fn listing(items: &[wire::PresenceItem]) -> Listing<Presence> {
    with_ids(items, "server", records::presence)
}

/// Reads presence, or a warning where it is refused: a computer is worth listing without it.
pub(super) async fn if_granted(reads: &Reads) -> Result<(Vec<wire::PresenceItem>, Option<String>)> {
    let read = reads.list_entry_presence(&EntryPresence::default()).await;
    or_warning(read, "it is not known which computers are online")
}

/// Reads the entries, or a warning where that is refused: who is connected is worth knowing without their ids.
async fn entries_if_granted(reads: &Reads) -> Result<(Vec<wire::Entry>, Option<String>)> {
    let read = reads.list_entries().await;
    or_warning(read, "it is not known which computers these servers are on")
}

fn or_warning<T>(read: Result<Vec<T>>, lost: &str) -> Result<(Vec<T>, Option<String>)> {
    match read {
        Ok(items) => Ok((items, None)),
        Err(refused) if refused.kind == Kind::Permission => {
            let Error { message, hint, .. } = refused;
            let hint = hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
            Ok((Vec::new(), Some(format!("{lost}: {message}{hint}"))))
        }
        Err(error) => Err(error),
    }
}

/// Says of each computer whether its server is connected.
pub(super) fn join(listing: &mut Listing<Computer>, presence: Listing<Presence>) {
    let online: HashMap<_, _> = presence
        .items
        .into_iter()
        .map(|p| (p.id, p.status.and_then(|status| status.is_online())))
        .collect();
    for computer in &mut listing.items {
        let known = computer.server.as_ref().and_then(|server| online.get(server));
        computer.online = Loaded::Yes(known.copied().flatten());
    }
    listing.warnings.extend(presence.warnings);
}

/// Says of each server which computer it runs on: the one that names it, where only one does.
fn join_computers(listing: &mut Listing<Presence>, entries: &[wire::Entry]) {
    let mut of_server: HashMap<ServerId, Option<ComputerId>> = HashMap::new();
    for entry in entries {
        let (Some(id), Some(server)) = (entry.key(), &entry.server_id) else {
            continue;
        };
        let id = ComputerId::new(id);
        of_server
            .entry(ServerId::new(server))
            .and_modify(|known| {
                if known.as_ref() != Some(&id) {
                    *known = None;
                }
            })
            .or_insert_with(|| Some(id.clone()));
    }
    for presence in &mut listing.items {
        presence.computer = Loaded::Yes(of_server.get(&presence.id).cloned().flatten());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    fn entry((id, server): (&str, Option<&str>)) -> wire::Entry {
        from_value(json!({ "entryId": id, "serverId": server })).unwrap()
    }

    fn servers(items: Value) -> Listing<Presence> {
        listing(&from_value::<Vec<wire::PresenceItem>>(items).unwrap())
    }

    #[test]
    fn presence_is_joined_by_server() {
        let servers = servers(json!([
            {"serverId": "s1", "status": "ONLINE"},
            {"serverId": "s2", "status": "OFFLINE"},
            {"serverId": "s3", "status": "DREAMING"},
            {"status": "ONLINE"},
        ]));
        let entries = [
            ("e1", Some("s1")),
            ("e2", Some("s2")),
            ("e3", Some("s3")),
            ("e4", Some("s4")),
            ("s1", None),
        ];
        let computers = entries.map(|(id, server)| records::computer(id, &entry((id, server)), "acme"));
        let mut listing = Listing::of(computers.into());
        join(&mut listing, servers);
        let online: Vec<_> = listing.items.iter().map(|c| *c.online.get().unwrap()).collect();
        assert_eq!(online, [Some(true), Some(false), None, None, None]);
        assert!(listing.warnings[0].starts_with("1 server has no id"));
    }

    #[test]
    fn a_server_is_on_the_only_computer_that_names_it() {
        let mut listing = servers(json!([
            {"serverId": "s1"}, {"serverId": "s2"}, {"serverId": "s3"}, {"serverId": "e4"},
        ]));
        assert!(listing.items.iter().all(|p| p.computer.get().is_none()));
        let entries = [
            ("e1", Some("s1")),
            ("e2", Some("s2")),
            ("e3", Some("s2")),
            ("e5", Some("s2")),
            ("e4", None),
            // The same entry on two pages is one entry.
            ("e1", Some("s1")),
        ];
        join_computers(&mut listing, &entries.map(entry));
        let ids = listing.items.iter().map(|p| p.computer.get().unwrap().as_ref());
        let ids: Vec<_> = ids.map(|id| id.map(ComputerId::as_str)).collect();
        assert_eq!(ids, [Some("e1"), None, None, None]);
    }
}
