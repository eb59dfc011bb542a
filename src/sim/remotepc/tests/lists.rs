//! The three lists, and where they are told their page.

use serde_json::{Value, json};

use super::{Account, bad, message, refused};
use crate::sim::remotepc::{Paging, State};

const LISTS: [(&str, &str); 2] = [("/computer/list", "devices"), ("/user/list", "users")];

fn pagination(size: u64, total: u64, pages: u64, index: u64) -> Value {
    json!({
        "records_per_page": size,
        "total_records": total,
        "total_page_count": pages,
        "current_page_index": index,
    })
}

/// Returns what an answer says of its page.
#[track_caller]
fn said(answer: &crate::sim::raw_http::Answer) -> Value {
    message(answer)["pagination"].clone()
}

#[tokio::test]
async fn a_list_without_a_word_is_page_1_of_500() {
    let account = Account::with(|o| o.size = 501).await;
    let answer = account.get("/computer/list").await;
    assert_eq!(said(&answer), pagination(500, 501, 2, 1));
    assert_eq!(message(&answer)["devices"].as_array().unwrap().len(), 500);
}

#[tokio::test]
async fn pages_meet_without_a_gap_up_to_the_last() {
    let account = Account::with(|o| o.size = 61).await;
    let mut ids = Vec::new();
    for index in 1..=3 {
        let answer = account
            .get_with(
                "/computer/list",
                json!({ "pageIndex": index, "recordPerPage": 30 }),
            )
            .await;
        assert_eq!(said(&answer), pagination(30, 61, 3, index));
        let page = message(&answer)["devices"].as_array().unwrap().clone();
        assert_eq!(page.len(), if index == 3 { 1 } else { 30 });
        ids.extend(page.into_iter().map(|d| d["machine_id"].clone()));
    }
    let world = account.running.world();
    let all: Vec<Value> = world.devices.iter().map(|d| json!(d.machine_id)).collect();
    assert_eq!(ids, all);
}

#[tokio::test]
async fn a_page_that_is_none_is_an_invalid_page_index() {
    let account = Account::with(|o| o.size = 60).await;
    let owner = account.running.world().users[0].username.clone();
    let of_owner = format!("/computer/list/{owner}");
    for (path, last) in [("/computer/list", 6), ("/user/list", 3), (&of_owner, 1)] {
        message(
            &account
                .get_with(path, json!({ "pageIndex": last, "recordPerPage": 10 }))
                .await,
        );
        for (index, size) in [
            (last + 1, 10),
            (0, 10),
            (-1, 10),
            (1, 0),
            (1, 501),
            (1, -1),
            (i64::MAX, 1),
        ] {
            let wanted = json!({ "pageIndex": index, "recordPerPage": size });
            bad(&account.get_with(path, wanted).await, "Invalid page index");
            let query = format!("{path}?pageIndex={index}&recordPerPage={size}");
            bad(&account.get(&query).await, "Invalid page index");
        }
        message(&account.get_with(path, json!({ "recordPerPage": 500 })).await);
        message(&account.get_with(path, json!({ "recordPerPage": 1 })).await);
    }
}

#[tokio::test]
async fn the_first_page_of_nothing_is_empty_and_there_is_no_second() {
    let account = Account::with(|o| o.size = 0).await;
    let answer = account.get("/computer/list").await;
    assert_eq!(
        message(&answer),
        json!({ "devices": [], "pagination": pagination(500, 0, 0, 1) })
    );
    let second = account
        .get_with("/computer/list", json!({ "pageIndex": 2 }))
        .await;
    bad(&second, "Invalid page index");
}

#[tokio::test]
async fn a_page_in_words_is_refused_in_the_body_and_in_the_query() {
    let account = Account::start().await;
    for (path, _) in LISTS {
        let answer = account.get_with(path, json!({ "pageIndex": "2" })).await;
        assert_eq!(answer.status, 400);
        bad(
            &account.get(&format!("{path}?pageIndex=two")).await,
            "Invalid page index",
        );
        bad(
            &account.get(&format!("{path}?recordPerPage=1e2")).await,
            "Invalid page index",
        );
    }
}

/// Reads page 2 of 10 in the body, then in the query; returns what is said of the pages.
async fn both_ways(account: &Account) -> [Value; 2] {
    let wanted = json!({ "pageIndex": 2, "recordPerPage": 10 });
    let body = account.get_with("/computer/list", wanted).await;
    let query = account.get("/computer/list?pageIndex=2&recordPerPage=10").await;
    [said(&body), said(&query)]
}

#[tokio::test]
async fn what_the_account_does_not_look_at_is_passed_over() {
    let (second, first) = (pagination(10, 200, 20, 2), pagination(500, 200, 1, 1));
    for (paging, expected) in [
        (Paging::Both, [&second, &second]),
        (Paging::Body, [&second, &first]),
        (Paging::Query, [&first, &second]),
    ] {
        let account = Account::with(|o| o.paging = paging).await;
        let [body, query] = both_ways(&account).await;
        assert_eq!([&body, &query], expected, "{paging:?}");
    }
}

