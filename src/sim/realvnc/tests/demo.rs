//! What is in the demo team, for whoever counts on it.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{day, options};
use crate::sim::realvnc::seed::world;
use crate::sim::realvnc::{Entry, Role, Server, World, profile_toml};

fn demo() -> World {
    world(1, day(), 200)
}

fn seen(entry: &Entry) -> Option<Timestamp> {
    entry.last_seen.as_ref()?.parse().ok()
}

#[test]
fn the_same_seed_and_day_make_the_same_team() {
    assert_eq!(world(1, day(), 200), demo());
    let other = world(2, day(), 200);
    assert_ne!(other.access_key, demo().access_key);
    assert_ne!(other.entries(), demo().entries());
}

#[test]
fn another_day_makes_the_same_computers_seen_as_long_ago() {
    let later = day() + jiff::SignedDuration::from_hours(24);
    let names = |w: &World| w.entries().iter().map(|e| e.name.clone()).collect::<Vec<_>>();
    let tomorrow = world(1, later, 200);
    assert_eq!(names(&tomorrow), names(&demo()));
    let find = |w: &World| seen(w.entries_named("backup-vault").next().unwrap()).unwrap();
    assert_eq!(
        find(&tomorrow).duration_since(find(&demo())),
        later.duration_since(day())
    );
}

#[test]
fn about_a_dozen_computers_are_stale_and_none_of_them_is_online() {
    let world = demo();
    let edge = day() - jiff::SignedDuration::from_hours(90 * 24);
    let stale: Vec<&Entry> = world
        .entries()
        .iter()
        .filter(|e| seen(e).is_some_and(|at| at < edge && at > Timestamp::UNIX_EPOCH))
        .collect();
    assert!((10..=16).contains(&stale.len()), "{}", stale.len());
    assert!(
        stale
            .iter()
            .all(|e| e.presence.as_ref().is_none_or(|p| !p.online))
    );
}

#[test]
fn some_computers_were_never_seen_and_some_clocks_are_wrong() {
    let world = demo();
    let absent = world.entries().iter().filter(|e| e.last_seen.is_none()).count();
    assert_eq!(absent, 5);
    let of = |name| world.entries_named(name).next().unwrap();
    assert_eq!(of("training-08").last_seen.as_deref(), Some(""));
    assert_eq!(seen(of("museum-piece")), Some(Timestamp::UNIX_EPOCH));
    assert!(seen(of("clock-trouble")).unwrap() > day());
}

#[test]
fn about_four_in_ten_computers_are_online() {
    let world = demo();
    let online = world
        .entries()
        .iter()
        .filter(|e| e.presence.as_ref().is_some_and(|p| p.online))
        .count();
    assert!((65..=95).contains(&online), "{online}");
}

#[test]
fn duplicates_come_in_several_certainties() {
    let world = demo();
    let mut by_mac: HashMap<&str, Vec<&Entry>> = HashMap::new();
    let mut by_host: HashMap<&str, Vec<&Entry>> = HashMap::new();
    for entry in world.entries() {
        let Some(data) = &entry.data else { continue };
        for mac in &data.mac_addrs {
            by_mac.entry(mac).or_default().push(entry);
        }
        if let Some(host) = &data.machine_name {
            by_host.entry(host).or_default().push(entry);
        }
    }
    let mut shared: Vec<usize> = by_mac.values().map(Vec::len).filter(|n| *n > 1).collect();
    shared.sort_unstable();
    assert_eq!(
        shared,
        [2, 2, 3, 4],
        "two pairs, one of three, and the docking station"
    );
    let dock = by_mac.values().find(|set| set.len() == 4).unwrap();
    assert!(dock.iter().all(|e| e.data.as_ref().unwrap().mac_addrs.len() == 2));
    let same_host: Vec<_> = by_host.values().filter(|set| set.len() > 1).collect();
    let disjoint = same_host.iter().filter(|set| {
        let macs = |e: &Entry| e.data.as_ref().unwrap().mac_addrs.clone();
        let (a, b) = (macs(set[0]), macs(set[1]));
        !a.is_empty() && !b.is_empty() && !a.iter().any(|m| b.contains(m))
    });
    assert_eq!(disjoint.count(), 1, "two machines from one image");
    assert_eq!(same_host.len(), 5);
}

#[test]
fn names_of_strangers_are_in_the_team() {
    let world = demo();
    for name in [
        "Büro-Zürich-02",
        "東京-受付-01",
        "printer-room \u{1b}[31mred\u{1b}[0m\u{7}",
        "Dock 4, north gate",
    ] {
        assert_eq!(world.entries_named(name).count(), 1, "{name:?}");
    }
    let rooms: Vec<_> = world.entries_named("Meeting Room").collect();
    assert_eq!(rooms.len(), 2);
    assert_ne!(rooms[0].data, rooms[1].data);
}

#[test]
fn groups_are_several_and_one_is_empty_and_one_has_a_comma() {
    let world = demo();
    assert_eq!(world.entry_groups().len(), 9);
    assert!(
        world
            .entry_groups()
            .iter()
            .any(|g| g.name.contains(',') && !g.members.is_empty())
    );
    assert_eq!(
        world
            .entry_groups()
            .iter()
            .filter(|g| g.members.is_empty())
            .count(),
        1
    );
    let ungrouped = world
        .entries()
        .iter()
        .filter(|e| world.groups_of(&e.id).is_empty())
        .count();
    assert!((20..=60).contains(&ungrouped), "{ungrouped}");
}

#[test]
fn people_have_all_roles_and_one_has_no_email_address() {
    let world = demo();
    assert_eq!(world.members().len(), 30);
    for role in Role::ALL {
        assert!(
            world.members().iter().any(|m| m.roles.contains(&role)),
            "{role:?}"
        );
    }
    assert_eq!(world.members().iter().filter(|m| m.email.is_none()).count(), 1);
}

#[test]
fn the_audit_log_spans_30_days_and_some_events_share_a_millisecond() {
    let world = demo();
    let events = world.events();
    assert!((300..=600).contains(&events.len()), "{}", events.len());
    assert!(
        events
            .windows(2)
            .filter(|w| w[0].timestamp == w[1].timestamp)
            .count()
            >= 5
    );
    let (first, last) = (events[0].timestamp, events.last().unwrap().timestamp);
    assert!(first >= day().as_millisecond() - 30 * 86_400_000 && last < day().as_millisecond());
    for kind in [
        "connection_start",
        "connection_end",
        "user_invited",
        "cloud_token_created",
    ] {
        assert!(events.iter().any(|e| e.event_type == kind), "{kind}");
    }
}

#[test]
fn teams_of_any_size_can_be_made() {
    for size in [0, 1, 40, 10_000] {
        let world = world(1, day(), size);
        assert_eq!(world.entries().len(), size);
        let ids: std::collections::HashSet<_> = world.entries().iter().map(|e| &e.id).collect();
        assert_eq!(ids.len(), size);
    }
}

#[tokio::test]
async fn the_printed_profile_leads_to_the_server() {
    let running = Server::start(options()).await.unwrap();
    let text = profile_toml(&running);
    assert_eq!(
        text,
        format!(
            "[profiles.demo]\nvendor = \"realvnc\"\nurl = \"{}\"\n\
             access_key = \"env:DESKHAND_DEMO_KEY_ID,DESKHAND_DEMO_KEY\"\n",
            running.base_url()
        )
    );
    running.shutdown().await;
}
