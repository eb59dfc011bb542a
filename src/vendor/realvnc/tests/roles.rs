//! Roles that are given, each time resting on a version.

use std::sync::Mutex;

use serde_json::{Value, json};

use crate::fleet::{Attempt, Change, Error, Kind, Role, UserId, UserRef};
use crate::vendor::stub::{Answer, Call, Stub};

use super::{calls, granting, sent, team};

fn user() -> UserRef {
    UserRef {
        id: UserId::new("u1"),
        email: "a@b.c".to_owned(),
    }
}

fn make_manager() -> Change {
    Change::UpdateRoles {
        user: user(),
        from: vec![Role::User],
        to: vec![Role::User, Role::Manager],
    }
}

async fn attempt(stub: &Stub, change: &Change) -> Attempt {
    sent(&team(stub).1, change).await
}

fn failed(attempt: Attempt) -> Error {
    match attempt {
        Attempt::Failed(error) => error,
        other => panic!("not failed: {other:?}"),
    }
}

#[tokio::test]
async fn roles_are_updated_with_the_version_byte_for_byte() {
    for (header, inline, sent) in [
        (Some("\"1\""), None, "\"1\""),
        (Some("1"), Some("\"2\""), "1"),
        (None, Some("W/\"3\""), "W/\"3\""),
    ] {
        let stub = granting(move |call| match call.method.as_str() {
            "GET" => {
                let answer = Answer::json(200, &json!({ "roles": ["USER"], "etag": inline }));
                match header {
                    Some(tag) => answer.with("ETag", tag),
                    None => answer,
                }
            }
            _ => Answer::empty(204),
        })
        .await;
        assert_eq!(attempt(&stub, &make_manager()).await, Attempt::Done(None));
        assert_eq!(calls(&stub)[1].header("if-match"), Some(sent));
    }
}

#[tokio::test]
async fn roles_that_changed_meanwhile_are_left_alone() {
    let stub = granting(|_| Answer::json(200, &json!({ "roles": ["TECHNICIAN"], "etag": "1" }))).await;
    let error = failed(attempt(&stub, &make_manager()).await);
    assert_eq!(error.kind, Kind::Conflict);
    assert!(error.message.contains("TECHNICIAN"), "{error}");
    assert_eq!(calls(&stub).len(), 1);
}

#[tokio::test]
async fn a_member_without_a_version_is_left_alone() {
    let stub = granting(|_| Answer::json(200, &json!({ "roles": ["USER"] }))).await;
    assert_eq!(failed(attempt(&stub, &make_manager()).await).kind, Kind::Vendor);
    assert_eq!(calls(&stub).len(), 1);
}

/// Shows a member as one record after the other, and answers updates one after the other.
fn in_turn(records: Vec<Value>, updates: Vec<u16>) -> impl Fn(&Call) -> Answer + Send + Sync {
    let turns = Mutex::new((records.into_iter(), updates.into_iter()));
    move |call| {
        let (records, updates) = &mut *turns.lock().unwrap();
        if call.method == "GET" {
            let record = records.next().unwrap();
            return Answer::json(200, &record);
        }
        Answer::empty(updates.next().unwrap())
    }
}

fn record(roles: &[&str], etag: &str) -> Value {
    json!({ "roles": roles, "etag": etag })
}

#[tokio::test]
async fn a_stale_version_is_read_again_and_the_same_decision_is_sent_once_more() {
    let stub = granting(in_turn(
        vec![record(&["USER"], "\"1\""), record(&["USER"], "\"2\"")],
        vec![412, 204],
    ))
    .await;
    assert_eq!(attempt(&stub, &make_manager()).await, Attempt::Done(None));
    let calls = calls(&stub);
    let versions: Vec<_> = calls.iter().filter_map(|call| call.header("if-match")).collect();
    assert_eq!(versions, ["\"1\"", "\"2\""]);
}

#[tokio::test]
async fn roles_that_are_others_after_a_stale_version_are_left_alone() {
    let stub = granting(in_turn(
        vec![record(&["USER"], "1"), record(&["TECHNICIAN"], "2")],
        vec![412],
    ))
    .await;
    let error = failed(attempt(&stub, &make_manager()).await);
    assert_eq!(error.kind, Kind::Conflict);
    assert!(
        error.message.contains("were USER and are TECHNICIAN now"),
        "{error}"
    );
    assert_eq!(calls(&stub).len(), 3);
}

#[tokio::test]
async fn a_version_that_is_stale_twice_is_a_conflict() {
    let stub = granting(in_turn(
        vec![record(&["USER"], "1"), record(&["USER"], "2")],
        vec![412, 412],
    ))
    .await;
    let error = failed(attempt(&stub, &make_manager()).await);
    assert_eq!((error.kind, error.status), (Kind::Conflict, Some(412)));
    assert_eq!(calls(&stub).len(), 4);
}
