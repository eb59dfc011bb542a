//! What is found out about a key, and with which requests.

use jiff::Timestamp;
use serde_json::json;

use crate::fleet::{Found, Grant, Kind, Reader};

use super::super::permissions;
use super::{Call, calls, granting, team};
use crate::vendor::stub::{Answer, Stub};

fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

/// An empty list, whatever it is a list of.
fn nothing(_: &Call) -> Answer {
    Answer::json(
        200,
        &json!({ "entries": [], "groups": [], "members": [], "events": [] }),
    )
    .with("Link", "</1.0/more?from=b>; rel=next")
}

fn names(grants: &[Grant], wanted: impl Fn(&Found) -> bool) -> Vec<&str> {
    let wanted = grants.iter().filter(|grant| wanted(&grant.found));
    wanted.map(|grant| grant.name.as_str()).collect()
}

#[tokio::test]
async fn each_permission_that_reads_is_tried_once_and_no_further_page_is_read() {
    let stub = granting(nothing).await;
    let (reads, _) = team(&stub);
    let grants = reads.check(noon()).await.unwrap();
    let lines: Vec<String> = calls(&stub).iter().map(Call::line).collect();
    assert_eq!(
        lines,
        [
            "GET /1.0/entries",
            "GET /1.0/entryGroups",
            "GET /1.0/presence?pageSize=1",
            "GET /1.0/members",
            "GET /1.0/userGroups",
            "GET /1.0/audit?from=1795172400000&to=1795176000000",
        ]
    );
    assert_eq!(
        names(&grants, |found| *found == Found::Granted),
        [
            "LIST_ENTRIES",
            "LIST_ENTRY_GROUPS",
            "LIST_PRESENCE",
            "LIST_TEAM_MEMBERS",
            "LIST_USER_GROUPS",
            "LIST_AUDIT_EVENTS",
        ]
    );
    assert_eq!(
        names(&grants, |found| *found == Found::Untried),
        [
            "ADD_TEAM_MEMBER",
            "DELETE_ENTRY",
            "REMOVE_TEAM_MEMBER",
            "UPDATE_ENTRY",
            "UPDATE_ENTRY_GROUP",
            "UPDATE_TEAM_MEMBER_ROLES",
            "UPDATE_USER_GROUP",
        ]
    );
    assert_eq!(grants.len(), permissions().count());
    let purpose = |name: &str| {
        let grant = grants.iter().find(|grant| grant.name == name).unwrap();
        grant.purpose.clone()
    };
    assert_eq!(purpose("LIST_ENTRIES"), "list computers");
    assert_eq!(
        purpose("UPDATE_ENTRY_GROUP"),
        "add a computer to a group, remove a computer from a group"
    );
}

#[tokio::test]
async fn a_refusal_and_an_answer_that_says_nothing_are_told_apart() {
    let stub = granting(|call| match call.path.split('?').next() {
        Some("/1.0/presence") => Answer::empty(403),
        Some("/1.0/audit") => Answer::empty(404),
        Some("/1.0/members") => Answer::json(200, &json!({ "error": "busy" })),
        _ => nothing(call),
    })
    .await;
    let (reads, _) = team(&stub);
    let grants = reads.check(noon()).await.unwrap();
    let found = |name: &str| {
        let grant = grants.iter().find(|grant| grant.name == name).unwrap();
        grant.found.clone()
    };
    let Found::Refused(refusal) = found("LIST_PRESENCE") else {
        panic!("{grants:?}")
    };
    assert!(refusal.message.contains("LIST_PRESENCE"), "{refusal:?}");
    for name in ["LIST_AUDIT_EVENTS", "LIST_TEAM_MEMBERS"] {
        assert!(
            matches!(found(name), Found::Unclear(error) if error.kind == Kind::Vendor),
            "{name}"
        );
    }
    assert_eq!(names(&grants, |found| *found == Found::Granted).len(), 3);
}

#[tokio::test]
async fn a_key_that_gives_no_session_is_an_error_and_nothing_is_tried() {
    let stub = Stub::start(|_| Answer::empty(401)).await;
    let (reads, _) = team(&stub);
    assert_eq!(reads.check(noon()).await.unwrap_err().kind, Kind::Auth);
    assert!(calls(&stub).is_empty());
}

#[tokio::test]
async fn what_ends_the_session_or_the_connection_ends_the_check() {
    for (answer, kind) in [(401, Kind::Auth), (0, Kind::Network)] {
        let stub = granting(move |call| match call.path.as_str() {
            "/1.0/entryGroups" if answer == 0 => Answer::Break,
            "/1.0/entryGroups" => Answer::empty(answer),
            _ => nothing(call),
        })
        .await;
        let (reads, _) = team(&stub);
        assert_eq!(reads.check(noon()).await.unwrap_err().kind, kind);
        let asked = |path: &str| calls(&stub).iter().any(|call| call.path.starts_with(path));
        assert!(asked("/1.0/entryGroups") && !asked("/1.0/presence"));
    }
}
