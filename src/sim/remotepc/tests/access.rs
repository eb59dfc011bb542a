//! Who is let in, and what a request must look like whatever it asks for.

use serde_json::{Value, json};

use super::{API, Account, message, refused};
use crate::sim::raw_http::{self, Answer, Ask};
use crate::sim::remotepc::{Operation, Standing, World};

/// Returns a path and a body with which an operation is carried out.
fn sound(operation: Operation, world: &World) -> (String, Option<Value>) {
    let owner = &world.users[0].username;
    let device = world
        .find_device(&world.devices_named("DC-01").next().unwrap().machine_id)
        .unwrap();
    let names = json!(["DC-01"]);
    let body = match operation {
        Operation::InviteUsers => json!({ "email": ["new@kestrel.example"] }),
        Operation::CreateUser => {
            json!({ "firstname": "New", "lastname": "Person", "username": "np@myworld", "password": "secret1" })
        }
        Operation::DeleteUsers => json!({ "sub_ids": [], "invited_ids": ["nobody@myworld"] }),
        Operation::AssignComputer => json!({ "username": owner, "computer_names": names }),
        Operation::UnassignComputer => {
            json!({ "username": device.assigned.first().unwrap_or(owner), "computer_names": names })
        }
        Operation::CreateGroup => json!({ "group_name": "Group A" }),
        Operation::RemoveComputers => json!({ "computer_names": ["backup-vault"] }),
        Operation::AddComment => json!({ "computer_name": "DC-01", "comment_desc": "This is my computer" }),
        Operation::MoveComputers => json!({ "group_name": "Lab", "computer_names": names }),
        Operation::GetConnectUrl => json!({ "machine_id": device.machine_id, "username": owner }),
        Operation::GetUsers | Operation::GetDevices | Operation::GetUsersDevices => Value::Null,
    };
    let path = operation.path().replace("{username}", owner);
    (path, (!body.is_null()).then_some(body))
}

async fn ask(account: &Account, operation: Operation, headers: Vec<(&str, String)>) -> Answer {
    let (target, body) = sound(operation, &account.running.world());
    let method = operation.method();
    let ask = Ask {
        method: method.as_str(),
        target: &target,
        headers,
        body: body.map(|b| b.to_string()),
    };
    raw_http::send(&account.running.base_url(), &ask).await
}

/// An account in which every sound request is carried out.
async fn account() -> Account {
    let account = Account::start().await;
    account.running.edit(|world| {
        let owner = world.users[0].username.clone();
        let id = world.devices_named("DC-01").next().unwrap().machine_id.clone();
        world.change_device(&id, |d| d.assign(&owner));
    });
    account
}

#[tokio::test]
async fn each_operation_answers_who_may() {
    for operation in Operation::ALL {
        let account = account().await;
        let answer = ask(&account, operation, account.headers()).await;
        message(&answer);
        assert_eq!(account.running.received(operation), 1);
    }
}

#[tokio::test]
async fn without_the_key_written_as_it_must_be_every_operation_is_a_401() {
    let account = account().await;
    let (before, key) = (account.running.world(), &account.key);
    let wrong = [
        None,
        Some("Bearer nonsense".to_owned()),
        Some(format!("bearer {key}")),
        Some(format!("Bearer  {key}")),
        Some(format!("Bearer {key}x")),
        Some(key.clone()),
    ];
    for operation in Operation::ALL {
        for header in &wrong {
            let mut headers = vec![("Content-type", "application/json".to_owned())];
            headers.extend(header.iter().map(|h| ("Authorization", h.clone())));
            let answer = ask(&account, operation, headers).await;
            refused(&answer, 401, "UNAUTHORIZED", &["NOT_AUTHORIZED"]);
        }
    }
    assert_eq!(account.running.world(), before);
}

#[tokio::test]
async fn a_key_that_was_changed_fails_at_once() {
    let account = account().await;
    message(&account.get("/user/list").await);
    account.running.edit(|world| world.api_key = "another".to_owned());
    refused(
        &account.get("/user/list").await,
        401,
        "UNAUTHORIZED",
        &["NOT_AUTHORIZED"],
    );
}

