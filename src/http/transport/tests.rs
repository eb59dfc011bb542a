//! Requests to a server that misbehaves, over a real network connection.

use std::cell::Cell;
use std::error::Error as _;
use std::io::Write;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::http::faults::{Act, Server, answer, ok, raw};
use crate::http::{ETag, Method, Pages};
use crate::secret::Secret;

mod limits;
mod logs;
mod repeats;
mod slower;
mod ways;

fn get() -> Request {
    Request::new("listEntries", Method::GET, ["1.0", "entries"])
}

fn post() -> Request {
    Request::new("inviteMember", Method::POST, ["1.0", "members"]).json(json!({"email": "a@b"}))
}

/// Sends a request to a server that acts so, and returns what came of it and how many requests arrived.
async fn run(acts: Vec<Act>, request: Request) -> (Result<Response, Error>, usize) {
    let server = Server::start(acts).await;
    let result = server.transport().send(request).await;
    (result, server.requests().len())
}

async fn failure(acts: Vec<Act>, request: Request) -> (Error, usize) {
    let (result, sent) = run(acts, request).await;
    (result.unwrap_err(), sent)
}

fn chain(error: &Error) -> String {
    let causes = std::iter::successors(error.source(), |e| (*e).source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

#[tokio::test]
async fn a_request_carries_what_it_was_given_and_the_answer_what_came() {
    let headers = "content-type: application/json\r\netag: W/\"1\"\r\nx-y: z\r\n";
    let server = Server::start(vec![answer("201 Created", headers, "{\"id\":7}")]).await;
    let request = post()
        .query("from", "a b")
        .bearer(&Secret::new("tok-123456"))
        .if_match(ETag::new("\"5\""));
    let response = server.transport().send(request).await.unwrap();
    assert_eq!((response.status(), server.requests().len()), (201, 1));
    assert_eq!(response.etag(), Some(ETag::new("W/\"1\"")));
    assert_eq!(response.header("X-Y"), Some("z"));
    assert_eq!(response.json::<Value>().unwrap(), json!({"id": 7}));
    let sent = &server.requests()[0];
    assert!(
        sent.starts_with("POST /1.0/members?from=a%20b HTTP/1.1\r\n"),
        "{sent}"
    );
    assert!(sent.ends_with("\r\n\r\n{\"email\":\"a@b\"}"), "{sent}");
    for header in [
        "authorization: Bearer tok-123456",
        "if-match: \"5\"",
        "content-type: application/json",
        "accept: application/json",
        "accept-encoding: gzip",
        concat!("user-agent: deskhand/", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(sent.lines().any(|l| l == header), "{header} is not in\n{sent}");
    }
}

#[tokio::test]
async fn a_read_may_carry_a_body_or_the_name_of_one() {
    let server = Server::start(vec![ok("[]"), ok("[]"), ok("[]")]).await;
    for request in [get().json(json!({"pageIndex": 2})), get().says_json(), get()] {
        server.transport().send(request).await.unwrap();
    }
    let sent = server.requests();
    assert!(
        sent[0].starts_with("GET ") && sent[0].ends_with("\r\n\r\n{\"pageIndex\":2}"),
        "{}",
        sent[0]
    );
    assert!(sent[1].ends_with("\r\n\r\n"), "{}", sent[1]);
    let typed: Vec<bool> = sent
        .iter()
        .map(|s| s.contains("content-type: application/json"))
        .collect();
    assert_eq!(typed, [true, true, false]);
}

#[tokio::test]
async fn what_a_refusal_says_can_be_read_as_json_and_shown_without_secrets() {
    let body = "{\"errors\": [{\"description\": \"no\\n\\u001b[31m tok-123456\"}]}";
    let server = Server::start(vec![answer(
        "403 Forbidden",
        "content-type: application/json\r\n",
        body,
    )])
    .await;
    let redactor = Redactor::default();
    redactor.learn(&Secret::new("tok-123456"));
    let transport = Transport::new(server.settings(), redactor).unwrap();
    let error = transport.send(get()).await.unwrap_err();
    assert!(!format!("{error:?}").contains("123456"), "{error:?}");
    let Error::Status { body, .. } = error else {
        panic!("{error}")
    };
    let said = body.json::<Value>().unwrap();
    let description = said["errors"][0]["description"].as_str().unwrap();
    assert_eq!(transport.shown(description), "no \\u{1b}[31m [redacted]");
}

#[tokio::test]
async fn a_success_needs_no_body() {
    let (result, _) = run(vec![Act::Say(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())], get()).await;
    let response = result.unwrap();
    assert_eq!(response.status(), 204);
    assert!(matches!(
        response.json::<Value>(),
        Err(Error::Empty { status: 204, .. })
    ));
}

#[tokio::test]
async fn a_refusal_is_reported_at_once_with_what_the_vendor_said() {
    let body = "no\n\u{1b}[31m permission tok-123456";
    let server = Server::start(vec![answer("403 Forbidden", "", body), ok("[]")]).await;
    let redactor = Redactor::default();
    redactor.learn(&Secret::new("tok-123456"));
    let transport = Transport::new(server.settings(), redactor).unwrap();
    let error = transport.send(get()).await.unwrap_err();
    assert_eq!(
        (error.status(), error.delivery()),
        (Some(403), Delivery::NotCarriedOut)
    );
    let text = error.to_string();
    assert!(
        text.ends_with("answered 403 Forbidden: no \\u{1b}[31m permission [redacted]"),
        "{text}"
    );
    assert_eq!(server.requests().len(), 1);
}
