//! Groups, which no read shows.

use serde_json::{Value, json};

use super::{Account, bad, message};

async fn refused_alike(account: &Account, request: Value, text: &str) {
    for path in ["/computer/group/create", "/computer/group/move"] {
        bad(&account.post(path, request.clone()).await, text);
    }
}

#[tokio::test]
async fn a_group_is_made_with_computers_and_without() {
    let account = Account::start().await;
    let request = json!({ "group_name": "Group A", "computer_names": ["KIOSK-10", "meeting room"] });
    assert_eq!(
        message(&account.post("/computer/group/create", request).await),
        "SUCCESS"
    );
    message(
        &account
            .post("/computer/group/create", json!({ "group_name": "Züge, alt" }))
            .await,
    );
    let world = account.running.world();
    assert!(
        world
            .groups
            .ends_with(&["Group A".to_owned(), "Züge, alt".to_owned()])
    );
    let inside: Vec<&str> = world
        .devices
        .iter()
        .filter(|d| d.group.as_deref() == Some("Group A"))
        .map(|d| d.name.as_str())
        .collect();
    assert_eq!(inside, ["KIOSK-10", "Meeting Room", "Meeting Room"]);
}

#[tokio::test]
async fn a_computer_moves_from_group_to_group_and_no_list_tells() {
    let account = Account::start().await;
    let before = account.device("DC-01");
    assert_eq!(before.group.as_deref(), Some("Servers"));
    let list = account.get("/computer/list").await.json();
    let request = json!({ "group_name": "spare POOL", "computer_names": ["DC-01"] });
    assert_eq!(
        message(&account.post("/computer/group/move", request).await),
        "SUCCESS"
    );
    assert_eq!(account.device("DC-01").group.as_deref(), Some("Spare pool"));
    assert_eq!(account.get("/computer/list").await.json(), list);
}

#[tokio::test]
async fn a_name_that_is_taken_or_not_there_is_told_with_the_vendors_grammar() {
    let account = Account::start().await;
    let before = account.running.world();
    for name in ["Lab", "lab"] {
        bad(
            &account
                .post("/computer/group/create", json!({ "group_name": name }))
                .await,
            "Group name is already exists",
        );
    }
    let request = json!({ "group_name": "Group A", "computer_names": ["DC-01"] });
    bad(
        &account.post("/computer/group/move", request).await,
        "Group name does not exists",
    );
    assert_eq!(account.running.world(), before);
}

#[tokio::test]
async fn a_group_needs_a_sound_name() {
    let account = Account::start().await;
    let names = json!(["DC-01"]);
    for blank in [json!(""), json!(" \t"), Value::Null] {
        let request = json!({ "group_name": blank, "computer_names": names });
        refused_alike(&account, request, "Group name can not be blank").await;
    }
    refused_alike(
        &account,
        json!({ "computer_names": names }),
        "Group name can not be blank",
    )
    .await;
    for invalid in ["a\u{1b}[31m".to_owned(), "é".repeat(101)] {
        let request = json!({ "group_name": invalid, "computer_names": names });
        refused_alike(&account, request, "Invalid group name").await;
    }
    let longest = json!({ "group_name": "é".repeat(100) });
    message(&account.post("/computer/group/create", longest).await);
}

#[tokio::test]
async fn computers_that_are_missing_blank_or_not_there_leave_all_as_it_was() {
    let account = Account::start().await;
    let before = account.running.world();
    for names in [json!([]), json!(["DC-01", ""]), json!(["DC-01", "no such"])] {
        for (path, group) in [
            ("/computer/group/create", "Group A"),
            ("/computer/group/move", "Lab"),
        ] {
            let request = json!({ "group_name": group, "computer_names": names });
            bad(
                &account.post(path, request).await,
                "Computer names are not found in the request",
            );
        }
    }
    bad(
        &account
            .post("/computer/group/move", json!({ "group_name": "Lab" }))
            .await,
        "Computer names are not found in the request",
    );
    assert_eq!(account.running.world(), before);
}
