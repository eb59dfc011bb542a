//! Comments and removals.

use serde_json::{Value, json};

use super::{Account, absent, bad, message};
use crate::sim::raw_http::Answer;
use crate::sim::remotepc::Removal;

async fn comment(account: &Account, name: &str, text: &str) -> Answer {
    let request = json!({ "computer_name": name, "comment_desc": text });
    account.post("/computer/comments/add", request).await
}

async fn remove(account: &Account, names: Value) -> Answer {
    account
        .post("/computer/remove", json!({ "computer_names": names }))
        .await
}

/// Renames computers so that the first so many are offline and called `off-1`, `off-2` and so on.
fn line_up(account: &Account, count: usize) -> Vec<String> {
    let names: Vec<String> = (1..=count).map(|n| format!("off-{n}")).collect();
    account.running.edit(|world| {
        for (device, name) in world.devices.iter_mut().zip(&names) {
            device.name.clone_from(name);
            device.status = Some("Offline".to_owned());
        }
    });
    names
}

#[tokio::test]
async fn a_comment_takes_the_place_of_the_one_before() {
    let account = Account::start().await;
    for text in ["This is my computer", "„Küche“, links"] {
        assert_eq!(message(&comment(&account, "kiosk-10", text).await), "SUCCESS");
        assert_eq!(account.device("KIOSK-10").comment, text);
    }
    let listed = message(&account.get("/computer/list").await).to_string();
    assert!(listed.contains("\"„Küche“, links\""), "{listed}");
}

#[tokio::test]
async fn a_comment_has_6_to_250_characters() {
    let account = Account::start().await;
    for (length, fits) in [(5, false), (6, true), (250, true), (251, false)] {
        for letter in ["x", "é"] {
            let answer = comment(&account, "KIOSK-10", &letter.repeat(length)).await;
            if fits {
                message(&answer);
            } else {
                bad(&answer, "Comments length should be between 6 to 250");
            }
        }
    }
    assert_eq!(account.device("KIOSK-10").comment, "é".repeat(250));
}

#[tokio::test]
async fn a_comment_needs_a_computer_and_a_text() {
    let account = Account::start().await;
    let before = account.running.world();
    bad(&comment(&account, "", "").await, "Computer name can not be blank");
    bad(
        &comment(&account, " ", "a comment").await,
        "Computer name can not be blank",
    );
    bad(
        &comment(&account, "KIOSK-10", "").await,
        "Comments can not be blank",
    );
    bad(
        &comment(&account, "KIOSK-10", "          ").await,
        "Comments can not be blank",
    );
    let path = "/computer/comments/add";
    let alone = account.post(path, json!({ "comment_desc": "a comment" })).await;
    bad(&alone, "Computer name can not be blank");
    let alone = account.post(path, json!({ "computer_name": "KIOSK-10" })).await;
    bad(&alone, "Comments can not be blank");
    absent(
        &comment(&account, "KIOSK-100", "a comment").await,
        "Computer not found",
    );
    assert_eq!(account.running.world(), before);
}

#[tokio::test]
async fn a_comment_on_a_name_of_two_is_on_both() {
    let account = Account::start().await;
    message(&comment(&account, "Reception-PC", "a comment").await);
    let world = account.running.world();
    let comments: Vec<_> = world
        .devices_named("reception-pc")
        .map(|d| d.comment.as_str())
        .collect();
    assert_eq!(comments, ["a comment", "a comment"]);
}

#[tokio::test]
async fn offline_computers_are_removed() {
    let account = Account::start().await;
    let before = account.running.world().devices.len();
    let names = json!(["backup-vault", "=sum(a1:a9)", "backup-vault", "loading-bay-cam"]);
    assert_eq!(message(&remove(&account, names).await), "SUCCESS");
    let world = account.running.world();
    assert_eq!(world.devices.len(), before - 3);
    assert_eq!(world.devices_named("backup-vault").count(), 0);
}

#[tokio::test]
async fn only_what_says_offline_is_offline() {
    let account = Account::start().await;
    let before = account.running.world();
    for name in ["DC-01", "Boardroom display", "quarantined-01", "half-installed"] {
        assert!(!account.device(name).is_offline(), "{name}");
        absent(&remove(&account, json!([name])).await, "Computer(s) not found");
        absent(
            &remove(&account, json!(["backup-vault", name])).await,
            "Computer(s) not found",
        );
    }
    assert_eq!(account.running.world(), before, "all or nothing");
}

#[tokio::test]
async fn a_name_of_two_of_which_one_is_online_removes_neither_or_only_the_other() {
    let account = Account::start().await;
    let before = account.running.world();
    absent(
        &remove(&account, json!(["RECEPTION-PC"])).await,
        "Computer(s) not found",
    );
    assert_eq!(account.running.world(), before);

    let account = Account::with(|o| o.removal = Removal::Partial).await;
    assert_eq!(
        message(&remove(&account, json!(["RECEPTION-PC"])).await),
        "SUCCESS"
    );
    assert_eq!(account.device("reception-pc").name, "Reception-PC");
}

#[tokio::test]
async fn a_partial_removal_does_not_tell_of_those_that_stay() {
    let account = Account::with(|o| o.removal = Removal::Partial).await;
    assert_eq!(
        message(&remove(&account, json!(["DC-01", "backup-vault"])).await),
        "SUCCESS"
    );
    let world = account.running.world();
    assert_eq!(world.devices_named("DC-01").count(), 1);
    assert_eq!(world.devices_named("backup-vault").count(), 0);
    let unknown = remove(&account, json!(["=SUM(A1:A9)", "no such"])).await;
    absent(&unknown, "Computer(s) not found");
    assert_eq!(
        account.running.world(),
        world,
        "a name that is not there spoils it still"
    );
}

#[tokio::test]
async fn fifty_computers_can_be_named_and_not_one_more() {
    let account = Account::start().await;
    let names = line_up(&account, 51);
    let before = account.running.world();
    bad(&remove(&account, json!(names)).await, "Exceeded computers limit");
    assert_eq!(account.running.world(), before);
    message(&remove(&account, json!(&names[..50])).await);
    assert_eq!(account.running.world().devices.len(), before.devices.len() - 50);
}

#[tokio::test]
async fn a_removal_names_its_computers() {
    let account = Account::start().await;
    let before = account.running.world();
    for names in [json!([]), json!(null), json!(["backup-vault", ""]), json!([" "])] {
        bad(
            &remove(&account, names).await,
            "Computer names are not found in the request",
        );
    }
    let nothing = account.post("/computer/remove", json!({})).await;
    bad(&nothing, "Computer names are not found in the request");
    absent(
        &remove(&account, json!(["backup-vault", "no such"])).await,
        "Computer(s) not found",
    );
    assert_eq!(account.running.world(), before);
}
