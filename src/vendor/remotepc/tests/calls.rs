//! What each operation sends, and what it makes of the answers on the vendor's page.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::fleet::{Attempt, SignIn};
use crate::secret::Redactor;
use crate::vendor::remotepc::{Paging, operations};
use crate::vendor::stub::{Answer, Call, Stub};

use super::{account, account_with, ann, computer, device, lists, ok, pages_of, success, whole};

/// Answers every operation with a success.
fn willing(call: &Call) -> Answer {
    match call.path.as_str() {
        path if path.starts_with("/rpcnew/api/msp/user/list") => whole("users", &[]),
        path if path.starts_with("/rpcnew/api/msp/computer/list") => {
            whole("devices", &[device("M1", "Computer A", "Offline")])
        }
        path if path.ends_with("/connectUrl") => ok(&json!("https://login.test/process/abc")),
        _ => success(),
    }
}

#[tokio::test]
async fn each_write_goes_where_the_page_says() {
    let stub = Stub::start(willing).await;
    let (_, writes) = account(&stub);
    let (two, once) = (
        ["Computer A", "Computer B", "Computer A"],
        ["Computer A", "Computer B"],
    );

    writes
        .invite_users(&["shane@myworld"], SignIn::default())
        .await
        .unwrap();
    let strict = SignIn {
        two_factor: Some(true),
        sso: Some(false),
    };
    writes
        .invite_users(&["shane@myworld", "Shane@MyWorld", "pam@x"], strict)
        .await
        .unwrap();
    writes.create_user(&ann()).await.unwrap();
    let mut with_sso = ann();
    with_sso.sign_in.sso = Some(true);
    writes.create_user(&with_sso).await.unwrap();
    writes
        .delete_users(&["diane@myworld", "pam@myworld"], &["jamie@myworld"])
        .await
        .unwrap();
    writes.delete_users(&[], &["jamie@myworld"]).await.unwrap();
    writes.assign_computer("shane@myworld", &two).await.unwrap();
    writes.unassign_computer("shane@myworld", &two).await.unwrap();
    writes.create_group("Group A", &two).await.unwrap();
    writes.create_group("Group B", &[]).await.unwrap();
    writes
        .add_comment("Computer A", "This is my computer")
        .await
        .unwrap();
    writes.move_computers("Group A", &two).await.unwrap();
    writes
        .get_web_viewer_url("GVHR654GBUYJH", "abc@xyz")
        .await
        .unwrap();

    let calls = stub.calls();
    let sent: Vec<(&str, &Value)> = calls
        .iter()
        .map(|call| (call.path.strip_prefix("/rpcnew/api/msp/").unwrap(), &call.body))
        .collect();
    let ann = json!({
        "firstname": "Ann", "lastname": "Other", "username": "ann@myworld", "password": "S3cret-word",
    });
    let mut ann_with_sso = ann.clone();
    ann_with_sso["sso_flag"] = json!(1);
    let assignment = json!({ "username": "shane@myworld", "computer_names": once });
    let group = json!({ "group_name": "Group A", "computer_names": once });
    let expected = [
        ("user/invite", json!({ "email": ["shane@myworld"] })),
        (
            "user/invite",
            json!({ "email": ["shane@myworld", "pam@x"], "status_2FA": 1, "sso_flag": 0 }),
        ),
        ("user/create", ann),
        ("user/create", ann_with_sso),
        (
            "user/delete",
            json!({ "sub_ids": ["diane@myworld", "pam@myworld"], "invited_ids": ["jamie@myworld"] }),
        ),
        (
            "user/delete",
            json!({ "sub_ids": [], "invited_ids": ["jamie@myworld"] }),
        ),
        ("computer/assign", assignment.clone()),
        ("computer/unassign", assignment),
        ("computer/group/create", group.clone()),
        ("computer/group/create", json!({ "group_name": "Group B" })),
        (
            "computer/comments/add",
            json!({ "computer_name": "Computer A", "comment_desc": "This is my computer" }),
        ),
        ("computer/group/move", group),
        (
            "computer/get/connectUrl",
            json!({ "username": "abc@xyz", "machine_id": "GVHR654GBUYJH" }),
        ),
    ];
    assert_eq!(sent.len(), expected.len());
    for (sent, (path, body)) in sent.iter().zip(&expected) {
        assert_eq!(*sent, (*path, body));
    }
    assert!(calls.iter().all(|call| call.method == "POST"));
}

