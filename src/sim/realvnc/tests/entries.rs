//! Entries: read, renamed, removed.

use serde_json::json;

use super::Team;
use crate::sim::realvnc::Entry;

#[tokio::test]
async fn an_entry_is_read_with_its_version() {
    let team = Team::start().await;
    let id = team.entry("Büro-Zürich-02");
    let answer = team.get(&format!("/1.0/entries/{id}")).await;
    let entry = answer.json();
    assert_eq!(entry["name"], "Büro-Zürich-02");
    assert_eq!(entry["entryId"], id);
    assert_eq!(entry["data"]["machineName"], "b-ro-z-rich-02.kestrel.example");
    assert!(answer.header("etag").unwrap().starts_with('"'));
}

#[tokio::test]
async fn what_an_entry_does_not_have_is_left_out() {
    let team = Team::start().await;
    let direct = team
        .get(&format!("/1.0/entries/{}", team.entry("pump-house")))
        .await
        .json();
    let members: Vec<&String> = direct.as_object().unwrap().keys().collect();
    assert_eq!(members, ["entryId", "host", "name"]);
    assert_eq!(direct["host"], "172.16.1.1::5901");
    let phone = team
        .get(&format!("/1.0/entries/{}", team.entry("Omar's iPhone")))
        .await
        .json();
    assert!(phone["data"].get("macAddrs").is_none());
}

#[tokio::test]
async fn a_rename_changes_name_and_version_and_is_logged() {
    let team = Team::start().await;
    let id = team.entry("KIOSK-10");
    let target = format!("/1.0/entries/{id}");
    let before = team.get(&target).await;
    let answer = team
        .patch(&target, before.header("etag"), json!({ "name": "Küche — 2" }))
        .await;
    assert_eq!(
        (answer.status, &answer.json()["name"]),
        (200, &json!("Küche — 2"))
    );
    assert_ne!(answer.header("etag"), before.header("etag"));
    assert_eq!(answer.header("etag"), team.get(&target).await.header("etag"));
    let world = team.running.world();
    let event = world.events().last().unwrap();
    assert_eq!(event.event_type, "entry_renamed");
    assert_eq!(event.event_body["from"], "KIOSK-10");
    assert!(world.entries().is_sorted_by_key(Entry::place));
}

#[tokio::test]
async fn a_rename_needs_no_version_but_a_stale_one_is_a_412() {
    let team = Team::start().await;
    let target = format!("/1.0/entries/{}", team.entry("KIOSK-10"));
    let etag = team.get(&target).await.header("etag").unwrap().to_owned();
    assert_eq!(
        team.patch(&target, None, json!({ "name": "KIOSK-11" }))
            .await
            .status,
        200
    );
    for stale in [etag.as_str(), "*", "\"0\"", etag.trim_matches('"')] {
        let answer = team
            .patch(&target, Some(stale), json!({ "name": "KIOSK-12" }))
            .await;
        assert_eq!(answer.status, 412, "{stale}");
    }
    assert_eq!(team.get(&target).await.json()["name"], "KIOSK-11");
}

#[tokio::test]
async fn a_name_that_another_entry_has_is_a_409_and_ones_own_is_not() {
    let team = Team::start().await;
    let target = format!("/1.0/entries/{}", team.entry("KIOSK-10"));
    assert_eq!(
        team.patch(&target, None, json!({ "name": "KIOSK-1" }))
            .await
            .status,
        409
    );
    assert_eq!(
        team.patch(&target, None, json!({ "name": "KIOSK-10" }))
            .await
            .status,
        200
    );
    assert_eq!(
        team.patch(&target, None, json!({ "name": "kiosk-1" }))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_rename_that_is_not_as_it_should_be_is_a_400_and_changes_nothing() {
    let team = Team::start().await;
    let target = format!("/1.0/entries/{}", team.entry("KIOSK-10"));
    let world = team.running.world();
    for body in [
        json!({ "name": "$$$" }),
        json!({ "name": "" }),
        json!({ "name": 7 }),
        json!({}),
        json!({ "name": "x", "nmae": "y" }),
    ] {
        assert_eq!(
            team.patch(&target, None, body.clone()).await.status,
            400,
            "{body}"
        );
    }
    assert_eq!(team.running.world(), world);
}

#[tokio::test]
async fn a_removed_entry_is_gone_from_the_team_and_its_groups_and_presence() {
    let team = Team::start().await;
    let id = team.entry("DC-01");
    team.put(&format!(
        "/1.0/entries/{id}/groups/{}",
        team.entry_group("Servers")
    ))
    .await;
    let target = format!("/1.0/entries/{id}");
    let before = team.running.world();
    let answer = team.delete(&target).await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(team.get(&target).await.status, 404);
    assert_eq!(team.delete(&target).await.status, 404);
    let after = team.running.world();
    assert_eq!(after.entries().len(), before.entries().len() - 1);
    assert!(after.groups_of(&id).is_empty());
    let (presence, _) = team.walk("/1.0/presence", "events").await;
    assert!(presence.iter().all(|p| p["serverName"] != "DC-01"));
}
