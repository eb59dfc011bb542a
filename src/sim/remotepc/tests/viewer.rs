//! Addresses to connect at.

use serde_json::{Value, json};

use super::{Account, bad, message};
use crate::sim::raw_http::Answer;
use crate::sim::remotepc::State;

async fn ask(account: &Account, machine_id: &str, username: &str) -> Answer {
    let request = json!({ "machine_id": machine_id, "username": username });
    account.post("/computer/get/connectUrl", request).await
}

#[tokio::test]
async fn an_address_leads_to_the_simulator_and_is_another_each_time() {
    let account = Account::start().await;
    let id = account.device("DC-01").machine_id;
    account
        .running
        .edit(|world| world.change_device(&id, |d| d.assign("shane@myworld")));
    let mut seen: Vec<Value> = Vec::new();
    for _ in 0..3 {
        let address = message(&ask(&account, &id, "Shane@myworld").await);
        let begin = format!(
            "{}/rpcnew/viewer/redirect/msp/connect/process/",
            account.running.base_url()
        );
        let secret = address.as_str().unwrap().strip_prefix(&begin).unwrap();
        assert!(
            secret.len() == 40 && secret.chars().all(|c| c.is_ascii_alphanumeric()),
            "{secret}"
        );
        assert!(!seen.contains(&address));
        seen.push(address);
    }
}

#[tokio::test]
async fn the_owner_may_view_every_computer_and_others_only_their_own() {
    let account = Account::start().await;
    let world = account.running.world();
    let device = world.devices.iter().find(|d| d.assigned.is_empty()).unwrap();
    let of = |state| &world.users.iter().find(|u| u.state == state).unwrap().username;
    message(&ask(&account, &device.machine_id, of(State::Owner)).await);
    for username in [of(State::Active), of(State::Invited), "nobody@myworld"] {
        let answer = ask(&account, &device.machine_id, username).await;
        bad(&answer, "invalid host_machine_id or username");
    }
}

#[tokio::test]
async fn what_cannot_be_an_identifier_or_an_address_is_told_apart_from_what_is_not_there() {
    let account = Account::start().await;
    let before = account.running.world();
    let owner = &before.users[0].username;
    let id = &before.devices[0].machine_id;
    for machine in ["", "DC-01", "GVHR654 BUYJH", "é"] {
        bad(&ask(&account, machine, owner).await, "Invalid machine_id");
    }
    for username in ["", "shane", "a@b@c"] {
        bad(&ask(&account, id, username).await, "Invalid username");
    }
    for machine in ["GVHR654GBUYJH", &id.to_lowercase()] {
        let answer = ask(&account, machine, owner).await;
        bad(&answer, "invalid host_machine_id or username");
    }
    let path = "/computer/get/connectUrl";
    bad(
        &account.post(path, json!({ "username": owner })).await,
        "Invalid machine_id",
    );
    bad(
        &account.post(path, json!({ "machine_id": id })).await,
        "Invalid username",
    );
    assert_eq!(account.running.world(), before);
}
