//! Lists of several pages, asked for in both ways.

use std::sync::Mutex;

use serde_json::{Value, json};

use crate::fleet::{Error, Kind, Result};
use crate::secret::Redactor;
use crate::vendor::remotepc::wire::Device;
use crate::vendor::remotepc::{Paging, Reads};
use crate::vendor::stub::{Answer, Call, Stub};

use super::{account_with, device, html, ok, pages_of, refused};

/// What a page is asked for by.
pub(super) fn by_body(call: &Call) -> Option<(u64, u64)> {
    Some((
        call.body["pageIndex"].as_u64()?,
        call.body["recordPerPage"].as_u64()?,
    ))
}

fn by_query(call: &Call) -> Option<(u64, u64)> {
    let (_, query) = call.path.split_once('?')?;
    let number = |name: &str| {
        let pair = query.split('&').find_map(|pair| pair.strip_prefix(name))?;
        pair.strip_prefix('=')?.parse().ok()
    };
    Some((number("pageIndex")?, number("recordPerPage")?))
}

/// A page of `total` devices, called `PC-1` and so on.
pub(super) fn page(index: u64, size: u64, total: u64) -> Answer {
    numbered(index, size, total, index)
}

/// The page `index` of the devices, which calls itself `said`.
pub(super) fn numbered(index: u64, size: u64, total: u64, said: u64) -> Answer {
    let first = (index - 1) * size + 1;
    let devices: Vec<Value> = (first..=total.min(index * size))
        .map(|n| device(&format!("M{n}"), &format!("PC-{n}"), "Offline"))
        .collect();
    if index > 1 && devices.is_empty() {
        return refused("BAD_REQUEST", 400, "Invalid page index");
    }
    ok(&json!({
        "devices": devices,
        "pagination": {
            "records_per_page": size, "total_records": total, "total_page_count": total.div_ceil(size),
            "current_page_index": said,
        },
    }))
}

pub(super) fn reads(stub: &Stub, paging: Paging) -> Reads {
    account_with(stub, pages_of(2, paging), Redactor::default()).0
}

pub(super) fn complete(devices: Result<Vec<Device>>, total: usize) {
    let names: Vec<String> = devices
        .unwrap()
        .into_iter()
        .map(|d| d.host_name.unwrap())
        .collect();
    let expected: Vec<String> = (1..=total).map(|n| format!("PC-{n}")).collect();
    assert_eq!(names, expected);
}

/// How the calls asked: `b` by the body, `q` by the query, and the page.
pub(super) fn asked(stub: &Stub) -> String {
    let calls: Vec<String> = stub
        .calls()
        .iter()
        .map(|call| match (by_body(call), by_query(call)) {
            (Some((page, _)), None) => format!("b{page}"),
            (None, Some((page, _))) => format!("q{page}"),
            both => panic!("{both:?}"),
        })
        .collect();
    calls.join(" ")
}

#[tokio::test]
async fn a_list_is_read_to_its_end_in_the_way_that_is_set() {
    for (paging, total, expected) in [
        (Paging::Body, 5, "b1 b2 b3"),
        (Paging::Body, 4, "b1 b2"),
        (Paging::Query, 5, "q1 q2 q3"),
        (Paging::Query, 0, "q1"),
        (Paging::Auto, 5, "b1 b2 b3"),
        (Paging::Auto, 2, "b1"),
        (Paging::Auto, 0, "b1"),
    ] {
        let stub = Stub::start(move |call| {
            let (index, size) = by_body(call).or(by_query(call)).unwrap();
            assert_eq!(size, 2);
            page(index, size, total)
        })
        .await;
        complete(
            reads(&stub, paging).get_devices().await,
            usize::try_from(total).unwrap(),
        );
        assert_eq!(asked(&stub), expected);
    }
}

#[tokio::test]
async fn a_body_that_is_not_heeded_gives_way_to_the_query_and_that_is_remembered() {
    let stub = Stub::start(|call| match by_query(call) {
        Some((index, size)) => page(index, size, 5),
        // What knows no body has its own first page, and its own size.
        None => page(1, 3, 5),
    })
    .await;
    let reads = reads(&stub, Paging::Auto);
    complete(reads.get_devices().await, 5);
    assert_eq!(asked(&stub), "b1 b2 q1 q2 q3");
    complete(reads.get_devices().await, 5);
    assert!(asked(&stub).ends_with("q3 q1 q2 q3"));
}

#[tokio::test]
async fn a_body_that_is_refused_gives_way_to_the_query_and_that_is_remembered() {
    for status in [400, 403, 405, 411, 413, 415, 501] {
        for answer in [html as fn(u16) -> Answer, |status| {
            refused("NO", status, "No body")
        }] {
            let stub = Stub::start(move |call| match by_query(call) {
                Some((index, size)) => page(index, size, 3),
                None => answer(status),
            })
            .await;
            let reads = reads(&stub, Paging::Auto);
            complete(reads.get_devices().await, 3);
            assert_eq!(asked(&stub), "b1 q1 q2", "{status}");
            complete(reads.get_users_devices("a@b").await, 3);
            assert_eq!(asked(&stub), "b1 q1 q2 q1 q2", "{status}");
        }
    }
}

