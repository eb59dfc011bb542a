//! The 13 operations over a real socket: each success, each text of the vendor's page, each limit at and past its edge.

mod access;
mod assignments;
mod create;
mod delete;
mod demo;
mod devices;
mod faults;
mod groups;
mod invite;
mod lists;
mod state;
mod viewer;

use jiff::Timestamp;
use serde_json::Value;

use super::{Device, Options, Running, Server};
use crate::clock::Clock;
use crate::sim::raw_http::{self, Answer, Ask};

/// Where all paths begin.
const API: &str = "/rpcnew/api/msp";

/// The day of all tests.
fn day() -> Timestamp {
    "2026-11-20T00:00:00Z".parse().unwrap()
}

/// Options that depend on nothing outside the test.
fn options() -> Options {
    Options::new(Clock::Frozen(day()))
}

/// An account, and its key.
struct Account {
    running: Running,
    key: String,
}

impl Account {
    async fn start() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let mut options = options();
        change(&mut options);
        let running = Server::start(options).await.unwrap();
        let key = running.api_key();
        Self { running, key }
    }

    /// Returns the headers that every request must have.
    fn headers(&self) -> Vec<(&'static str, String)> {
        vec![
            ("Authorization", format!("Bearer {}", self.key)),
            ("Content-type", "application/json".to_owned()),
        ]
    }

    async fn send(&self, method: &str, path: &str, body: Option<String>) -> Answer {
        let target = format!("{API}{path}");
        let ask = Ask {
            method,
            target: &target,
            headers: self.headers(),
            body,
        };
        raw_http::send(&self.running.base_url(), &ask).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None).await
    }

    /// Reads a list that is told its page in the body.
    async fn get_with(&self, path: &str, body: Value) -> Answer {
        self.send("GET", path, Some(body.to_string())).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, Some(body.to_string())).await
    }

    /// Returns the only computer of a name, in any case.
    fn device(&self, name: &str) -> Device {
        let world = self.running.world();
        let found: Vec<_> = world.devices_named(name).cloned().collect();
        assert_eq!(found.len(), 1, "{name}");
        found[0].clone()
    }
}

/// Checks that an answer is the vendor's envelope of success, and returns its message.
#[track_caller]
fn message(answer: &Answer) -> Value {
    let body = answer.json();
    assert_eq!(answer.status, 200, "{body}");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let names: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(names, ["code", "message", "status"], "{body}");
    assert_eq!(
        (&body["status"], &body["code"]),
        (&"OK".into(), &200.into()),
        "{body}"
    );
    body["message"].clone()
}

/// Checks that an answer is the vendor's envelope of failure, with this status, this word for it and these texts.
#[track_caller]
fn refused(answer: &Answer, status: u16, word: &str, texts: &[&str]) {
    let errors: Vec<Value> = texts
        .iter()
        .map(|t| serde_json::json!({ "description": t }))
        .collect();
    let expected = serde_json::json!({
        "status": word,
        "code": status,
        "errorsCount": texts.len(),
        "errors": errors,
    });
    assert_eq!((answer.status, answer.json()), (status, expected));
}

/// Checks that a request is a 400 for one reason.
#[track_caller]
fn bad(answer: &Answer, text: &str) {
    refused(answer, 400, "BAD_REQUEST", &[text]);
}

/// Checks that a request is a 404 for one reason.
#[track_caller]
fn absent(answer: &Answer, text: &str) {
    refused(answer, 404, "NOT_FOUND", &[text]);
}
