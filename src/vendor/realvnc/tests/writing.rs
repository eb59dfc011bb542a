//! What comes of a change that is sent.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use crate::fleet::{
    Attempt, Change, ComputerId, ComputerRef, DefaultAccess, Error, GroupId, GroupKind, GroupRef, Kind,
    Member, Role, SignIn, UserId, UserRef,
};

use super::{calls, granting, seen, sent, sessions, team};
use crate::vendor::stub::{Answer, Call, Stub};

fn computer() -> ComputerRef {
    ComputerRef {
        id: ComputerId::new("e1"),
        name: "A".to_owned(),
    }
}

fn user() -> UserRef {
    UserRef {
        id: UserId::new("u1"),
        email: "a@b.c".to_owned(),
    }
}

fn group(kind: GroupKind) -> GroupRef {
    GroupRef {
        id: GroupId::new("g1"),
        name: "G".to_owned(),
        kind,
    }
}

fn rename_to(name: &str) -> Change {
    Change::Rename {
        computer: computer(),
        to: name.to_owned(),
    }
}

fn invite() -> Change {
    Change::InviteUser {
        email: "a@b.c".to_owned(),
        roles: vec![Role::User],
        sign_in: SignIn::default(),
        groups: Vec::new(),
    }
}

async fn attempt(stub: &Stub, change: &Change) -> Attempt {
    let (_, writes) = team(stub);
    sent(&writes, change).await
}

fn failed(attempt: Attempt) -> Error {
    match attempt {
        Attempt::Failed(error) => error,
        other => panic!("not failed: {other:?}"),
    }
}

fn unknown(attempt: Attempt) -> Error {
    match attempt {
        Attempt::Unknown(error) => error,
        other => panic!("not unknown: {other:?}"),
    }
}

#[tokio::test]
async fn a_rename_is_done_and_a_name_that_the_vendor_changed_is_told() {
    let stub = granting(|_| Answer::json(200, &json!({ "name": "B" }))).await;
    assert_eq!(attempt(&stub, &rename_to("B")).await, Attempt::Done(None));
    let Attempt::Done(Some(note)) = attempt(&stub, &rename_to(" B ")).await else {
        panic!("no note")
    };
    assert!(note.contains("`B`"), "{note}");
    assert!(calls(&stub).iter().all(|c| c.header("if-match").is_none()));
}

#[tokio::test]
async fn a_rename_names_the_version_that_was_read_before_it_byte_for_byte_and_once() {
    let stub = granting(|call| match call.method.as_str() {
        "GET" if call.path.ends_with("/e1") => {
            Answer::json(200, &json!({ "name": "A" })).with("ETag", "\"5\"")
        }
        "GET" => Answer::json(200, &json!({ "name": "A" })).with("ETag", "\"6\""),
        _ => Answer::json(200, &json!({ "name": "B" })).with("ETag", "\"7\""),
    })
    .await;
    let (reads, writes) = team(&stub);
    let change = rename_to("B");
    seen(&reads, &change).await.unwrap();
    reads.read_entry(&ComputerId::new("e2")).await.unwrap();
    for _ in 0..2 {
        assert_eq!(sent(&writes, &change).await, Attempt::Done(None));
    }
    let calls = calls(&stub);
    let sent: Vec<_> = calls[2..].iter().map(|c| c.header("if-match")).collect();
    assert_eq!(sent, [Some("\"5\""), None]);
}

#[tokio::test]
async fn a_name_that_is_known_to_be_refused_is_not_sent() {
    let stub = granting(|_| Answer::empty(500)).await;
    assert_eq!(
        failed(attempt(&stub, &rename_to("$$$")).await).kind,
        Kind::Invalid
    );
    assert_eq!((sessions(&stub), calls(&stub).len()), (0, 0));
}

#[tokio::test]
async fn a_name_that_is_taken_is_a_conflict() {
    let stub = granting(|_| Answer::empty(409)).await;
    let error = failed(attempt(&stub, &rename_to("B")).await);
    assert_eq!((error.kind, error.status), (Kind::Conflict, Some(409)));
    assert!(error.message.contains("already used"), "{error}");
}

#[tokio::test]
async fn a_rename_or_invitation_whose_answer_is_lost_is_unknown_and_not_sent_again() {
    for change in [rename_to("B"), invite()] {
        for answer in [|| Answer::Break, || Answer::empty(502)] {
            let stub = granting(move |_| answer()).await;
            let error = unknown(attempt(&stub, &change).await);
            assert!(matches!(error.kind, Kind::Network | Kind::Vendor), "{error:?}");
            assert_eq!(calls(&stub).len(), 1, "{change}");
        }
    }
}

#[tokio::test]
async fn an_answer_to_a_rename_that_cannot_be_read_leaves_it_unknown() {
    let stub = granting(|_| Answer::json(200, &json!(["?"]))).await;
    assert_eq!(unknown(attempt(&stub, &rename_to("B")).await).kind, Kind::Vendor);
}

/// Fails the first call, as a vendor does that carries it out and loses the answer.
fn then_not_found(first: fn() -> Answer) -> impl Fn(&Call) -> Answer + Send + Sync {
    let calls = AtomicU32::new(0);
    move |_| match calls.fetch_add(1, Ordering::SeqCst) {
        0 => first(),
        _ => Answer::empty(404),
    }
}

