//! The team in a file.

use std::time::Duration;

use serde_json::json;

use super::{Team, options};
use crate::sim::realvnc::{Options, Server};
use crate::sim::{Error, LARGEST_SIZE};

fn kept_in(folder: &tempfile::TempDir) -> Options {
    let mut options = options();
    options.state_file = Some(folder.path().join("team.json"));
    options
}

#[tokio::test]
async fn what_was_changed_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let team = Team::with(kept_in(&folder)).await;
    let (entry, group) = (team.entry("KIOSK-10"), team.entry_group("Spare pool"));
    team.patch(
        &format!("/1.0/entries/{entry}"),
        None,
        json!({ "name": "Küche\u{7}" }),
    )
    .await;
    team.put(&format!("/1.0/entries/{entry}/groups/{group}")).await;
    team.post(
        "/1.0/members",
        json!({ "email": "a@b.example", "roles": ["USER"] }),
    )
    .await;
    let world = team.running.world();
    team.running.shutdown().await;

    let mut again = kept_in(&folder);
    again.seed = 99;
    again.size = 3;
    let team = Team::with(again).await;
    assert_eq!(team.running.world(), world, "the file wins over seed and size");
    assert_eq!(team.running.access_key(), world.access_key);
    let mut files: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    files.sort();
    assert_eq!(
        files,
        ["team.json", "team.json.lock"],
        "nothing else is left beside the file"
    );
}

#[tokio::test]
async fn a_file_is_for_one_server_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let first = Server::start(kept_in(&folder)).await.unwrap();
    let error = Server::start(kept_in(&folder)).await.unwrap_err();
    assert!(matches!(error, Error::InUse { .. }), "{error}");
    let error = error.to_string();
    assert!(
        error.contains("team.json is in use by another deskhand"),
        "{error}"
    );
    first.shutdown().await;
    let second = Server::start(kept_in(&folder)).await.unwrap();
    drop(second);
    Server::start(kept_in(&folder)).await.unwrap().shutdown().await;
}

#[tokio::test]
async fn options_beyond_their_bounds_start_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for change in [
        |o: &mut Options| o.size = LARGEST_SIZE + 1,
        |o: &mut Options| o.token_ttl = Duration::ZERO,
    ] {
        let mut options = kept_in(&folder);
        change(&mut options);
        let error = Server::start(options).await.unwrap_err();
        assert!(matches!(error, Error::BadOption { .. }), "{error}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let running = Server::start(kept_in(&folder)).await.unwrap();
    let mode = std::fs::metadata(folder.path().join("team.json"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    running.shutdown().await;
}

#[tokio::test]
async fn a_file_that_is_no_state_is_refused_and_left_alone() {
    let newer = "{\"format\": \"deskhand simulated team: realvnc\", \"version\": 2, \"galaxy\": {}}";
    let damaged = "{\"format\": \"deskhand simulated team: realvnc\", \"version\": 1, \"world\": {}}";
    for (text, why) in [
        ("Name,Groups\n", "no state of a simulated RealVNC team"),
        (
            "{\"format\": \"x\", \"version\": 1}",
            "no state of a simulated RealVNC team",
        ),
        (newer, "newer deskhand"),
        (damaged, "damaged"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("team.json");
        std::fs::write(&path, text).unwrap();
        let error = Server::start(kept_in(&folder)).await.unwrap_err().to_string();
        assert!(error.contains(why) && error.contains("team.json"), "{error}");
        // Nobody is to delete what is not deskhand's.
        assert_eq!(
            error.contains("delete it"),
            why == "damaged" || why == "newer deskhand",
            "{error}"
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_told_at_the_start() {
    let mut options = options();
    options.state_file = Some("/nowhere/at/all/team.json".into());
    let error = Server::start(options).await.unwrap_err().to_string();
    assert!(error.contains("/nowhere/at/all/team.json"), "{error}");
}

#[tokio::test]
async fn a_port_that_is_taken_is_told() {
    let running = Server::start(options()).await.unwrap();
    let mut options = options();
    options.port = running.base_url().rsplit_once(':').unwrap().1.parse().unwrap();
    let error = Server::start(options).await.unwrap_err().to_string();
    assert!(error.contains("choose another port"), "{error}");
}
