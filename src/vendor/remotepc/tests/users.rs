//! What came of an invitation or a removal for each user.

use serde_json::{Value, json};

use crate::fleet::{Attempt, SignIn};
use crate::vendor::stub::Stub;

use super::super::PerUser;
use super::{account, ok};

fn told(outcomes: &[PerUser]) -> Vec<(&str, &'static str)> {
    let word = |attempt: &Attempt| match attempt {
        Attempt::Done(None) => "done",
        Attempt::Failed(_) => "failed",
        Attempt::Unknown(_) => "unknown",
        other => panic!("{other:?}"),
    };
    outcomes
        .iter()
        .map(|o| (o.username.as_str(), word(&o.attempt)))
        .collect()
}

async fn invited(message: Value, emails: &[&str]) -> Vec<PerUser> {
    let stub = Stub::start(move |_| ok(&message)).await;
    let (_, writes) = account(&stub);
    writes.invite_users(emails, SignIn::default()).await.unwrap()
}

async fn removed(message: Value, active: &[&str], invited: &[&str]) -> Vec<PerUser> {
    let stub = Stub::start(move |_| ok(&message)).await;
    let (_, writes) = account(&stub);
    writes.delete_users(active, invited).await.unwrap()
}

#[tokio::test]
async fn each_invited_address_has_an_outcome_of_its_own() {
    let message = json!({
        "invited_list": ["A@x", "a@X", "both@x", "stranger@x"], "invalid_list": [" b@X ", "both@x", null, 7],
    });
    let outcomes = invited(message, &["a@X", "b@x", "both@x", "neither@x"]).await;
    assert_eq!(
        told(&outcomes),
        [
            ("a@X", "done"),
            ("b@x", "failed"),
            ("both@x", "unknown"),
            ("neither@x", "unknown")
        ]
    );
    let Attempt::Failed(error) = &outcomes[1].attempt else {
        panic!()
    };
    assert_eq!(
        error.message,
        "could not invite `b@x`: RemotePC Enterprise answered `invalid`"
    );
    assert_eq!(error.operation, Some("inviteUsers"));
}

#[tokio::test]
async fn an_invitation_whose_answer_names_nobody_is_unknown() {
    for message in [
        json!("SUCCESS"),
        json!({}),
        json!({ "invited_list": null, "invalid_list": [] }),
        json!({ "invited_list": "a@x" }),
        json!(null),
    ] {
        let outcomes = invited(message, &["a@x"]).await;
        assert_eq!(told(&outcomes), [("a@x", "unknown")]);
        let Attempt::Unknown(error) = &outcomes[0].attempt else {
            panic!()
        };
        assert!(
            error.hint.as_deref().unwrap().contains("look before"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn each_removed_user_has_an_outcome_of_its_own() {
    let message = json!({
        "active_user_delete_status": {
            "A@x": "success", "b@x": "FAILED", "c@x": "PENDING\u{1b}[2J", "d@x": null, "twice@x": "SUCCESS", "TWICE@x": "FAILED",
        },
        "invited_user_delete_status": { "e@x": " SUCCESS ", "f@x": true, "both@x": "SUCCESS" },
        "other_status": { "g@x": "SUCCESS" },
    });
    let active = ["a@x", "B@x", "c@x", "d@x", "twice@x", "a@X"];
    let outcomes = removed(message, &active, &["E@X", "f@x", "g@x"]).await;
    assert_eq!(
        told(&outcomes),
        [
            ("a@x", "done"),
            ("B@x", "failed"),
            ("c@x", "failed"),
            ("d@x", "failed"),
            ("twice@x", "unknown"),
            ("E@X", "done"),
            ("f@x", "failed"),
            ("g@x", "unknown"),
        ]
    );
    let Attempt::Failed(error) = &outcomes[2].attempt else {
        panic!()
    };
    assert_eq!(
        error.message,
        "could not remove `c@x`: RemotePC Enterprise answered `PENDING\\u{1b}[2J`"
    );
}

#[tokio::test]
async fn a_user_in_both_maps_is_unknown_and_one_in_the_other_map_is_told() {
    let message = json!({
        "active_user_delete_status": { "both@x": "SUCCESS" },
        "invited_user_delete_status": { "both@x": "FAILED", "other@x": "FAILED" },
    });
    let outcomes = removed(message, &["both@x", "other@x"], &[]).await;
    assert_eq!(told(&outcomes), [("both@x", "unknown"), ("other@x", "failed")]);
}
