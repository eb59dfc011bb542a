//! What comes of changes that are sent.

use serde_json::{Value, json};

use crate::fleet::{Attempt, Change, Kind, SignIn, Writer};
use crate::vendor::stub::{Answer, Call, Stub};

use super::observing::{
    assign, comment, create_group, invite, lacking, move_to, open, remove, remove_user, unassign,
};
use super::{account, ann, computer, device, lists, ok, refused, success, whole};

fn with_sso(email: &str) -> Change {
    Change::InviteUser {
        email: email.to_owned(),
        roles: Vec::new(),
        sign_in: SignIn {
            two_factor: None,
            sso: Some(true),
        },
        groups: Vec::new(),
    }
}

/// Answers every write, and forgets what is removed.
fn willing(call: &Call) -> Answer {
    if lists(call) {
        return whole("devices", &[device("M3", "C", "Online")]);
    }
    match call.path.strip_prefix("/rpcnew/api/msp/").unwrap() {
        "user/invite" => ok(&json!({ "invited_list": ["a@x"], "invalid_list": ["b@x"] })),
        "user/delete" => ok(&json!({
            "active_user_delete_status": { "a@x": "SUCCESS", "b@x": "FAILED" },
            "invited_user_delete_status": { "c@x": "SUCCESS" },
        })),
        "computer/get/connectUrl" => ok(&json!("https://login.test/process/tok-123456")),
        _ => success(),
    }
}

fn word(attempt: &Attempt) -> &'static str {
    match attempt {
        Attempt::Done(_) => "done",
        Attempt::Failed(_) => "failed",
        Attempt::Issued(_) => "issued",
        Attempt::Unknown(_) => "unknown",
    }
}

async fn sent(stub: &Stub, changes: &[Change]) -> Vec<&'static str> {
    let attempts = account(stub).1.write(changes).await;
    assert_eq!(attempts.len(), changes.len());
    attempts.iter().map(word).collect()
}

/// Each write's path and body.
fn writes(stub: &Stub) -> Vec<(String, Value)> {
    let writes = stub.calls().into_iter().filter(|call| !lists(call));
    writes
        .map(|call| (call.path.replace("/rpcnew/api/msp/", ""), call.body))
        .collect()
}

#[tokio::test]
async fn changes_that_go_together_are_one_call() {
    let stub = Stub::start(willing).await;
    let (_, writer) = account(&stub);
    let (a, b) = (|| computer("M1", "A"), || computer("M2", "B"));
    for (changes, together, outcome) in [
        (
            vec![assign(a(), "x"), assign(b(), "x"), assign(a(), "y")],
            2,
            "done done done",
        ),
        (
            vec![unassign(a(), "x"), unassign(b(), "x"), assign(a(), "x")],
            2,
            "done done done",
        ),
        (
            vec![move_to("G", a()), move_to("G", b()), move_to("H", a())],
            2,
            "done done done",
        ),
        (
            vec![
                comment(a(), None, "one comment"),
                comment(b(), None, "one comment"),
            ],
            1,
            "done done",
        ),
        (
            vec![create_group("G", &[a()]), create_group("H", &[])],
            1,
            "done done",
        ),
        (vec![open(a(), "x"), open(b(), "x")], 1, "issued issued"),
        (
            vec![
                invite("A@x", &[]),
                invite("b@x", &[]),
                invite("c@x", &[]),
                with_sso("a@x"),
            ],
            3,
            "done failed unknown done",
        ),
        (
            vec![
                remove_user("A@x", false),
                remove_user("b@x", false),
                remove_user("c@x", true),
            ],
            2,
            "done failed done",
        ),
        (
            vec![Change::CreateUser(ann()), Change::CreateUser(ann())],
            1,
            "done done",
        ),
    ] {
        let before = writes(&stub).len();
        assert_eq!(writer.together(&changes), together, "{:?}", changes[0]);
        assert_eq!(sent(&stub, &changes).await.join(" "), outcome);
        let calls = writes(&stub).len() - before;
        let expected = if together == changes.len() { 1 } else { 2 };
        assert_eq!(calls, expected, "{:?}", changes[0]);
    }
}

