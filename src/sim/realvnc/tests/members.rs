//! Members: listed, invited, given other roles, removed.

use serde_json::json;

use super::Team;
use crate::sim::realvnc::Role;

#[tokio::test]
async fn a_member_is_read_with_the_version_that_the_list_tells_too() {
    let team = Team::start().await;
    let id = team.plain_member();
    let answer = team.get(&format!("/1.0/members/{id}")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["etag"], answer.header("etag").unwrap());
    assert_eq!(answer.json()["state"], "JOINED");
}

#[tokio::test]
async fn the_list_is_of_those_who_joined_unless_the_invited_ones_are_asked_for() {
    let team = Team::start().await;
    let (joined, _) = team.walk("/1.0/members", "members").await;
    let (invited, _) = team.walk("/1.0/members?state=INVITED", "members").await;
    assert!(joined.iter().all(|m| m["state"] == "JOINED"));
    assert!(invited.iter().all(|m| m["state"] == "INVITED"));
    assert!(invited.len() >= 5);
    assert_eq!(joined.len() + invited.len(), team.running.world().members().len());
    assert_eq!(team.get("/1.0/members?state=GONE").await.status, 400);
}

#[tokio::test]
async fn a_role_asks_for_at_least_that_role() {
    let team = Team::start().await;
    let count = async |role: &str| {
        let (members, _) = team.walk(&format!("/1.0/members?role={role}"), "members").await;
        members.len()
    };
    assert_eq!(count("OWNER").await, 1);
    assert_eq!(count("ADMIN").await, 3);
    assert_eq!(count("MANAGER").await, 7);
    assert_eq!(count("TECHNICIAN").await, 9);
    let (all, _) = team.walk("/1.0/members", "members").await;
    assert_eq!(count("USER").await, all.len() - 1, "all but the deleted one");
    assert_eq!(count("DELETED").await, all.len());
    assert_eq!(team.get("/1.0/members?role=BOSS").await.status, 400);
}

#[tokio::test]
async fn an_invitation_is_a_200_with_version_and_place() {
    let team = Team::start().await;
    let body = json!({ "email": "new.hire@kestrel.example", "roles": ["USER", "MANAGER"] });
    let answer = team.post("/1.0/members", body).await;
    assert_eq!(answer.status, 200);
    let member = answer.json();
    assert_eq!(
        (&member["state"], &member["roles"]),
        (&json!("INVITED"), &json!(["MANAGER", "USER"]))
    );
    let read = team.get(answer.header("location").unwrap()).await;
    assert_eq!(read.json(), member);
    assert_eq!(read.header("etag"), answer.header("etag"));
}

#[tokio::test]
async fn inviting_somebody_again_renews_the_invitation_and_a_member_cannot_be_invited() {
    let team = Team::start().await;
    let invite = async |email: &str| {
        team.post("/1.0/members", json!({ "email": email, "roles": ["USER"] }))
            .await
    };
    let first = invite("new.hire@kestrel.example").await.json();
    let again = invite("New.Hire@kestrel.example").await;
    assert_eq!((again.status, &again.json()["id"]), (200, &first["id"]));
    assert_ne!(again.json()["etag"], first["etag"]);
    assert_eq!(invite("anna.berger@kestrel.example").await.status, 400);
}

#[tokio::test]
async fn an_invitation_that_is_not_as_it_should_be_is_refused() {
    let team = Team::start().await;
    let world = team.running.world();
    let cases = [
        (400, json!({ "email": "no-at-sign", "roles": ["USER"] })),
        (400, json!({ "email": "a b@c.example", "roles": ["USER"] })),
        (400, json!({ "email": "a@b.example", "roles": [] })),
        (400, json!({ "email": "a@b.example", "roles": ["USER", "USER"] })),
        (400, json!({ "email": "a@b.example", "roles": ["user"] })),
        (400, json!({ "email": "a@b.example", "roles": ["DELETED"] })),
        (400, json!({ "email": "a@b.example", "roles": "USER" })),
        (400, json!({ "email": "a@b.example" })),
        (
            400,
            json!({ "email": "a@b.example", "roles": ["USER"], "groups": [] }),
        ),
        (403, json!({ "email": "a@b.example", "roles": ["ADMIN"] })),
        (403, json!({ "email": "a@b.example", "roles": ["USER", "OWNER"] })),
    ];
    for (status, body) in cases {
        assert_eq!(
            team.post("/1.0/members", body.clone()).await.status,
            status,
            "{body}"
        );
    }
    assert_eq!(team.running.world(), world);
}

#[tokio::test]
async fn new_roles_replace_the_old_ones_and_make_a_new_version() {
    let team = Team::start().await;
    let target = format!("/1.0/members/{}", team.plain_member());
    let before = team.get(&target).await;
    let roles = json!({ "roles": ["TECHNICIAN"] });
    let answer = team.patch(&target, before.header("etag"), roles.clone()).await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    let after = team.get(&target).await;
    assert_eq!(after.json()["roles"], json!(["TECHNICIAN"]));
    assert_eq!(after.header("etag"), answer.header("etag"));
    assert_ne!(after.header("etag"), before.header("etag"));
    assert_eq!(
        team.patch(&target, before.header("etag"), roles).await.status,
        412
    );
}

#[tokio::test]
async fn new_roles_need_a_version_and_sound_roles() {
    let team = Team::start().await;
    let target = format!("/1.0/members/{}", team.plain_member());
    let etag = team.get(&target).await.header("etag").unwrap().to_owned();
    let world = team.running.world();
    assert_eq!(
        team.patch(&target, None, json!({ "roles": ["USER"] }))
            .await
            .status,
        428
    );
    for (status, body) in [
        (400, json!({ "roles": ["KING"] })),
        (400, json!({ "roles": [] })),
        (400, json!({ "role": ["USER"] })),
        (403, json!({ "roles": ["ADMIN"] })),
    ] {
        assert_eq!(
            team.patch(&target, Some(&etag), body.clone()).await.status,
            status,
            "{body}"
        );
    }
    assert_eq!(team.running.world(), world);
}

#[tokio::test]
async fn owner_and_admins_are_neither_changed_nor_removed() {
    let team = Team::start().await;
    let world = team.running.world();
    let protected = world
        .members()
        .iter()
        .filter(|m| m.roles.contains(&Role::Owner) || m.roles.contains(&Role::Admin));
    for member in protected {
        let target = format!("/1.0/members/{}", member.id);
        let etag = team.get(&target).await.header("etag").unwrap().to_owned();
        let answer = team
            .patch(&target, Some(&etag), json!({ "roles": ["USER"] }))
            .await;
        assert_eq!(answer.status, 403);
        assert_eq!(team.delete(&target).await.status, 403);
    }
    assert_eq!(team.running.world(), world);
}

#[tokio::test]
async fn a_removed_member_is_gone_from_the_team_and_its_groups() {
    let team = Team::start().await;
    let id = team.plain_member();
    team.put(&format!(
        "/1.0/members/{id}/groups/{}",
        team.user_group("Nobody yet")
    ))
    .await;
    let target = format!("/1.0/members/{id}");
    assert_eq!(team.delete(&target).await.status, 204);
    assert_eq!(team.get(&target).await.status, 404);
    assert_eq!(team.delete(&target).await.status, 404);
    assert!(team.running.world().groups_of(&id).is_empty());
}
