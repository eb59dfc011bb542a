//! Long lists: pages, order, filters.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Team, day, options};
use crate::sim::realvnc::PageSizes;

async fn team_with_pages(items: usize) -> Team {
    let mut options = options();
    options.pages = PageSizes::all(items);
    Team::with(options).await
}

fn distinct(items: &[Value], member: &str) -> usize {
    items
        .iter()
        .map(|i| i[member].as_str().unwrap())
        .collect::<HashSet<_>>()
        .len()
}

#[tokio::test]
async fn every_walk_meets_every_item_once_whatever_the_size_of_a_page() {
    for size in [1, 2, 7, 50, 1000] {
        let team = team_with_pages(size).await;
        let world = team.running.world();
        let (entries, _) = team.walk("/1.0/entries", "entries").await;
        assert_eq!(
            (entries.len(), distinct(&entries, "entryId")),
            (200, 200),
            "size {size}"
        );

        let (joined, _) = team.walk("/1.0/members?role=DELETED", "members").await;
        let (invited, _) = team.walk("/1.0/members?state=INVITED", "members").await;
        let members = [joined, invited].concat();
        assert_eq!(
            (members.len(), distinct(&members, "id")),
            (world.members().len(), world.members().len())
        );

        let (presence, _) = team.walk("/1.0/presence", "events").await;
        let present = world.entries().iter().filter(|e| e.presence.is_some()).count();
        assert_eq!(
            (presence.len(), distinct(&presence, "serverId")),
            (present, present)
        );
    }
}

#[tokio::test]
async fn lists_are_sorted_by_name_and_by_email_address() {
    let team = Team::start().await;
    let (entries, links) = team.walk("/1.0/entries", "entries").await;
    assert!(entries.is_sorted_by_key(|e| e["name"].as_str().unwrap().to_lowercase()));
    assert_eq!(links.len(), 3, "four pages of 50");
    assert!(links.iter().all(|l| l.ends_with(">; rel=next")), "{links:?}");
    let (members, links) = team.walk("/1.0/members", "members").await;
    assert!(members.is_sorted_by_key(|m| m["email"].as_str().unwrap_or_default().to_lowercase()));
    assert!(links.iter().all(|l| l.ends_with(">; rel=\"next\"")), "{links:?}");
}

#[tokio::test]
async fn entries_are_listed_from_a_prefix_or_an_id() {
    let team = Team::start().await;
    let id = team.entry("KIOSK-10");
    for from in ["KIOSK-10", "kiosk-10", "Kiosk-1%30", &id] {
        let entries = team.get(&format!("/1.0/entries?from={from}")).await.json();
        assert_eq!(entries["entries"][0]["name"], "KIOSK-10", "{from}");
    }
}

#[tokio::test]
async fn entries_that_share_a_name_are_not_lost_between_pages() {
    let team = team_with_pages(1).await;
    let (entries, _) = team.walk("/1.0/entries", "entries").await;
    assert_eq!(entries.iter().filter(|e| e["name"] == "Meeting Room").count(), 2);
}

#[tokio::test]
async fn presence_is_filtered_sorted_and_sized_as_asked() {
    let team = Team::start().await;
    let (online, _) = team.walk("/1.0/presence?status=ONLINE", "events").await;
    let (offline, links) = team
        .walk(
            "/1.0/presence?status=OFFLINE&pageSize=10&lastSeenSort=DESC",
            "events",
        )
        .await;
    assert!(online.iter().all(|p| p["status"] == "ONLINE"));
    assert!(offline.iter().all(|p| p["status"] == "OFFLINE"));
    let seen: Vec<&str> = offline.iter().filter_map(|p| p["lastSeen"].as_str()).collect();
    assert!(seen.len() > 80 && seen.is_sorted_by(|a, b| a >= b));
    assert!(offline.len() > seen.len(), "some have no time");
    assert_eq!(links.len(), offline.len().div_ceil(10) - 1);
    let page = team.get("/1.0/presence?page=1&pageSize=3").await.json();
    assert_eq!(page["events"].as_array().unwrap().len(), 3);
    for bad in [
        "page=-1",
        "page=x",
        "pageSize=0",
        "status=AWAY",
        "lastSeenSort=UP",
    ] {
        assert_eq!(
            team.get(&format!("/1.0/presence?{bad}")).await.status,
            400,
            "{bad}"
        );
    }
}

#[tokio::test]
async fn the_audit_log_is_walked_in_both_directions_without_loss() {
    for size in [1, 3, 100] {
        let team = team_with_pages(size).await;
        let count = team.running.world().events().len();
        let to = day().as_millisecond();
        let (up, links) = team.walk(&format!("/1.0/audit?from=0&to={to}"), "events").await;
        assert!(links.iter().all(|l| l.ends_with("; rel=\"next\"")));
        assert_eq!((up.len(), distinct(&up, "id")), (count, count), "size {size}");
        assert!(up.is_sorted_by_key(|e| e["timestamp"].as_i64().unwrap()));
        let (down, _) = team
            .walk(&format!("/1.0/audit?from=0&to={to}&order=DESC"), "events")
            .await;
        assert_eq!((down.len(), distinct(&down, "id")), (count, count), "size {size}");
        assert!(down.is_sorted_by(|a, b| a["timestamp"].as_i64() >= b["timestamp"].as_i64()));
    }
}

#[tokio::test]
async fn audit_events_are_filtered_by_both_ends_inclusively_and_by_server() {
    let team = Team::start().await;
    let world = team.running.world();
    let event = world
        .events()
        .iter()
        .find(|e| e.rest.contains_key("serverId"))
        .unwrap();
    let (at, server) = (event.timestamp, event.rest["serverId"].as_str().unwrap());
    let (events, _) = team
        .walk(&format!("/1.0/audit?from={at}&to={at}"), "events")
        .await;
    assert!(!events.is_empty() && events.iter().all(|e| e["timestamp"] == at));
    let target = format!("/1.0/audit?from=0&to=9999999999999&serverId={server}");
    let (events, _) = team.walk(&target, "events").await;
    assert!(!events.is_empty() && events.iter().all(|e| e["serverId"] == json!(server)));
}

#[tokio::test]
async fn an_audit_interval_needs_both_ends_in_milliseconds() {
    let team = Team::start().await;
    for bad in [
        "",
        "from=1",
        "to=1",
        "from=&to=1",
        "from=-1&to=1",
        "from=1.5&to=2",
        "from=1&to=12345678901234567",
        "from=2026-11-20&to=1",
        "from=1&to=2&order=up",
    ] {
        assert_eq!(team.get(&format!("/1.0/audit?{bad}")).await.status, 400, "{bad}");
    }
}
