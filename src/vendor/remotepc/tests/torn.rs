//! Lists whose pages do not fit together, once or always.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use crate::fleet::Kind;
use crate::vendor::remotepc::Paging;
use crate::vendor::stub::{Answer, Stub};

use super::paging::{asked, by_body, complete, numbered, page, reads};
use super::{device, html, ok, refused};

/// Answers with pages in the order of the calls, the last one for ever.
async fn in_turn(pages: Vec<fn() -> Answer>) -> Stub {
    let turn = AtomicUsize::new(0);
    Stub::start(move |_| pages[turn.fetch_add(1, Ordering::SeqCst).min(pages.len() - 1)]()).await
}

#[tokio::test]
async fn a_list_that_changes_while_it_is_read_is_read_anew() {
    for (pages, total, expected) in [
        // It grows.
        (
            vec![
                (|| page(1, 2, 3)) as fn() -> Answer,
                || page(2, 2, 4),
                || page(1, 2, 4),
                || page(2, 2, 4),
            ],
            4,
            "b1 b2 b1 b2",
        ),
        // It shrinks, so that there is no such page any more.
        (
            vec![
                || page(1, 2, 5),
                || page(2, 2, 5),
                || page(3, 2, 4),
                || page(1, 2, 4),
                || page(2, 2, 4),
            ],
            4,
            "b1 b2 b3 b1 b2",
        ),
        // Twice.
        (
            vec![
                || page(1, 2, 3),
                || page(2, 2, 4),
                || page(1, 2, 4),
                || page(2, 2, 3),
                || page(1, 2, 3),
                || page(2, 2, 3),
            ],
            3,
            "b1 b2 b1 b2 b1 b2",
        ),
    ] {
        let stub = in_turn(pages).await;
        complete(reads(&stub, Paging::Auto).get_devices().await, total);
        assert_eq!(asked(&stub), expected);
    }
}

#[tokio::test]
async fn a_list_that_never_fits_is_an_error_and_never_a_part() {
    let empty =
        || ok(&json!({ "devices": [], "pagination": { "total_records": 3, "current_page_index": 2 } }));
    let overlapping = || {
        let devices = [device("M2", "PC-2", "Offline"), device("M3", "PC-3", "Offline")];
        ok(&json!({ "devices": devices, "pagination": { "total_records": 4, "current_page_index": 2 } }))
    };
    for (second, why) in [
        (empty as fn() -> Answer, "page 2 is empty after 2 of 3 records"),
        (|| numbered(1, 2, 3, 2), "page 2 has records of an earlier page"),
        (overlapping, "there were 3 records in all, and now there are 4"),
        (
            || page(2, 2, 4),
            "there were 3 records in all, and now there are 4",
        ),
        (
            || refused("BAD_REQUEST", 400, "Invalid page index"),
            "page 2 was refused",
        ),
        (|| page(1, 2, 3), "page 2 was asked for, and page 1 came"),
    ] {
        let stub = Stub::start(move |call| match by_body(call) {
            Some((1, _)) => page(1, 2, 3),
            _ => second(),
        })
        .await;
        let error = reads(&stub, Paging::Body).get_devices().await.unwrap_err();
        assert!(error.causes[0].contains(why), "{error:?}");
        assert_eq!(asked(&stub), "b1 b2 b1 b2 b1 b2");
    }
}

#[tokio::test]
async fn a_page_with_more_than_there_are_records_is_an_error() {
    let stub = Stub::start(|_| {
        let devices = [device("M1", "PC-1", "Offline"), device("M2", "PC-2", "Offline")];
        ok(&json!({ "devices": devices, "pagination": { "total_records": 1, "current_page_index": 1 } }))
    })
    .await;
    let error = reads(&stub, Paging::Body).get_devices().await.unwrap_err();
    assert_eq!(error.kind, Kind::Vendor);
    assert!(
        error.causes[0].contains("there are 1 records in all, and 2 came"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_list_in_which_a_page_fails_is_no_list() {
    for answer in [
        (|| Answer::empty(500)) as fn() -> Answer,
        || html(200),
        || ok(&json!("SUCCESS")),
        || ok(&json!({})),
    ] {
        let stub = Stub::start(move |call| match by_body(call) {
            Some((1, _)) => page(1, 2, 3),
            _ => answer(),
        })
        .await;
        let error = reads(&stub, Paging::Auto).get_devices().await.unwrap_err();
        assert_eq!((error.kind, error.operation), (Kind::Vendor, Some("getDevices")));
    }
}

#[tokio::test]
async fn an_answer_without_its_list_is_no_empty_list() {
    let stub = Stub::start(|_| {
        ok(&json!({ "users": [], "pagination": { "total_records": 2, "current_page_index": 1 } }))
    })
    .await;
    let error = reads(&stub, Paging::Auto).get_devices().await.unwrap_err();
    assert_eq!(
        error.message,
        "could not list computers: the answer cannot be used"
    );
    assert!(
        error.causes[0].ends_with("the answer has no list `devices`; its members are `users`"),
        "{error:?}"
    );
}