#[tokio::test]
async fn a_call_names_all_of_its_targets() {
    let stub = Stub::start(willing).await;
    let (a, b) = (|| computer("M1", "A"), || computer("M2", "B"));
    sent(&stub, &[assign(a(), "x"), assign(b(), "x")]).await;
    sent(&stub, &[move_to("G", a()), move_to("G", b())]).await;
    sent(&stub, &[create_group("G", &[a(), b()])]).await;
    sent(&stub, &[open(a(), "x")]).await;
    sent(&stub, &[with_sso("a@x"), with_sso("b@x")]).await;
    sent(&stub, &[remove_user("a@x", false), remove_user("b@x", false)]).await;
    sent(&stub, &[remove_user("c@x", true)]).await;
    assert_eq!(
        writes(&stub),
        [
            (
                "computer/assign".to_owned(),
                json!({ "username": "x", "computer_names": ["A", "B"] })
            ),
            (
                "computer/group/move".to_owned(),
                json!({ "group_name": "G", "computer_names": ["A", "B"] })
            ),
            (
                "computer/group/create".to_owned(),
                json!({ "group_name": "G", "computer_names": ["A", "B"] })
            ),
            (
                "computer/get/connectUrl".to_owned(),
                json!({ "username": "x", "machine_id": "M1" })
            ),
            (
                "user/invite".to_owned(),
                json!({ "email": ["a@x", "b@x"], "sso_flag": 1 })
            ),
            (
                "user/delete".to_owned(),
                json!({ "sub_ids": ["a@x", "b@x"], "invited_ids": [] })
            ),
            (
                "user/delete".to_owned(),
                json!({ "sub_ids": [], "invited_ids": ["c@x"] })
            ),
        ]
    );
}

#[tokio::test]
async fn no_more_than_50_go_together() {
    let stub = Stub::start(willing).await;
    let (_, writer) = account(&stub);
    let of = |count: usize| -> Vec<Change> {
        (0..count)
            .map(|n| move_to("G", computer(&format!("M{n}"), &format!("PC-{n}"))))
            .collect()
    };
    for (count, together) in [(1, 1), (49, 49), (50, 50), (51, 50), (200, 50)] {
        assert_eq!(writer.together(&of(count)), together);
    }
    assert_eq!(writer.together(&[]), 1);
    let outcomes = sent(&stub, &of(51)).await;
    assert!(outcomes.iter().all(|outcome| *outcome == "done"));
    assert_eq!(writes(&stub).len(), 2);
}

#[tokio::test]
async fn a_removal_tells_each_computer_apart() {
    let stub = Stub::start(willing).await;
    let changes = [
        remove(computer("M3", "C")),
        remove(computer("M1", "A")),
        remove(computer("M3", "C")),
    ];
    let attempts = account(&stub).1.write(&changes).await;
    // M3 is online, and M1 is not there any more.
    assert_eq!(
        attempts.iter().map(word).collect::<Vec<_>>(),
        ["failed", "done", "failed"]
    );
    assert!(matches!(&attempts[0], Attempt::Failed(error) if error.kind == Kind::Refused));
    assert!(writes(&stub).is_empty());
}

#[tokio::test]
async fn a_call_that_fails_is_unknown_for_several_and_failed_for_one() {
    let (a, b) = (|| computer("M1", "A"), || computer("M2", "B"));
    let stub = Stub::start(|_| refused("BAD_REQUEST", 400, "Computer(s) not found")).await;
    assert_eq!(sent(&stub, &[move_to("G", a())]).await, ["failed"]);
    assert_eq!(
        sent(&stub, &[move_to("G", a()), move_to("G", b())]).await,
        ["unknown", "unknown"]
    );
    let stub = Stub::start(|_| refused("BAD_REQUEST", 400, "Group name does not exists")).await;
    assert_eq!(
        sent(&stub, &[move_to("G", a()), move_to("G", b())]).await,
        ["failed", "failed"]
    );
    let stub = Stub::start(|_| Answer::Break).await;
    assert_eq!(
        sent(&stub, &[comment(a(), None, "one comment")]).await,
        ["unknown"]
    );
    assert_eq!(
        sent(&stub, &[invite("a@x", &[]), invite("b@x", &[])]).await,
        ["unknown", "unknown"]
    );
    assert_eq!(stub.calls().len(), 2, "nothing is sent again");
}

#[tokio::test]
async fn what_the_vendor_lacks_and_what_breaks_a_limit_is_not_sent() {
    let stub = Stub::start(willing).await;
    for (change, _) in lacking() {
        let attempts = account(&stub).1.write(std::slice::from_ref(&change)).await;
        assert!(matches!(&attempts[0], Attempt::Failed(error) if error.kind == Kind::Unsupported));
    }
    let short = comment(computer("M1", "A"), None, "short");
    assert_eq!(sent(&stub, &[short]).await, ["failed"]);
    assert!(sent(&stub, &[]).await.is_empty());
    assert!(stub.calls().is_empty());
}