#[tokio::test]
async fn each_read_goes_where_the_page_says() {
    let stub = Stub::start(willing).await;
    for paging in [Paging::Auto, Paging::Body, Paging::Query] {
        let (reads, _) = account_with(&stub, pages_of(30, paging), Redactor::default());
        reads.get_users().await.unwrap();
        reads.get_devices().await.unwrap();
        reads.get_users_devices("sh/ane+1 %@my world").await.unwrap();
    }
    let calls = stub.calls();
    let paths = [
        "/rpcnew/api/msp/user/list",
        "/rpcnew/api/msp/computer/list",
        "/rpcnew/api/msp/computer/list/sh%2Fane+1%20%25@my%20world",
    ];
    for (calls, by_body) in [(&calls[..3], true), (&calls[3..6], true), (&calls[6..], false)] {
        for (call, path) in calls.iter().zip(paths) {
            assert_eq!(call.method, "GET");
            if by_body {
                assert_eq!(call.path, path);
                assert_eq!(call.body, json!({ "pageIndex": 1, "recordPerPage": 30 }));
            } else {
                assert_eq!(call.path, format!("{path}?pageIndex=1&recordPerPage=30"));
                assert_eq!((&call.body, call.header("content-length")), (&Value::Null, None));
            }
        }
    }
}

#[tokio::test]
async fn a_page_has_500_records_unless_told_otherwise() {
    let stub = Stub::start(willing).await;
    let (reads, _) = account(&stub);
    reads.get_devices().await.unwrap();
    assert_eq!(
        stub.calls()[0].body,
        json!({ "pageIndex": 1, "recordPerPage": 500 })
    );
}

#[tokio::test]
async fn each_operation_carries_the_key_and_calls_itself_json() {
    let stub = Stub::start(willing).await;
    let mut called = BTreeSet::from(["removeComputers"]);
    for (operation, result) in super::each_operation(&stub).await {
        assert!(result.is_ok(), "{operation}: {result:?}");
        called.insert(operation);
    }
    let (_, writes) = account(&stub);
    writes.remove_computers(&[computer("M1", "Computer A")]).await;
    assert_eq!(called, operations().collect());
    for call in stub.calls() {
        assert_eq!(
            call.header("authorization"),
            Some("Bearer key-123456"),
            "{}",
            call.line()
        );
        assert_eq!(
            call.header("content-type"),
            Some("application/json"),
            "{}",
            call.line()
        );
    }
}

/// The answers that the vendor's page shows, with the commas and brackets that are missing there.
#[tokio::test]
async fn the_samples_of_the_vendors_page_are_read() {
    let stub = Stub::start(|call| {
        let text = match call.path.as_str() {
            "/rpcnew/api/msp/user/invite" => {
                r#"{"status": "OK", "code": 200, "message": {"invalid_list": ["bad@myworld"], "invited_list": ["shane@myworld"]}}"#
            }
            "/rpcnew/api/msp/user/delete" => {
                r#"{"status": "OK", "code": 200, "message": {"active_user_delete_status": {"carol@myworld": "FAILED"},
                    "invited_user_delete_status": {"aaron@myworld": "SUCCESS"}}}"#
            }
            "/rpcnew/api/msp/user/list" => {
                r#"{"status": "OK", "code": 200, "message": {"pagination": {"records_per_page": 30, "total_records": 1,
                    "total_page_count": 1, "current_page_index": 1},
                    "users": [{"firstname": "firstname", "username": "shane@mymail", "lastname": "lastname"}]}}"#
            }
            "/rpcnew/api/msp/computer/get/connectUrl" => {
                r#"{"status": "OK", "code": 200,
                    "message": "https://login.remotepc.com/rpcnew/viewer/redirect/msp/connect/process/abc"}"#
            }
            _ if lists(call) => {
                r#"{"status": "OK", "code": 200, "message": {"devices": [
                    {"machine_id": "GVHR654GBUYJH", "host_name": "Computer A", "host_os_version": "10.0",
                     "host_ip": "0.0.0.0", "viewer_last_session_time": "2023-02-24 11:07:11", "comments": "",
                     "host_os_text": "Windows", "host_status_text": "Offline"},
                    {"machine_id": "KJHG765FDSATR", "host_name": "Computer B", "host_os_version": "10.0",
                     "host_ip": "0.0.0.0", "viewer_last_session_time": "2023-02-24 10:56:01", "comments": "",
                     "host_os_text": "Windows", "host_status_text": "Offline"}],
                    "pagination": {"records_per_page": 30, "total_records": 2, "total_page_count": 1,
                    "current_page_index": 1}}}"#
            }
            _ => r#"{"status": "OK", "code": 200, "message": "SUCCESS"}"#,
        };
        Answer::Say {
            status: 200,
            headers: vec![("Content-Type", "application/json".to_owned())],
            body: text.to_owned(),
        }
    })
    .await;
    let (reads, writes) = account(&stub);
    let users = reads.get_users().await.unwrap();
    assert_eq!(users.len(), 1);
    assert_eq!(
        (
            users[0].username.as_deref(),
            users[0].firstname.as_deref(),
            users[0].lastname.as_deref()
        ),
        (Some("shane@mymail"), Some("firstname"), Some("lastname"))
    );
    for devices in [
        reads.get_devices().await.unwrap(),
        reads.get_users_devices("shane@myworld").await.unwrap(),
    ] {
        let names: Vec<_> = devices.iter().map(|d| d.host_name.as_deref().unwrap()).collect();
        assert_eq!(names, ["Computer A", "Computer B"]);
        assert_eq!(devices[0].raw.len(), 8);
    }
    let invited = writes
        .invite_users(&["shane@myworld", "bad@myworld"], SignIn::default())
        .await
        .unwrap();
    assert_eq!(invited[0].attempt, Attempt::Done(None));
    assert!(matches!(invited[1].attempt, Attempt::Failed(_)));
    let removed = writes
        .delete_users(&["carol@myworld"], &["aaron@myworld"])
        .await
        .unwrap();
    assert!(matches!(removed[0].attempt, Attempt::Failed(_)));
    assert_eq!(removed[1].attempt, Attempt::Done(None));
    let url = writes
        .get_web_viewer_url("GVHR654GBUYJH", "abc@xyz")
        .await
        .unwrap();
    assert_eq!(
        url.expose(),
        "https://login.remotepc.com/rpcnew/viewer/redirect/msp/connect/process/abc"
    );
}