#[tokio::test]
async fn a_caller_whose_address_is_not_listed_is_forbidden_whatever_the_key() {
    let account = Account::with(|o| o.whitelisted = false).await;
    for operation in Operation::ALL {
        for headers in [account.headers(), Vec::new()] {
            let answer = ask(&account, operation, headers).await;
            refused(&answer, 403, "Forbidden", &["Forbidden "]);
        }
    }
}

#[tokio::test]
async fn a_user_who_may_not_is_told_so_in_the_words_that_the_operation_has() {
    for (standing, text) in [
        (Standing::NoUser, "Invalid user"),
        (Standing::NoPermission, "Invalid user permission"),
        (Standing::NoPlan, "Invalid user plan"),
    ] {
        let account = Account::with(|o| o.standing = standing).await;
        for operation in Operation::ALL {
            let answer = ask(&account, operation, account.headers()).await;
            let text = match operation {
                Operation::GetConnectUrl => "Invalid user",
                _ => text,
            };
            refused(&answer, 403, "Forbidden", &[text]);
        }
    }
}

#[tokio::test]
async fn each_operation_wants_its_content_type_reads_too() {
    let account = account().await;
    let before = account.running.world();
    for operation in Operation::ALL {
        for kind in [None, Some("text/plain"), Some("application/jsonp")] {
            let mut headers = account.headers();
            headers.truncate(1);
            headers.extend(kind.map(|k| ("Content-type", k.to_owned())));
            let answer = ask(&account, operation, headers).await;
            assert_eq!(answer.status, 400, "{operation:?} {kind:?}");
            let told = answer.json()["errors"][0]["description"].to_string();
            assert!(
                told.contains("Invalid Parameters: Content-type must be"),
                "{told}"
            );
        }
    }
    assert_eq!(account.running.world(), before);
    let mut headers = account.headers();
    headers[1].1 = "application/json; charset=utf-8".to_owned();
    message(&ask(&account, Operation::GetUsers, headers).await);
}

#[tokio::test]
async fn a_body_with_an_unknown_member_or_another_type_or_a_trailing_comma_is_refused() {
    let account = account().await;
    let before = account.running.world();
    for operation in Operation::ALL {
        let (target, body) = sound(operation, &before);
        let body = body.unwrap_or(json!({ "pageIndex": 1, "recordPerPage": 30 }));
        let mut spoilt = Vec::new();
        let mut more = body.clone();
        more["colour"] = json!("red");
        spoilt.push(more.to_string());
        for name in body.as_object().unwrap().keys() {
            let mut other = body.clone();
            other[name] = json!({ "a": 1 });
            spoilt.push(other.to_string());
        }
        let text = body.to_string();
        spoilt.push(text.replacen('}', ",}", 1));
        spoilt.push("[]".to_owned());
        if operation.writes() {
            spoilt.push(String::new());
        }
        for body in spoilt {
            let answer = account
                .send(
                    operation.method().as_str(),
                    &target[API.len()..],
                    Some(body.clone()),
                )
                .await;
            assert_eq!(answer.status, 400, "{operation:?} {body}");
            let told = answer.json()["errors"][0]["description"].to_string();
            assert!(
                told.starts_with("\"Invalid Parameters: "),
                "{operation:?} {body} {told}"
            );
        }
    }
    assert_eq!(account.running.world(), before);
}

#[tokio::test]
async fn another_path_or_method_is_a_404_for_people() {
    let account = account().await;
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/computer"),
        ("GET", "/computer/list/"),
        ("POST", "/computer/list"),
        ("GET", "/user/invite"),
        ("DELETE", "/user/delete"),
        ("POST", "/group/create"),
    ] {
        let answer = account.send(method, path, None).await;
        assert_eq!(answer.status, 404, "{method} {path}");
        assert!(answer.header("content-type").unwrap().starts_with("text/html"));
        assert!(answer.body.starts_with(b"<!DOCTYPE html>"));
    }
}

#[tokio::test]
async fn a_body_has_a_megabyte_at_most() {
    let account = account().await;
    let request = json!({ "email": ["a@b"] }).to_string();
    let padded = |size: usize| Some(format!("{request}{}", " ".repeat(size - request.len())));
    message(&account.send("POST", "/user/invite", padded(1 << 20)).await);
    let answer = account.send("POST", "/user/invite", padded((1 << 20) + 1)).await;
    assert_eq!(answer.status, 400);
    let told = answer.json()["errors"][0]["description"].to_string();
    assert!(told.contains("the body cannot be read"), "{told}");
}
