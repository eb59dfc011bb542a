//! How the session is made, shared and renewed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::fleet::{self, ComputerId, Kind};
use crate::http::Delivery;
use crate::secret::{REDACTED, Redactor};

use super::{Reads, calls, granting, sessions, team, team_with};
use crate::vendor::stub::{Answer, Stub};

/// Reads 50 entries at once.
async fn fifty(reads: &Reads) -> Vec<fleet::Result<()>> {
    let mut tasks = JoinSet::new();
    for number in 0..50 {
        let reads = reads.clone();
        tasks.spawn(async move {
            reads
                .read_entry(&ComputerId::new(format!("e{number}")))
                .await
                .map(drop)
        });
    }
    tasks.join_all().await
}

async fn move_the_clock_by(duration: Duration) {
    tokio::time::pause();
    tokio::time::advance(duration).await;
    tokio::time::resume();
}

#[tokio::test]
async fn fifty_requests_at_once_make_one_session() {
    let stub = granting(|_| Answer::json(200, &json!({}))).await;
    let (reads, _) = team(&stub);
    assert!(fifty(&reads).await.iter().all(Result::is_ok));
    assert_eq!((sessions(&stub), calls(&stub).len()), (1, 50));
    for call in calls(&stub) {
        assert_eq!(call.header("authorization"), Some("Bearer token-1"));
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_sent_is_the_vendors_fault_and_not_shown() {
    for token in ["", "tok\n123456", "tok\u{7f}123456"] {
        let stub = Stub::start(move |_| Answer::json(201, &json!({ "token": token }))).await;
        let (reads, _) = team(&stub);
        let error = reads.list_entries().await.unwrap_err();
        assert_eq!(
            (error.kind, error.operation),
            (Kind::Vendor, Some("createSession"))
        );
        assert!(!format!("{error:?}").contains("123456"), "{error:?}");
        assert_eq!(calls(&stub).len(), 0);
    }
}

#[tokio::test]
async fn fifty_requests_whose_token_is_refused_make_one_more_session() {
    let stub = granting(|call| match call.header("authorization") {
        Some("Bearer token-1") => Answer::empty(401),
        _ => Answer::json(200, &json!({})),
    })
    .await;
    let (reads, _) = team(&stub);
    assert!(fifty(&reads).await.iter().all(Result::is_ok));
    assert_eq!((sessions(&stub), calls(&stub).len()), (2, 100));
}

#[tokio::test]
async fn a_new_token_that_is_refused_too_is_an_error() {
    let stub = granting(|_| Answer::empty(401)).await;
    let (reads, _) = team(&stub);
    let error = reads.list_entries().await.unwrap_err();
    assert_eq!((error.kind, error.status), (Kind::Auth, Some(401)));
    assert_eq!((sessions(&stub), calls(&stub).len()), (2, 2));
}

#[tokio::test]
async fn a_refused_key_is_sent_once_for_all_who_wait() {
    let stub = Stub::start(|_| Answer::empty(401)).await;
    let (reads, _) = team(&stub);
    for outcome in fifty(&reads).await {
        assert_eq!(
            outcome.unwrap_err().message,
            "RealVNC Connect refused the access key"
        );
    }
    assert_eq!((sessions(&stub), calls(&stub).len()), (1, 0));
}

#[tokio::test]
async fn a_failure_is_not_remembered_for_those_who_come_later() {
    let stub = Stub::start(|_| Answer::empty(401)).await;
    let (reads, _) = team(&stub);
    for _ in 0..2 {
        assert!(reads.list_entries().await.is_err());
    }
    assert_eq!(sessions(&stub), 2);
}

#[tokio::test]
async fn a_session_after_a_failure_serves_all_who_come_later() {
    let refusals = AtomicU32::new(1);
    let stub = Stub::start(move |call| match call.path.as_str() {
        "/1.0/sessions" if refusals.swap(0, Ordering::SeqCst) > 0 => Answer::empty(401),
        "/1.0/sessions" => Answer::json(201, &json!({ "token": "token-2" })),
        _ => Answer::json(200, &json!({})),
    })
    .await;
    let (reads, _) = team(&stub);
    assert!(reads.list_entries().await.is_err());
    assert!(fifty(&reads).await.iter().all(Result::is_ok));
    assert_eq!((sessions(&stub), calls(&stub).len()), (2, 50));
}

#[tokio::test]
async fn a_token_is_replaced_before_it_ends_and_not_sooner() {
    let stub = granting(|_| Answer::json(200, &json!({}))).await;
    let (reads, _) = team(&stub);
    reads.list_entries().await.unwrap();
    move_the_clock_by(Duration::from_secs(3500)).await;
    reads.list_entries().await.unwrap();
    assert_eq!(sessions(&stub), 1);
    move_the_clock_by(Duration::from_secs(50)).await;
    reads.list_entries().await.unwrap();
    assert_eq!(sessions(&stub), 2);
}

#[tokio::test]
async fn a_token_that_ended_on_the_way_does_not_count_as_a_refusal() {
    let made = AtomicU32::new(0);
    let (arrived, released) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (arrive, late) = (Arc::clone(&arrived), Arc::clone(&released));
    let stub = Stub::start(move |call| match call.header("authorization") {
        None => {
            let token = format!("token-{}", made.fetch_add(1, Ordering::SeqCst) + 1);
            Answer::json(201, &json!({ "token": token, "expiresIn": 5 }))
        }
        Some("Bearer token-1") => {
            arrive.notify_one();
            Answer::When(Arc::clone(&late), 401)
        }
        Some("Bearer token-2") => Answer::empty(401),
        Some(_) => Answer::json(200, &json!({})),
    })
    .await;
    let (reads, _) = team(&stub);
    let reading = tokio::spawn(async move { reads.list_entries().await });
    arrived.notified().await;
    move_the_clock_by(Duration::from_secs(6)).await;
    released.notify_one();
    assert!(reading.await.unwrap().is_ok());
    assert_eq!((sessions(&stub), calls(&stub).len()), (3, 3));
}

#[tokio::test]
async fn a_token_without_a_lifetime_is_used_until_it_is_refused() {
    let stub = Stub::start(|call| match call.path.as_str() {
        "/1.0/sessions" => Answer::json(200, &json!({ "token": "token-for-ever" })),
        _ => Answer::json(200, &json!({})),
    })
    .await;
    let (reads, _) = team(&stub);
    reads.list_entries().await.unwrap();
    move_the_clock_by(Duration::from_secs(1_000_000)).await;
    reads.list_entries().await.unwrap();
    assert_eq!(sessions(&stub), 1);
}

#[tokio::test]
async fn whoever_is_dropped_while_asking_for_a_session_stands_in_nobodys_way() {
    let asked = Arc::new(Notify::new());
    let ask = Arc::clone(&asked);
    let first = AtomicBool::new(true);
    let stub = Stub::start(move |call| {
        if call.path == "/1.0/sessions" && first.swap(false, Ordering::SeqCst) {
            ask.notify_one();
            return Answer::Hang;
        }
        match call.path.as_str() {
            "/1.0/sessions" => Answer::json(201, &json!({ "token": "token-2", "expiresIn": 60 })),
            _ => Answer::json(200, &json!({})),
        }
    })
    .await;
    let (reads, _) = team(&stub);
    let waiting = tokio::spawn({
        let reads = reads.clone();
        async move { reads.list_entries().await }
    });
    asked.notified().await;
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    assert!(reads.list_entries().await.unwrap().is_empty());
    assert_eq!(sessions(&stub), 2);
}

#[tokio::test]
async fn a_write_without_a_session_was_never_sent() {
    let stub = Stub::start(|_| Answer::empty(500)).await;
    let (_, writes) = team(&stub);
    let failure = writes.delete_entry(&ComputerId::new("e")).await.unwrap_err();
    assert_eq!(failure.delivery, Delivery::NotCarriedOut);
    assert_eq!(failure.error.operation, Some("createSession"));
    assert!(calls(&stub).is_empty());
}

#[tokio::test]
async fn key_and_token_are_taken_out_of_texts() {
    let redactor = Redactor::default();
    let stub = granting(|_| Answer::json(200, &json!({}))).await;
    let (reads, _) = team_with(&stub, redactor.clone());
    reads.list_entries().await.unwrap();
    assert_eq!(
        redactor.redact("token-1 key-secret"),
        format!("{REDACTED} {REDACTED}")
    );
    let shown = format!("{reads:?}");
    assert!(
        !shown.contains("key-secret") && !shown.contains("key-id"),
        "{shown}"
    );
}
