//! The account in a file.

use std::path::Path;

use serde_json::json;

use super::{Account, message, options};
use crate::sim::remotepc::{Options, Server};
use crate::sim::{Error, LARGEST_SIZE, realvnc};

fn kept_in(path: &Path) -> Options {
    Options {
        state_file: Some(path.to_owned()),
        ..options()
    }
}

#[tokio::test]
async fn what_was_changed_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("account.json");
    let account = Account::with(|o| *o = kept_in(&path)).await;
    let owner = account.running.world().users[0].username.clone();
    let id = account.device("KIOSK-10").machine_id;
    for (path, body) in [
        ("/user/invite", json!({ "email": ["a@b"] })),
        (
            "/computer/group/create",
            json!({ "group_name": "Küche", "computer_names": ["KIOSK-10"] }),
        ),
        (
            "/computer/get/connectUrl",
            json!({ "machine_id": id, "username": owner }),
        ),
        ("/computer/remove", json!({ "computer_names": ["backup-vault"] })),
    ] {
        message(&account.post(path, body).await);
    }
    let world = account.running.world();
    account.running.shutdown().await;

    let mut again = kept_in(&path);
    (again.seed, again.size) = (99, 3);
    let account = Account::with(|o| *o = again).await;
    assert_eq!(account.running.world(), world, "the file wins over seed and size");
    assert_eq!(account.key, world.api_key);
}

#[tokio::test]
async fn a_file_of_the_other_vendor_is_refused_by_name_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, theirs) = (
        folder.path().join("account.json"),
        folder.path().join("team.json"),
    );
    Server::start(kept_in(&ours)).await.unwrap().shutdown().await;
    let mut team = realvnc::Options::new(options().clock);
    team.state_file = Some(theirs.clone());
    realvnc::Server::start(team.clone())
        .await
        .unwrap()
        .shutdown()
        .await;
    let before = [&ours, &theirs].map(|path| std::fs::read(path).unwrap());

    let error = Server::start(kept_in(&theirs)).await.unwrap_err().to_string();
    assert!(
        error.contains("team.json: it is kept for `realvnc`, not for `remotepc`"),
        "{error}"
    );
    team.state_file = Some(ours.clone());
    let error = realvnc::Server::start(team).await.unwrap_err().to_string();
    assert!(
        error.contains("account.json: it is kept for `remotepc`, not for `realvnc`"),
        "{error}"
    );
    assert_eq!([&ours, &theirs].map(|path| std::fs::read(path).unwrap()), before);
}

#[tokio::test]
async fn a_file_that_is_no_state_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("account.json");
    for (text, why) in [
        ("Name,Groups\n", "no state of a simulated RemotePC account"),
        (
            "{\"format\": \"deskhand simulated team: remotepc\", \"version\": 2}",
            "newer deskhand",
        ),
        (
            "{\"format\": \"deskhand simulated team: remotepc\", \"version\": 1, \"world\": {}}",
            "damaged",
        ),
        (
            "{\"format\": \"deskhand simulated team: \\u001b[31m\", \"version\": 1}",
            "kept for `\\u{1b}[31m`",
        ),
    ] {
        std::fs::write(&path, text).unwrap();
        let error = Server::start(kept_in(&path)).await.unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}

#[tokio::test]
async fn a_change_that_cannot_be_kept_is_a_500() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("place");
    std::fs::create_dir(&place).unwrap();
    let account = Account::with(|o| *o = kept_in(&place.join("account.json"))).await;
    std::fs::remove_dir_all(&place).unwrap();
    let answer = account.post("/user/invite", json!({ "email": ["a@b"] })).await;
    super::refused(&answer, 500, "INTERNAL_SERVER_ERROR", &["INTERNAL_SERVER_ERROR"]);
    message(&account.get("/user/list").await);
}

#[tokio::test]
async fn an_account_beyond_all_bounds_starts_nothing() {
    let mut options = options();
    options.size = LARGEST_SIZE + 1;
    let error = Server::start(options).await.unwrap_err();
    assert!(matches!(error, Error::BadOption { .. }), "{error}");
}
