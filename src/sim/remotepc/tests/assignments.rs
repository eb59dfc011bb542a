//! Assignments.

use serde_json::{Value, json};

use super::{Account, absent, bad, message};
use crate::sim::raw_http::Answer;
use crate::sim::remotepc::State;

const USER: &str = "shane@myworld";

async fn assign(account: &Account, username: &str, names: Value) -> Answer {
    let request = json!({ "username": username, "computer_names": names });
    account.post("/computer/assign", request).await
}

async fn unassign(account: &Account, username: &str, names: Value) -> Answer {
    let request = json!({ "username": username, "computer_names": names });
    account.post("/computer/unassign", request).await
}

#[tokio::test]
async fn computers_are_assigned_and_taken_back() {
    let account = Account::start().await;
    let names = json!(["Dock 4, north gate", "kiosk-10"]);
    assert_eq!(
        message(&assign(&account, "Shane@MyWorld", names.clone()).await),
        "SUCCESS"
    );
    for name in ["Dock 4, north gate", "KIOSK-10"] {
        assert!(account.device(name).is_assigned_to(USER), "{name}");
    }
    let listed = message(&account.get("/computer/list/shane@myworld").await)["devices"].to_string();
    assert!(
        listed.contains("Dock 4, north gate") && listed.contains("KIOSK-10"),
        "{listed}"
    );
    assert_eq!(message(&unassign(&account, USER, names).await), "SUCCESS");
    assert!(!account.device("KIOSK-10").is_assigned_to(USER));
}

#[tokio::test]
async fn an_assignment_twice_is_one_and_one_that_is_not_there_cannot_be_taken_back() {
    let account = Account::start().await;
    let names = json!(["KIOSK-10", "KIOSK-10"]);
    message(&assign(&account, USER, names.clone()).await);
    message(&assign(&account, USER, names.clone()).await);
    let assigned = account.device("KIOSK-10").assigned;
    assert_eq!(assigned.iter().filter(|a| *a == USER).count(), 1);
    message(&unassign(&account, USER, names.clone()).await);
    let before = account.running.world();
    absent(&unassign(&account, USER, names).await, "Computer(s) not found");
    assert_eq!(account.running.world(), before);
}

#[tokio::test]
async fn a_name_means_every_computer_that_bears_it() {
    let account = Account::start().await;
    for (name, count) in [("Meeting Room", 2), ("reception-pc", 2)] {
        message(&assign(&account, USER, json!([name])).await);
        let world = account.running.world();
        let all: Vec<_> = world.devices_named(name).collect();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|d| d.is_assigned_to(USER)), "{name}");
    }
    // One of the two is enough to be taken back by name.
    let id = account
        .running
        .world()
        .devices_named("Meeting Room")
        .next()
        .unwrap()
        .machine_id
        .clone();
    account
        .running
        .edit(|world| world.change_device(&id, |d| d.unassign(USER)));
    message(&unassign(&account, USER, json!(["Meeting Room"])).await);
    let world = account.running.world();
    assert!(
        !world
            .devices_named("Meeting Room")
            .any(|d| d.is_assigned_to(USER))
    );
}

#[tokio::test]
async fn what_is_missing_blank_or_not_there_is_told_in_the_operations_own_words() {
    let account = Account::start().await;
    let before = account.running.world();
    let invited = before.users.iter().find(|u| u.state == State::Invited).unwrap();
    for path in ["/computer/assign", "/computer/unassign"] {
        let names = json!(["KIOSK-10"]);
        for request in [
            json!({ "computer_names": names }),
            json!({ "username": "", "computer_names": names }),
            json!({ "username": "  ", "computer_names": [] }),
        ] {
            bad(&account.post(path, request).await, "Username is required");
        }
        for request in [
            json!({ "username": USER }),
            json!({ "username": USER, "computer_names": [] }),
            json!({ "username": "nobody@myworld", "computer_names": null }),
        ] {
            bad(
                &account.post(path, request).await,
                "Computer names are not found in the request",
            );
        }
        for user in ["nobody@myworld", &invited.username] {
            let request = json!({ "username": user, "computer_names": names });
            absent(&account.post(path, request).await, "User not found");
        }
        let request = json!({ "username": USER, "computer_names": ["KIOSK-10", "KIOSK-100"] });
        absent(&account.post(path, request).await, "Computer(s) not found");
    }
    let blank = json!(["KIOSK-10", " "]);
    bad(
        &assign(&account, USER, blank.clone()).await,
        "Computer name can not be blank",
    );
    bad(
        &unassign(&account, USER, blank).await,
        "Computer names are not found in the request",
    );
    assert_eq!(
        account.running.world(),
        before,
        "nothing of a refused request is done"
    );
}
