//! The client over a real socket, against a server that says what each test wants to hear.

mod calls;
mod contract;
mod deliveries;
mod observing;
mod paging;
mod reading;
mod recalling;
mod refusals;
mod removal;
mod secrets;
mod simulated;
mod torn;
mod users;
mod writing;

use serde_json::{Value, json};

use crate::fleet::{ComputerId, ComputerRef, NewUser, SignIn};
use crate::secret::{Redactor, Secret};
use crate::vendor::stub::{Answer, Call, Stub};

use super::{ApiKey, Failure, Paging, Reads, Settings, Writes, connect, operations};

/// Connects to a stub.
fn account(stub: &Stub) -> (Reads, Writes) {
    account_with(stub, Settings::default(), Redactor::default())
}

fn account_with(stub: &Stub, settings: Settings, redactor: Redactor) -> (Reads, Writes) {
    let transport = stub.transport(redactor.clone());
    let key = ApiKey(Secret::new("key-123456"));
    connect(transport, key, settings, redactor, "branch".to_owned())
}

/// Settings with pages of this many records.
fn pages_of(records_per_page: u32, paging: Paging) -> Settings {
    Settings {
        paging,
        records_per_page,
    }
}

/// A success with a message.
fn ok(message: &Value) -> Answer {
    Answer::json(200, &json!({ "status": "OK", "code": 200, "message": message }))
}

/// The success of a write that has nothing more to tell.
fn success() -> Answer {
    ok(&json!("SUCCESS"))
}

/// A failure in the vendor's form; the HTTP status is that of the code.
fn refused(status: &str, code: u16, description: &str) -> Answer {
    refused_with(code, status, code, description)
}

fn refused_with(http: u16, status: &str, code: u16, description: &str) -> Answer {
    let errors = json!([{ "description": description }]);
    Answer::json(
        http,
        &json!({ "status": status, "code": code, "errorsCount": 1, "errors": errors }),
    )
}

fn html(status: u16) -> Answer {
    Answer::Say {
        status,
        headers: vec![("Content-Type", "text/html".to_owned())],
        body: "<html><h1>Not here</h1></html>".to_owned(),
    }
}

/// One page with all of a list.
fn whole(list: &str, records: &[Value]) -> Answer {
    let total = records.len();
    ok(&json!({
        list: records,
        "pagination": {
            "records_per_page": 500, "total_records": total, "total_page_count": 1, "current_page_index": 1,
        },
    }))
}

fn device(id: &str, name: &str, status: &str) -> Value {
    json!({
        "machine_id": id, "host_name": name, "host_os_version": "10.0", "host_ip": "0.0.0.0",
        "viewer_last_session_time": "2023-02-24 11:07:11", "comments": "", "host_os_text": "Windows",
        "host_status_text": status,
    })
}

fn computer(id: &str, name: &str) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(id),
        name: name.to_owned(),
    }
}

fn ann() -> NewUser {
    NewUser {
        username: "ann@myworld".to_owned(),
        first_name: "Ann".to_owned(),
        last_name: "Other".to_owned(),
        password: Secret::new("S3cret-word"),
        sign_in: SignIn::default(),
    }
}

/// Calls an operation.
async fn call(stub: &Stub, operation: &str) -> Result<(), Failure> {
    let (reads, writes) = account(stub);
    let two = ["Computer A", "Computer B"];
    let shane = "shane@myworld";
    match operation {
        "inviteUsers" => writes.invite_users(&[shane], SignIn::default()).await.map(drop),
        "createUser" => writes.create_user(&ann()).await,
        "deleteUsers" => writes.delete_users(&[shane], &["jamie@myworld"]).await.map(drop),
        "getUsers" => reads.get_users().await.map(drop).map_err(Failure::unsent),
        "assignComputer" => writes.assign_computer(shane, &two).await,
        "unassignComputer" => writes.unassign_computer(shane, &two).await,
        "createGroup" => writes.create_group("Group A", &two).await,
        "addComment" => writes.add_comment("Computer A", "This is my computer").await,
        "getDevices" => reads.get_devices().await.map(drop).map_err(Failure::unsent),
        "getUsersDevices" => reads
            .get_users_devices(shane)
            .await
            .map(drop)
            .map_err(Failure::unsent),
        "moveComputers" => writes.move_computers("Group A", &two).await,
        "getConnectUrl" => writes.get_web_viewer_url("M1", "abc@xyz").await.map(drop),
        other => panic!("{other} is no operation"),
    }
}

/// Calls each of the operations but the removal, which is several calls, and returns what came of it under its name.
async fn each_operation(stub: &Stub) -> Vec<(&'static str, Result<(), Failure>)> {
    let mut results = Vec::new();
    for operation in operations().filter(|operation| *operation != "removeComputers") {
        results.push((operation, call(stub, operation).await));
    }
    results
}

/// Tells whether a call lists computers or users.
fn lists(call: &Call) -> bool {
    call.method == "GET"
}