#[tokio::test]
async fn what_breaks_a_limit_is_not_sent() {
    let stub = Stub::start(willing).await;
    let (reads, writes) = account(&stub);
    let (none, blank): (&[&str], &[&str]) = (&[], &["A", " "]);
    let mut odd = ann();
    odd.first_name = "O'Neil".to_owned();
    let failures = [
        writes.invite_users(none, SignIn::default()).await.err(),
        writes.invite_users(blank, SignIn::default()).await.err(),
        writes.create_user(&odd).await.err(),
        writes.delete_users(none, none).await.err(),
        writes.delete_users(&["a"], blank).await.err(),
        writes.delete_users(&["a@B.c"], &["x", "A@b.C"]).await.err(),
        writes.assign_computer(" ", &["A"]).await.err(),
        writes.assign_computer("a", none).await.err(),
        writes.unassign_computer("a", blank).await.err(),
        writes.unassign_computer("", &["A"]).await.err(),
        writes.create_group(" ", &["A"]).await.err(),
        writes.create_group("G", blank).await.err(),
        writes.move_computers("", &["A"]).await.err(),
        writes.move_computers("G", none).await.err(),
        writes.move_computers("G", blank).await.err(),
        writes.add_comment("", "long enough").await.err(),
        writes.add_comment("A", "short").await.err(),
        writes.add_comment("A", &"x".repeat(251)).await.err(),
        writes.get_web_viewer_url("", "a").await.err(),
        writes.get_web_viewer_url("M", " ").await.err(),
        reads
            .get_users_devices(" ")
            .await
            .err()
            .map(super::super::Failure::unsent),
        reads
            .get_users_devices("..")
            .await
            .err()
            .map(super::super::Failure::unsent),
        reads
            .get_users_devices("a\tb")
            .await
            .err()
            .map(super::super::Failure::unsent),
    ];
    for (number, failure) in failures.into_iter().enumerate() {
        let failure = failure.unwrap_or_else(|| panic!("{number} was let through"));
        assert_eq!(
            failure.error.kind,
            crate::fleet::Kind::Invalid,
            "{number}: {failure:?}"
        );
        assert_eq!(failure.delivery, crate::http::Delivery::NotCarriedOut);
        assert!(failure.error.operation.is_some(), "{number}");
    }
    for records in [0, 501] {
        let (reads, _) = account_with(&stub, pages_of(records, Paging::Auto), Redactor::default());
        assert_eq!(
            reads.get_devices().await.unwrap_err().kind,
            crate::fleet::Kind::Invalid
        );
    }
    assert!(stub.calls().is_empty(), "{:?}", stub.calls());
}
