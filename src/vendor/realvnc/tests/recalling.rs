//! Computers read again, as they are now.

use serde_json::json;

use crate::fleet::{Computer, ComputerId, ComputerRef, Kind, Reader, Result};

use super::{calls, granting, team};
use crate::vendor::stub::{Answer, Call};

fn named(id: &str) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(id),
        name: format!("{id} as it was"),
    }
}

/// Entries of any name but `gone`; `broken` cannot be read, `leaves` goes away while it is read, `odd` is in a group without
/// an id, and the groups of `silent` are not told.
fn entries(call: &Call) -> Answer {
    let path = call.path.strip_prefix("/1.0/entries/").unwrap();
    match path {
        "gone" | "leaves/groups" => Answer::empty(404),
        "broken" => Answer::empty(403),
        "odd/groups" => Answer::json(200, &json!({ "groups": [{ "id": "g1" }, { "name": "Servers" }] })),
        "silent/groups" => Answer::json(200, &json!({})),
        path if path.ends_with("/groups") => {
            Answer::json(200, &json!({ "groups": [{ "id": "g1", "name": "Servers" }] }))
        }
        id => Answer::json(200, &json!({ "entryId": id, "name": format!("{id} now") })),
    }
}

fn told(recalled: &Result<Option<Computer>>) -> String {
    match recalled {
        Ok(None) => "gone".to_owned(),
        Ok(Some(computer)) => match computer.groups.get() {
            None => computer.name.clone(),
            Some(groups) => {
                let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
                format!("{} in {}", computer.name, names.join(", "))
            }
        },
        Err(error) => error.kind.to_string(),
    }
}

async fn recalled(ids: &[&str], groups: bool) -> Vec<String> {
    let stub = granting(entries).await;
    let computers: Vec<ComputerRef> = ids.iter().map(|id| named(id)).collect();
    let recalled = team(&stub).0.recall(&computers, groups).await;
    recalled.iter().map(told).collect()
}

#[tokio::test]
async fn each_computer_is_as_it_is_now_or_is_gone_or_is_an_error_of_its_own() {
    assert_eq!(
        recalled(&["e1", "gone", "broken", "e2", "e1"], false).await,
        ["e1 now", "gone", "permission", "e2 now", "e1 now"]
    );
    assert!(recalled(&[], true).await.is_empty());
}

#[tokio::test]
async fn groups_are_read_where_they_are_asked_for_and_never_in_part() {
    assert_eq!(
        recalled(&["e1", "gone", "leaves", "odd", "silent"], true).await,
        ["e1 now in Servers", "gone", "gone", "vendor", "vendor"]
    );
    let stub = granting(entries).await;
    let (reads, _) = team(&stub);
    let recalled = reads.recall(&[named("e1")], false).await.remove(0);
    assert_eq!(recalled.unwrap().unwrap().online.get(), None);
    assert_eq!(
        calls(&stub).len(),
        1,
        "one request for a computer without its groups"
    );
    let error = reads.recall(&[named("odd")], true).await.remove(0).unwrap_err();
    assert_eq!(error.kind, Kind::Vendor);
    assert!(error.message.contains("`odd as it was`"), "{error}");
}

#[tokio::test]
async fn many_computers_come_in_the_order_in_which_they_were_named() {
    let ids: Vec<String> = (0..50).map(|n| format!("e{n}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let expected: Vec<String> = ids.iter().map(|id| format!("{id} now")).collect();
    assert_eq!(recalled(&ids, false).await, expected);
}
