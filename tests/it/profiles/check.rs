//! A profile is tried against a team.

use crate::desk::{Desk, Ran};
use crate::server::{Server, say};
use crate::team::Team;

/// Returns the profile of a team.
fn profile(team: &Team) -> Desk {
    let (key_id, key) = team.key();
    let desk = Desk::new().var("I", key_id).var("K", key).secret(key);
    let url = team.url();
    desk.run(&format!("profile add acme --access-key env:I,K --url {url}"))
        .succeeds();
    desk
}

/// Returns what was found of each permission.
fn found(ran: &Ran) -> Vec<(String, String)> {
    let (header, rows) = ran.csv();
    assert_eq!(header, ["Permission", "Purpose", "Found", "Note"]);
    rows.into_iter()
        .map(|row| (row[0].clone(), row[2].clone()))
        .collect()
}

#[test]
fn what_the_key_may_do_is_found_out_and_nothing_is_changed() {
    let team = Team::with("");
    let desk = profile(&team);
    let ran = desk.run("profile check acme --output csv");
    ran.succeeds().says("the key of profile `acme` gives a way in");
    let found = found(&ran);
    assert_eq!(found.len(), 13);
    for (name, found) in found {
        let expected = if name.starts_with("LIST_") {
            "granted"
        } else {
            "cannot be checked without writing"
        };
        assert_eq!(found, expected, "{name}");
    }
    for method in ["PATCH", "PUT", "DELETE"] {
        assert!(!ran.log.contains(&format!("method=\"{method}\"")), "{}", ran.log);
    }
    desk.run("profile check").succeeds().says("`acme` gives a way in");
    desk.run("profile check --profile acme --read-only").succeeds();
}

#[test]
fn a_permission_that_is_refused_is_told_and_no_error() {
    let team = Team::with("--deny LIST_PRESENCE --deny LIST_TEAM_MEMBERS");
    let ran = profile(&team).run("profile check acme --output csv");
    ran.succeeds();
    let refused: Vec<String> = found(&ran)
        .into_iter()
        .filter(|(_, found)| found == "refused")
        .map(|(name, _)| name)
        .collect();
    assert_eq!(refused, ["LIST_PRESENCE", "LIST_TEAM_MEMBERS"]);
    ran.prints("plan does not include presence");
}

#[test]
fn the_simulated_team_can_be_checked_without_an_account() {
    Desk::demo()
        .run("profile check")
        .succeeds()
        .prints("LIST_ENTRIES")
        .says("profile `demo`");
    Desk::demo().run("profile check acme").ends_with(2);
}

#[test]
fn a_key_that_is_refused_is_the_usual_error() {
    let team = Team::with("");
    let key = "kEy-31c0aa97de";
    let desk = Desk::new().var("I", team.key().0).var("K", key).secret(key);
    let url = team.url();
    desk.run(&format!("profile add acme --access-key env:I,K --url {url}"))
        .succeeds();
    desk.run("profile check")
        .ends_with(4)
        .prints_nothing()
        .says("refused the access key")
        .says("API Access Keys");
}

#[test]
fn an_answer_that_says_nothing_about_the_key_is_told_as_such() {
    let server = Server::saying("500 Internal Server Error", "", "");
    let ran = server.desk().run("profile check --output csv");
    ran.succeeds();
    let failed = found(&ran).into_iter().filter(|(_, found)| found == "failed");
    assert_eq!(failed.count(), 6);
    let server = Server::start(|_, stream| say(stream, "401 Unauthorized", "", ""));
    server.desk().run("profile check").ends_with(4).prints_nothing();
}

#[test]
fn a_key_that_cannot_be_fetched_is_told_before_anything_is_sent() {
    let desk = Desk::new();
    desk.run("profile add acme --access-key env:I,K").succeeds();
    let ran = desk.run("profile check");
    ran.ends_with(2)
        .prints_nothing()
        .says("profile `acme` takes its key from the environment, but I is not set");
    assert!(!ran.log.contains("createSession"), "{}", ran.log);
    Desk::new()
        .run("profile check")
        .ends_with(2)
        .says("no profile is set up")
        .says("deskhand profile add");
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_can_read_is_warned_about() {
    use std::os::unix::fs::PermissionsExt;

    let team = Team::with("");
    let (id, key) = team.key();
    let json = format!("{{\"accessKeyId\": \"{id}\", \"accessKey\": \"{key}\"}}");
    let desk = Desk::new().file("k.json", &json).secret(key);
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(desk.desk().join("k.json"), open).unwrap();
    let url = team.url();
    desk.run(&format!("profile add acme --access-key file:k.json --url {url}"))
        .succeeds();
    desk.run("profile check")
        .succeeds()
        .says("warning")
        .says("(mode 644); close it with: chmod 600");
}
