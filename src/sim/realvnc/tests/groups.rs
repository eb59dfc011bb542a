//! Groups: listed, read, joined and left.

use serde_json::json;

use super::Team;

#[tokio::test]
async fn a_list_of_groups_has_their_versions_and_members() {
    let team = Team::start().await;
    for (target, empty) in [
        ("/1.0/entryGroups", "Spare pool"),
        ("/1.0/userGroups", "Nobody yet"),
    ] {
        let groups = team.get(target).await.json();
        let groups = groups["groups"].as_array().unwrap();
        assert!(groups.len() >= 8, "{target}");
        for group in groups {
            assert!(group["etag"].as_str().unwrap().starts_with('"'));
            assert!(group["lastModifiedAt"].is_i64());
            assert_eq!(group.get("members").is_none(), group["name"] == empty, "{group}");
        }
    }
}

#[tokio::test]
async fn a_single_group_has_members_in_the_form_of_users_and_no_id() {
    let team = Team::start().await;
    let servers = team.entry_group("Servers");
    let group = team.get(&format!("/1.0/entryGroups/{servers}")).await.json();
    assert_eq!(group["name"], "Servers");
    assert!(group.get("id").is_none() && group.get("etag").is_none());
    assert!(group["members"][0]["id"].as_str().unwrap().len() == 32);

    let staff = team.user_group("All staff");
    let group = team.get(&format!("/1.0/userGroups/{staff}")).await.json();
    let members = group["members"].as_array().unwrap();
    assert!(members.iter().any(|m| m["email"].is_string()));
    assert!(members.iter().any(|m| m["idpUserDisplayId"].is_string()));
}

#[tokio::test]
async fn putting_an_entry_into_a_group_twice_is_the_same_as_once() {
    let team = Team::start().await;
    let (entry, group) = (team.entry("KIOSK-1"), team.entry_group("Spare pool"));
    let target = format!("/1.0/entries/{entry}/groups/{group}");
    assert_eq!(team.put(&target).await.status, 204);
    let world = team.running.world();
    assert_eq!(world.groups_of(&entry), ["Spare pool"]);
    assert_eq!(team.put(&target).await.status, 204);
    assert_eq!(
        team.running.world(),
        world,
        "the second time nothing changes, versions included"
    );
    let groups = team.get(&format!("/1.0/entries/{entry}/groups")).await.json();
    assert_eq!(groups["groups"][0]["name"], "Spare pool");
    assert_eq!(groups["groups"][0]["members"], json!([entry]));
}

#[tokio::test]
async fn a_group_has_a_new_version_after_each_change() {
    let team = Team::start().await;
    let target = format!(
        "/1.0/entries/{}/groups/{}",
        team.entry("KIOSK-1"),
        team.entry_group("Spare pool")
    );
    let version = || {
        let world = team.running.world();
        let group = world
            .entry_groups()
            .iter()
            .find(|g| g.name == "Spare pool")
            .unwrap();
        group.version
    };
    let first = version();
    team.put(&target).await;
    assert_eq!(version(), first + 1);
    team.delete(&format!("{target}?defaultAccess=NO_ONE")).await;
    assert_eq!(version(), first + 2);
}

#[tokio::test]
async fn leaving_a_group_needs_a_word_on_who_may_connect_then() {
    let team = Team::start().await;
    let target = format!(
        "/1.0/entries/{}/groups/{}",
        team.entry("KIOSK-1"),
        team.entry_group("Spare pool")
    );
    team.put(&target).await;
    let world = team.running.world();
    for query in [
        "",
        "?defaultAccess=",
        "?defaultAccess=everyone",
        "?default=NO_ONE",
    ] {
        assert_eq!(
            team.delete(&format!("{target}{query}")).await.status,
            400,
            "{query}"
        );
    }
    assert_eq!(team.running.world(), world);
}

#[tokio::test]
async fn everyone_gets_in_only_when_the_last_permission_went_and_it_was_asked_for() {
    let team = Team::start().await;
    let entry = team.entry("KIOSK-1");
    // It has no group, so everyone may connect: that is the demo's default.
    team.running
        .edit(|w| w.change_entry(&entry, |e| e.everyone = false));
    let (one, two) = (team.entry_group("Spare pool"), team.entry_group("Lab"));
    let path = |group: &str| format!("/1.0/entries/{entry}/groups/{group}");
    let everyone = |group: &str| format!("{}?defaultAccess=EVERYONE", path(group));
    team.put(&path(&one)).await;
    team.put(&path(&two)).await;

    let answer = team.delete(&everyone(&one)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({ "addedEveryonePermission": false }),
        "one group is left"
    );
    let answer = team.delete(&everyone(&two)).await;
    assert_eq!(answer.json(), json!({ "addedEveryonePermission": true }));
    assert!(team.running.world().find_entry(&entry).unwrap().everyone);

    team.put(&path(&one)).await;
    let answer = team.delete(&everyone(&one)).await;
    assert_eq!(
        answer.json(),
        json!({ "addedEveryonePermission": false }),
        "everyone was in before"
    );

    team.running
        .edit(|w| w.change_entry(&entry, |e| e.everyone = false));
    team.put(&path(&one)).await;
    let answer = team.delete(&format!("{}?defaultAccess=NO_ONE", path(&one))).await;
    assert_eq!((answer.status, answer.json()), (200, json!({})));
    assert!(!team.running.world().find_entry(&entry).unwrap().everyone);
    assert_eq!(
        team.delete(&everyone(&one)).await.status,
        404,
        "it is not in the group any more"
    );
}

#[tokio::test]
async fn a_member_joins_and_leaves_a_group() {
    let team = Team::start().await;
    let (user, group) = (team.plain_member(), team.user_group("Nobody yet"));
    let target = format!("/1.0/members/{user}/groups/{group}");
    assert_eq!(team.put(&target).await.status, 204);
    assert_eq!(team.put(&target).await.status, 204);
    let groups = team.get(&format!("/1.0/members/{user}/groups")).await.json();
    let names: Vec<_> = groups["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|g| &g["name"])
        .collect();
    assert!(names.contains(&&json!("Nobody yet")));
    let answer = team.delete(&target).await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(team.delete(&target).await.status, 404);
    assert!(!team.running.world().groups_of(&user).contains(&"Nobody yet"));
}