#[tokio::test]
async fn a_way_that_has_worked_is_not_left_again() {
    let refuses = Mutex::new(false);
    let stub = Stub::start(move |call| {
        let mut refuses = refuses.lock().unwrap();
        match by_body(call) {
            Some((index, size)) if !*refuses => {
                *refuses = index == 2;
                page(index, size, 4)
            }
            _ => html(403),
        }
    })
    .await;
    let reads = reads(&stub, Paging::Auto);
    complete(reads.get_devices().await, 4);
    assert_eq!(reads.get_devices().await.unwrap_err().kind, Kind::Permission);
    assert_eq!(asked(&stub), "b1 b2 b1");
}

#[tokio::test]
async fn a_way_that_is_set_is_the_only_one() {
    for (paging, expected) in [(Paging::Body, "b1"), (Paging::Query, "q1")] {
        let stub = Stub::start(|_| html(405)).await;
        let error = reads(&stub, paging).get_devices().await.unwrap_err();
        assert_eq!((error.kind, error.status), (Kind::Vendor, Some(405)));
        assert_eq!(asked(&stub), expected);
    }
}

#[tokio::test]
async fn other_refusals_do_not_make_the_query_tried() {
    for status in [401, 404, 409, 429, 500, 503] {
        let stub = Stub::start(move |_| html(status)).await;
        reads(&stub, Paging::Auto).get_devices().await.unwrap_err();
        assert!(!asked(&stub).contains('q'), "{status}: {}", asked(&stub));
    }
}

/// Reads a list whose first page is answered so by the body and so by the query.
async fn both(body: fn() -> Answer, query: fn() -> Answer) -> Error {
    let stub = Stub::start(move |call| if by_body(call).is_some() { body() } else { query() }).await;
    let error = reads(&stub, Paging::Auto).get_devices().await.unwrap_err();
    assert_eq!(asked(&stub).replace("q1 q1", "q1"), "b1 q1");
    error
}

#[tokio::test]
async fn where_both_ways_fail_the_more_telling_error_is_told() {
    let (unknown, forbidden) = (
        || refused("UNAUTHORIZED", 401, "NOT_AUTHORIZED"),
        || refused("FORBIDDEN", 403, "Forbidden"),
    );
    let index = || refused("BAD_REQUEST", 400, "Invalid page index");
    let plan = || refused("BAD_REQUEST", 400, "Invalid user plan");
    for (body, query, kind, status) in [
        (
            forbidden as fn() -> Answer,
            forbidden as fn() -> Answer,
            Kind::Permission,
            Some(403),
        ),
        (forbidden, index, Kind::Permission, Some(403)),
        (forbidden, || html(404), Kind::Permission, Some(403)),
        (forbidden, || Answer::Break, Kind::Permission, Some(403)),
        (index, forbidden, Kind::Permission, Some(403)),
        (index, unknown, Kind::Auth, Some(401)),
        (|| html(415), unknown, Kind::Auth, Some(401)),
        (plan, index, Kind::Permission, Some(400)),
        (index, || html(404), Kind::Invalid, Some(400)),
        (index, || Answer::Break, Kind::Network, None),
        (index, || html(429), Kind::RateLimited, Some(429)),
        (|| html(405), index, Kind::Invalid, Some(400)),
        (|| html(501), || Answer::empty(500), Kind::Vendor, Some(500)),
    ] {
        let error = both(body, query).await;
        assert_eq!((error.kind, error.status), (kind, status), "{error:?}");
        assert!(
            error.causes.last().unwrap().starts_with("asked by the "),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_page_that_is_another_in_both_ways_is_an_error() {
    let stub = Stub::start(|_| page(1, 2, 5)).await;
    let error = reads(&stub, Paging::Auto).get_devices().await.unwrap_err();
    assert_eq!(error.kind, Kind::Vendor);
    assert!(
        error.causes[0].ends_with("page 2 was asked for, and page 1 came"),
        "{error:?}"
    );
    assert!(error.hint.unwrap().contains("`paging`"));
    assert_eq!(asked(&stub), "b1 b2 q1 q2 q1 q2 q1 q2");
}

#[tokio::test]
async fn the_first_page_has_to_be_the_first() {
    for said in [0, 2, 500] {
        let stub = Stub::start(move |_| numbered(1, 2, 2, said)).await;
        let error = reads(&stub, Paging::Body).get_devices().await.unwrap_err();
        assert!(
            error.causes[0].contains(&format!("page 1 was asked for, and page {said} came")),
            "{error:?}"
        );
    }
    // An account with nothing in it has no page to count.
    let stub = Stub::start(|_| numbered(1, 2, 0, 0)).await;
    complete(reads(&stub, Paging::Auto).get_devices().await, 0);
}
