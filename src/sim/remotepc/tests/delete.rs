//! Deletions: 200, and one word for each.

use serde_json::{Value, json};

use super::{Account, bad, message};
use crate::sim::remotepc::{State, World};

async fn delete(account: &Account, active: Value, invited: Value) -> Value {
    let request = json!({ "sub_ids": active, "invited_ids": invited });
    message(&account.post("/user/delete", request).await)
}

fn some(world: &World, state: State) -> String {
    let user = world.users.iter().find(|u| u.state == state && u.deletable);
    user.unwrap().username.clone()
}

#[tokio::test]
async fn active_and_invited_users_go_each_by_the_right_list() {
    let account = Account::start().await;
    let world = account.running.world();
    let (active, invited) = (some(&world, State::Active), some(&world, State::Invited));
    account.running.edit(|world| {
        let id = world.devices[0].machine_id.clone();
        world.change_device(&id, |d| d.assign(&active));
    });
    assert_eq!(
        delete(&account, json!([active]), json!([invited.to_uppercase()])).await,
        json!({
            "active_user_delete_status": { &active: "SUCCESS" },
            "invited_user_delete_status": { invited.to_uppercase(): "SUCCESS" },
        })
    );
    let after = account.running.world();
    assert_eq!(after.users.len(), world.users.len() - 2);
    assert_eq!(after.devices_of(&active).count(), 0, "what was assigned is free");
}

#[tokio::test]
async fn the_wrong_list_fails() {
    let account = Account::start().await;
    let before = account.running.world();
    let (active, invited) = (some(&before, State::Active), some(&before, State::Invited));
    assert_eq!(
        delete(&account, json!([invited]), json!([active])).await,
        json!({
            "active_user_delete_status": { &invited: "FAILED" },
            "invited_user_delete_status": { &active: "FAILED" },
        })
    );
    assert_eq!(account.running.world(), before);
}

#[tokio::test]
async fn the_owner_a_stranger_and_the_one_who_never_goes_fail_and_the_others_go() {
    let account = Account::start().await;
    let before = account.running.world();
    let owner = some(&before, State::Owner);
    let kept: Vec<&str> = before
        .users
        .iter()
        .filter(|u| !u.deletable)
        .map(|u| u.username.as_str())
        .collect();
    assert_eq!(kept.len(), 1);
    let goes = some(&before, State::Active);
    assert_eq!(
        delete(
            &account,
            json!([owner, "nobody@myworld", kept[0], goes]),
            json!([])
        )
        .await,
        json!({
            "active_user_delete_status": {
                &owner: "FAILED",
                "nobody@myworld": "FAILED",
                kept[0]: "FAILED",
                &goes: "SUCCESS",
            },
            "invited_user_delete_status": {},
        })
    );
    assert_eq!(account.running.world().users.len(), before.users.len() - 1);
}

#[tokio::test]
async fn one_address_is_not_told_of() {
    let account = Account::start().await;
    let unmentioned = account.running.world().unmentioned[0].clone();
    let told = delete(
        &account,
        json!([unmentioned, "nobody@myworld"]),
        json!([unmentioned]),
    )
    .await;
    assert_eq!(
        told,
        json!({
            "active_user_delete_status": { "nobody@myworld": "FAILED" },
            "invited_user_delete_status": {},
        })
    );
}

#[tokio::test]
async fn both_lists_are_mandatory_and_one_may_be_empty() {
    let account = Account::start().await;
    let before = account.running.world();
    let active = some(&before, State::Active);
    for request in [
        json!({}),
        json!({ "sub_ids": [active] }),
        json!({ "invited_ids": [active] }),
        json!({ "sub_ids": [active], "invited_ids": null }),
        json!({ "sub_ids": [], "invited_ids": [] }),
    ] {
        bad(&account.post("/user/delete", request).await, "Invalid user");
    }
    assert_eq!(account.running.world(), before);
}
