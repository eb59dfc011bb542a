//! An invitation, and the groups that the new user goes into.

use serde_json::json;

use crate::fleet::{Attempt, Change, Error, GroupId, GroupKind, GroupRef, Kind, Observed, Role, SignIn};
use crate::vendor::stub::{Answer, Call, Stub};

use super::{calls, granting, seen, sent, team};

fn group(id: &str, kind: GroupKind) -> GroupRef {
    GroupRef {
        id: GroupId::new(id),
        name: id.to_uppercase(),
        kind,
    }
}

fn invite(groups: &[&str]) -> Change {
    Change::InviteUser {
        email: "New@b.c".to_owned(),
        roles: vec![Role::User],
        sign_in: SignIn::default(),
        groups: groups.iter().map(|id| group(id, GroupKind::Users)).collect(),
    }
}

/// Tells the id of the new user in one way, and answers for the groups by `joined`.
async fn vendor(tells: fn() -> Answer, joined: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Stub {
    granting(move |call| match (call.method.as_str(), call.path.as_str()) {
        ("POST", "/1.0/members") => tells(),
        ("GET", "/1.0/members?state=INVITED") => Answer::json(
            200,
            &json!({ "members": [{ "id": "u8", "email": "other@b.c" }, { "id": "u9", "email": "new@B.c" }] }),
        ),
        _ => joined(call),
    })
    .await
}

fn by_id() -> Answer {
    Answer::json(200, &json!({ "id": "u9", "email": "New@b.c" }))
}

fn by_location() -> Answer {
    Answer::json(200, &json!({})).with("Location", "/1.0/members/u9")
}

fn by_nothing() -> Answer {
    Answer::json(200, &json!({ "id": "" }))
}

fn lines(stub: &Stub) -> Vec<String> {
    calls(stub).iter().map(Call::line).collect()
}

fn unknown(attempt: Attempt) -> Error {
    match attempt {
        Attempt::Unknown(error) => error,
        other => panic!("not unknown: {other:?}"),
    }
}

/// Sends the invitation, and makes sure that there is only one.
async fn attempt(stub: &Stub, groups: &[&str]) -> Attempt {
    let attempt = sent(&team(stub).1, &invite(groups)).await;
    let invitations = lines(stub).iter().filter(|line| line.starts_with("POST")).count();
    assert_eq!(invitations, 1, "{:?}", lines(stub));
    attempt
}

#[tokio::test]
async fn the_new_user_goes_into_each_group_however_the_vendor_tells_the_id() {
    for (tells, looks) in [
        (by_id as fn() -> Answer, vec![]),
        (by_location, vec![]),
        (by_nothing, vec!["GET /1.0/members?state=INVITED"]),
    ] {
        let stub = vendor(tells, |_| Answer::empty(204)).await;
        assert_eq!(attempt(&stub, &["g1", "g2"]).await, Attempt::Done(None));
        let mut expected = vec!["POST /1.0/members"];
        expected.extend(looks);
        expected.extend(["PUT /1.0/members/u9/groups/g1", "PUT /1.0/members/u9/groups/g2"]);
        assert_eq!(lines(&stub), expected);
    }
}

#[tokio::test]
async fn without_groups_nothing_is_looked_up_after_an_invitation() {
    let stub = vendor(by_nothing, |_| Answer::empty(204)).await;
    assert_eq!(attempt(&stub, &[]).await, Attempt::Done(None));
    assert_eq!(lines(&stub).len(), 1);
}

#[tokio::test]
async fn a_group_that_does_not_work_leaves_an_invitation_that_must_not_be_sent_again() {
    let stub = vendor(by_id, |call| {
        Answer::empty(if call.path.ends_with("g1") { 404 } else { 204 })
    })
    .await;
    let error = unknown(attempt(&stub, &["g1", "g2"]).await);
    assert_eq!(
        (error.kind, error.operation),
        (Kind::NotFound, Some("addMemberToGroup"))
    );
    assert!(
        error.message.starts_with(
            "'New@b.c' was invited, and not put into the user group 'G1': the team has no user `u9`"
        ),
        "{error}"
    );
    assert!(error.hint.unwrap().contains("do not invite again"));
    assert_eq!(lines(&stub).len(), 3, "the other group was not given up");
}

#[tokio::test]
async fn a_key_that_may_not_change_groups_is_tried_once_and_told() {
    let stub = vendor(by_id, |_| Answer::empty(403)).await;
    let error = unknown(attempt(&stub, &["g1", "g2"]).await);
    assert_eq!(error.kind, Kind::Permission);
    assert!(
        error.message.contains("into the user groups 'G1', 'G2': "),
        "{error}"
    );
    let hint = error.hint.unwrap();
    assert!(
        hint.contains("UPDATE_USER_GROUP") && hint.contains("do not invite again"),
        "{hint}"
    );
    assert_eq!(lines(&stub).len(), 2);
}

#[tokio::test]
async fn a_user_who_cannot_be_found_afterwards_was_invited_all_the_same() {
    for members in [
        json!([]),
        json!([{ "email": "new@b.c" }]),
        json!([{ "id": "u1", "email": "new@b.c" }, { "id": "u2", "email": "new@b.c" }]),
    ] {
        let stub = granting(move |call| match call.method.as_str() {
            "POST" => by_nothing(),
            "GET" => Answer::json(200, &json!({ "members": members })),
            _ => Answer::empty(204),
        })
        .await;
        let error = unknown(attempt(&stub, &["g1"]).await);
        assert!(
            error
                .message
                .starts_with("'New@b.c' was invited, and not put into the user group 'G1'"),
            "{error}"
        );
        assert!(lines(&stub).iter().all(|line| !line.starts_with("PUT")));
    }
}

#[tokio::test]
async fn an_invitation_that_is_refused_is_failed_and_nobody_goes_into_a_group() {
    let stub = vendor(|| Answer::empty(400), |_| Answer::empty(204)).await;
    let Attempt::Failed(error) = attempt(&stub, &["g1"]).await else {
        panic!()
    };
    assert_eq!(error.kind, Kind::Invalid);
    assert_eq!(lines(&stub).len(), 1);
}

#[tokio::test]
async fn an_answer_that_is_lost_or_cannot_be_read_is_unknown_and_settled_by_looking() {
    for tells in [
        (|| Answer::Break) as fn() -> Answer,
        || Answer::empty(503),
        || Answer::json(200, &json!("?")),
    ] {
        let stub = vendor(tells, |_| Answer::empty(204)).await;
        unknown(attempt(&stub, &["g1"]).await);
        assert_eq!(lines(&stub).len(), 1);
    }
}

#[tokio::test]
async fn whoever_is_not_in_all_groups_is_neither_invited_again_nor_taken_for_done() {
    let stub = granting(|call| match call.path.as_str() {
        "/1.0/members?state=JOINED" => Answer::json(
            200,
            &json!({ "members": [{ "id": "u1", "email": "new@b.c", "roles": ["DELETED"] }] }),
        ),
        "/1.0/members?state=INVITED" => Answer::json(
            200,
            &json!({ "members": [{ "id": "u9", "email": "NEW@b.c" }, { "email": "odd@b.c" }] }),
        ),
        "/1.0/members/u9/groups" => Answer::json(200, &json!({ "groups": [{ "id": "g1" }] })),
        _ => Answer::empty(404),
    })
    .await;
    let (reads, _) = team(&stub);
    let to = |change: Change, address: &str| match change {
        Change::InviteUser {
            roles,
            sign_in,
            groups,
            ..
        } => Change::InviteUser {
            email: address.to_owned(),
            roles,
            sign_in,
            groups,
        },
        other => other,
    };
    let not_in = |groups: &str| Observed::Other {
        was: "not in the team".to_owned(),
        now: format!("a user who is not in the user group {groups}"),
    };
    for (change, expected) in [
        (invite(&[]), Observed::After),
        (invite(&["g1"]), Observed::After),
        (invite(&["g1", "g2"]), not_in("'G2'")),
        // Without an id nobody can look, and nobody is invited on the strength of that.
        (to(invite(&["g1"]), "odd@b.c"), not_in("'G1'")),
        (to(invite(&[]), "odd@b.c"), Observed::After),
        (to(invite(&["g1"]), "unheard@b.c"), Observed::Before),
    ] {
        assert_eq!(seen(&reads, &change).await, Ok(expected), "{change}");
    }
}

#[tokio::test]
async fn nobody_goes_into_a_group_of_computers() {
    let stub = granting(|call| panic!("{} was asked", call.path)).await;
    let (reads, writes) = team(&stub);
    let Change::InviteUser {
        email,
        roles,
        sign_in,
        ..
    } = invite(&[])
    else {
        panic!()
    };
    let change = Change::InviteUser {
        email,
        roles,
        sign_in,
        groups: vec![group("g1", GroupKind::Users), group("g2", GroupKind::Computers)],
    };
    let error = seen(&reads, &change).await.unwrap_err();
    assert_eq!(error.kind, Kind::Invalid);
    assert_eq!(sent(&writes, &change).await, Attempt::Failed(error));
}
