//! What this vendor's clients have to fear most.

use serde_json::json;

use super::{Account, message};
use crate::sim::remotepc::Operation;
use crate::sim::{Effect, Fault};

#[tokio::test]
async fn a_failure_can_call_itself_200_and_nothing_is_done() {
    let account = Account::start().await;
    let before = account.running.world();
    let body = json!({
        "status": "INTERNAL_SERVER_ERROR",
        "code": 500,
        "errorsCount": 1,
        "errors": [{ "description": "INTERNAL_SERVER_ERROR" }],
    });
    account.running.faults().push(Fault::on(
        Operation::RemoveComputers,
        Effect::Answer {
            status: 200,
            body: body.clone(),
        },
    ));
    let answer = account
        .post("/computer/remove", json!({ "computer_names": ["backup-vault"] }))
        .await;
    assert_eq!((answer.status, answer.json()), (200, body));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(account.running.world(), before);
    assert_eq!(account.running.faults().waiting(), 0);
}

#[tokio::test]
async fn a_page_can_call_itself_another() {
    let account = Account::start().await;
    let lie = |pointer: &str| {
        let effect = Effect::Member {
            pointer: pointer.to_owned(),
            value: json!(7),
        };
        account
            .running
            .faults()
            .push(Fault::on(Operation::GetDevices, effect));
    };
    let truth = message(&account.get("/computer/list").await);
    lie("/message/pagination/current_page_index");
    let mut told = message(&account.get("/computer/list").await);
    assert_eq!(told["pagination"]["current_page_index"], 7);
    told["pagination"]["current_page_index"] = json!(1);
    assert_eq!(told, truth, "all else is as it was");
    lie("/message/no/such/member");
    assert_eq!(message(&account.get("/computer/list").await), truth);
}

#[tokio::test]
async fn a_list_can_change_between_two_pages() {
    let account = Account::start().await;
    let page = |index| json!({ "pageIndex": index, "recordPerPage": 100 });
    let first = message(&account.get_with("/computer/list", page(1)).await);
    account.running.edit(|world| world.devices.remove(0));
    let second = message(&account.get_with("/computer/list", page(2)).await);
    assert_eq!(second["pagination"]["total_records"], 199);
    assert_eq!(second["devices"].as_array().unwrap().len(), 99);
    let world = account.running.world();
    let slipped = json!(world.devices[99].machine_id);
    let ids = [&first, &second]
        .map(|page| page["devices"].as_array().unwrap().clone())
        .concat();
    assert!(
        !ids.iter().any(|d| d["machine_id"] == slipped),
        "one is on neither page"
    );
}