#[tokio::test]
async fn where_only_the_query_counts_a_body_may_be_anything() {
    let account = Account::with(|o| o.paging = Paging::Query).await;
    let answer = account.send("GET", "/user/list", Some("{]".to_owned())).await;
    message(&answer);
}

#[tokio::test]
async fn where_both_say_something_the_body_counts() {
    let account = Account::start().await;
    let path = "/computer/list?pageIndex=3&recordPerPage=20";
    let answer = account.get_with(path, json!({ "pageIndex": 2 })).await;
    assert_eq!(said(&answer), pagination(20, 200, 10, 2));
}

#[tokio::test]
async fn a_get_with_a_body_can_be_refused_before_the_key_is_looked_at() {
    let mut account = Account::with(|o| o.paging = Paging::RefuseBody).await;
    let answer = account.get("/computer/list?pageIndex=2&recordPerPage=10").await;
    assert_eq!(said(&answer), pagination(10, 200, 20, 2));
    message(&account.post("/user/invite", json!({ "email": ["a@b"] })).await);
    account.key = "wrong".to_owned();
    for path in ["/computer/list", "/user/list", "/computer/list/shane@myworld"] {
        let answer = account.get_with(path, json!({ "pageIndex": 1 })).await;
        assert_eq!(answer.status, 403);
        assert!(answer.header("content-type").unwrap().starts_with("text/html"));
        refused(&account.get(path).await, 401, "UNAUTHORIZED", &["NOT_AUTHORIZED"]);
    }
}

#[tokio::test]
async fn a_computer_has_the_members_of_the_vendors_sample_and_no_others() {
    let account = Account::start().await;
    let devices = message(&account.get("/computer/list").await)["devices"].clone();
    let dock = account.device("Dock 4, north gate");
    let shown = devices
        .as_array()
        .unwrap()
        .iter()
        .find(|d| d["host_name"] == "Dock 4, north gate")
        .unwrap();
    assert_eq!(
        *shown,
        json!({
            "machine_id": dock.machine_id,
            "host_name": "Dock 4, north gate",
            "host_os_version": "12",
            "host_ip": dock.ip,
            "viewer_last_session_time": dock.last_session,
            "comments": dock.comment,
            "host_os_text": "Linux",
            "host_status_text": "Offline",
        })
    );
    let names = |d: &Value| d.as_object().unwrap().len();
    assert!(devices.as_array().unwrap().iter().all(|d| names(d) == 8));
}

#[tokio::test]
async fn users_are_those_who_have_joined_the_owner_among_them() {
    let account = Account::start().await;
    let world = account.running.world();
    let users = message(&account.get("/user/list").await)["users"].clone();
    let joined: Vec<Value> = world
        .users
        .iter()
        .filter(|u| u.state != State::Invited)
        .map(|u| json!({ "firstname": u.firstname, "username": u.username, "lastname": u.lastname }))
        .collect();
    assert_eq!(users, json!(joined));
    assert!(joined.len() < world.users.len());
}

#[tokio::test]
async fn a_users_computers_are_those_that_are_assigned_whatever_the_case_of_the_address() {
    let account = Account::start().await;
    account.running.edit(|world| {
        let id = world.devices_named("KIOSK-10").next().unwrap().machine_id.clone();
        world.change_device(&id, |d| d.assign("Kwame.Mensah+vnc@Contractors.example"));
    });
    // A plus is a plus in a path.
    for username in [
        "Kwame.Mensah+vnc@Contractors.example",
        "kwame.mensah%2Bvnc%40contractors.example",
    ] {
        let answer = account.get(&format!("/computer/list/{username}")).await;
        let devices = message(&answer)["devices"].clone();
        let names: Vec<&Value> = devices
            .as_array()
            .unwrap()
            .iter()
            .map(|d| &d["host_name"])
            .collect();
        assert!(names.contains(&&json!("KIOSK-10")), "{names:?}");
        let expected = account.running.world();
        assert_eq!(
            names.len(),
            expected
                .devices_of("kwame.mensah+vnc@contractors.example")
                .count()
        );
    }
}

#[tokio::test]
async fn somebody_who_is_not_there_or_has_not_joined_is_an_invalid_username() {
    let account = Account::start().await;
    let world = account.running.world();
    let invited = world.users.iter().find(|u| u.state == State::Invited).unwrap();
    for username in ["nobody@myworld", "x", "a%2Fb@myworld", &invited.username] {
        let answer = account.get(&format!("/computer/list/{username}")).await;
        bad(&answer, "Invalid username");
    }
}
