//! Invitations.

use serde_json::{Value, json};

use super::{Account, bad, message};
use crate::sim::remotepc::State;

async fn invite(account: &Account, request: Value) -> Value {
    message(&account.post("/user/invite", request).await)
}

#[tokio::test]
async fn who_is_invited_is_told_and_waits_unseen() {
    let account = Account::start().await;
    let told = invite(
        &account,
        json!({ "email": ["new@myworld", "two+1@Kestrel.example"] }),
    )
    .await;
    assert_eq!(
        told,
        json!({ "invalid_list": [], "invited_list": ["new@myworld", "two+1@Kestrel.example"] })
    );
    let world = account.running.world();
    let user = world.find_user("NEW@myworld").unwrap();
    assert_eq!(
        (user.state, user.two_factor, user.sso),
        (State::Invited, false, false)
    );
    let listed = message(&account.get("/user/list").await).to_string();
    assert!(!listed.contains("new@myworld"), "{listed}");
}

#[tokio::test]
async fn what_is_no_address_or_is_in_use_is_in_the_other_list_and_the_rest_is_invited() {
    let account = Account::start().await;
    let world = account.running.world();
    let owner = world.users[0].username.clone();
    let elsewhere = world.elsewhere[0].clone();
    let invalid = json!([
        "", "nobody", "@myworld", "a@", "a@b@c", "a b@c", "a@b\u{7}", owner, elsewhere
    ]);
    let mut all = invalid.as_array().unwrap().clone();
    all.insert(3, json!("good@myworld"));
    let told = invite(&account, json!({ "email": all })).await;
    assert_eq!(
        told,
        json!({ "invalid_list": invalid, "invited_list": ["good@myworld"] })
    );
    assert_eq!(account.running.world().users.len(), world.users.len() + 1);
}

#[tokio::test]
async fn one_address_is_in_neither_list_and_is_not_invited() {
    let account = Account::start().await;
    let before = account.running.world();
    let unmentioned = &before.unmentioned[0];
    let told = invite(&account, json!({ "email": [unmentioned] })).await;
    assert_eq!(told, json!({ "invalid_list": [], "invited_list": [] }));
    assert_eq!(account.running.world(), before);
}

#[tokio::test]
async fn who_is_invited_already_is_invited_again_and_is_one_person() {
    let account = Account::start().await;
    invite(&account, json!({ "email": ["new@myworld"] })).await;
    let told = invite(&account, json!({ "email": ["New@myworld"], "status_2FA": 1 })).await;
    assert_eq!(told["invited_list"], json!(["New@myworld"]));
    let world = account.running.world();
    let found: Vec<_> = world
        .users
        .iter()
        .filter(|u| u.username.eq_ignore_ascii_case("new@myworld"))
        .collect();
    assert!(matches!(found.as_slice(), [user] if user.two_factor), "{found:?}");
}

#[tokio::test]
async fn the_flags_are_0_or_1() {
    let account = Account::with(|o| o.sso = true).await;
    for (flag, on) in [(0, false), (1, true)] {
        let email = format!("flag{flag}@myworld");
        let request = json!({ "email": [email], "status_2FA": flag, "sso_flag": flag });
        invite(&account, request).await;
        let world = account.running.world();
        let user = world.find_user(&email).unwrap();
        assert_eq!((user.two_factor, user.sso), (on, on));
    }
    let before = account.running.world();
    for flag in [json!(2), json!(-1), json!("1"), json!(true), json!(1.0)] {
        let two_factor = json!({ "email": ["x@myworld"], "status_2FA": flag });
        bad(
            &account.post("/user/invite", two_factor).await,
            "Invalid two factor status",
        );
        let sso = json!({ "email": ["x@myworld"], "sso_flag": flag });
        bad(&account.post("/user/invite", sso).await, "FAILED");
    }
    assert_eq!(account.running.world(), before);
}

#[tokio::test]
async fn single_sign_on_cannot_be_enabled_where_it_is_not_set_up() {
    let account = Account::start().await;
    let before = account.running.world();
    let on = json!({ "email": ["x@myworld"], "sso_flag": 1 });
    bad(&account.post("/user/invite", on).await, "FAILED");
    assert_eq!(account.running.world(), before);
    invite(&account, json!({ "email": ["x@myworld"], "sso_flag": 0 })).await;
}

#[tokio::test]
async fn an_invitation_without_addresses_is_refused() {
    let account = Account::start().await;
    for request in [json!({}), json!({ "email": [] }), json!({ "email": null })] {
        bad(&account.post("/user/invite", request).await, "Invalid user");
    }
    let one = account.post("/user/invite", json!({ "email": "a@b" })).await;
    assert_eq!(one.status, 400, "a text is no list");
}