fn removals() -> [Change; 4] {
    let out_of = |kind, member| Change::GroupRemove {
        group: group(kind),
        member,
        default_access: DefaultAccess::NoOne,
    };
    [
        Change::RemoveComputer { computer: computer() },
        Change::RemoveUser {
            user: user(),
            invited: false,
        },
        out_of(GroupKind::Computers, Member::Computer(computer())),
        out_of(GroupKind::Users, Member::User(user())),
    ]
}

#[tokio::test]
async fn a_removal_that_finds_nothing_the_second_time_was_done_the_first() {
    for change in removals() {
        for first in [|| Answer::Break, || Answer::empty(503)] {
            let stub = granting(then_not_found(first)).await;
            assert_eq!(attempt(&stub, &change).await, Attempt::Done(None), "{change}");
            assert_eq!(calls(&stub).len(), 2);
        }
    }
}

#[tokio::test]
async fn a_removal_that_finds_nothing_the_first_time_is_not_found() {
    for change in removals() {
        let stub = granting(|_| Answer::empty(404)).await;
        assert_eq!(
            failed(attempt(&stub, &change).await).kind,
            Kind::NotFound,
            "{change}"
        );
        // A token that was refused did nothing either.
        let stub = granting(then_not_found(|| Answer::empty(401))).await;
        assert_eq!(
            failed(attempt(&stub, &change).await).kind,
            Kind::NotFound,
            "{change}"
        );
    }
}

#[tokio::test]
async fn a_removal_that_may_have_happened_before_the_key_was_refused_is_unknown() {
    let calls = AtomicU32::new(0);
    let stub = granting(move |_| match calls.fetch_add(1, Ordering::SeqCst) {
        0 => Answer::empty(503),
        _ => Answer::empty(401),
    })
    .await;
    let error = unknown(attempt(&stub, &removals()[0]).await);
    assert_eq!(error.kind, Kind::Auth);
}

#[tokio::test]
async fn a_session_that_is_not_found_does_not_pass_for_a_removal() {
    let (sessions, calls) = (AtomicU32::new(0), AtomicU32::new(0));
    let stub = Stub::start(move |call| match call.path.as_str() {
        "/1.0/sessions" if sessions.fetch_add(1, Ordering::SeqCst) == 0 => {
            Answer::json(201, &json!({ "token": "token-1" }))
        }
        "/1.0/sessions" => Answer::empty(404),
        _ if calls.fetch_add(1, Ordering::SeqCst) == 0 => Answer::empty(503),
        _ => Answer::empty(401),
    })
    .await;
    let error = unknown(attempt(&stub, &removals()[0]).await);
    assert_eq!(
        (error.operation, error.status),
        (Some("createSession"), Some(404))
    );
}

#[tokio::test]
async fn access_for_everyone_is_told() {
    let stub = granting(|_| Answer::json(200, &json!({ "addedEveryonePermission": true }))).await;
    let change = Change::GroupRemove {
        group: group(GroupKind::Computers),
        member: Member::Computer(computer()),
        default_access: DefaultAccess::Everyone,
    };
    let Attempt::Done(Some(note)) = attempt(&stub, &change).await else {
        panic!("no note")
    };
    assert!(note.contains("everyone in the team"), "{note}");
    assert!(calls(&stub)[0].path.ends_with("?defaultAccess=EVERYONE"));
}

#[tokio::test]
async fn a_user_does_not_go_into_a_group_of_computers() {
    let stub = granting(|_| Answer::empty(204)).await;
    let change = Change::GroupAdd {
        group: group(GroupKind::Computers),
        member: Member::User(user()),
    };
    assert_eq!(failed(attempt(&stub, &change).await).kind, Kind::Invalid);
    assert!(calls(&stub).is_empty());
}

#[tokio::test]
async fn a_rate_limit_that_asks_for_too_long_is_told() {
    let stub = granting(|_| Answer::empty(429).with("Retry-After", "600")).await;
    let error = failed(attempt(&stub, &invite()).await);
    assert_eq!(error.kind, Kind::RateLimited);
    assert!(error.hint.unwrap().contains("600 s"));
}

#[tokio::test]
async fn what_the_vendor_lacks_is_told_with_what_there_is_instead_and_nothing_is_asked() {
    let stub = granting(|call| panic!("{} was asked", call.path)).await;
    let (reads, writes) = team(&stub);
    let computer = computer();
    for (change, instead) in [
        (
            Change::Assign {
                computer: computer.clone(),
                user: user(),
            },
            "group_add",
        ),
        (
            Change::MoveToGroup {
                group: "Servers".to_owned(),
                computer: computer.clone(),
            },
            "group_add",
        ),
        (
            Change::Comment {
                computer,
                from: None,
                to: "by the door".to_owned(),
            },
            "rename",
        ),
        (
            Change::InviteUser {
                email: "a@b.c".to_owned(),
                roles: vec![Role::User],
                sign_in: SignIn {
                    two_factor: Some(true),
                    sso: None,
                },
                groups: Vec::new(),
            },
            "portal",
        ),
    ] {
        let error = seen(&reads, &change).await.unwrap_err();
        assert_eq!(error.kind, Kind::Unsupported);
        assert!(error.hint.as_ref().unwrap().contains(instead), "{error:?}");
        assert_eq!(failed(sent(&writes, &change).await), error);
    }
}
