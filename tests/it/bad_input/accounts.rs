//! Profiles and keys.

use super::fails;
use crate::desk::Desk;
use crate::server::{Server, say};
use crate::team::Team;

const PROFILE: &str = "[profiles.acme]\nvendor = \"realvnc\"\naccess_key = \"file:key.json\"\n";

#[test]
fn no_profile() {
    let desk = Desk::new();
    let ran = fails(&desk, "list-computers", 2);
    ran.says("no profile is set up")
        .says("`deskhand profile add`")
        .says("REALVNC_ACCESS_KEY")
        .says("REMOTEPC_API_KEY")
        .says("--demo");
}

#[test]
fn a_profile_that_is_misspelt() {
    let desk = Desk::new().config(PROFILE);
    let ran = fails(&desk, "list-computers --profile acne", 2);
    ran.says("there is no profile `acne` (chosen by --profile)")
        .says("did you mean `acme`?");
}

#[test]
fn a_profile_that_is_misspelt_in_a_variable_or_a_script() {
    let desk = Desk::new()
        .config(PROFILE)
        .var("DESKHAND_PROFILE", "acne")
        .file("other.rhai", "//! Looks elsewhere.\nfleet(\"acme2\")");
    fails(&desk, "list-computers", 2).says("there is no profile `acne` (chosen by DESKHAND_PROFILE)");
    let team = Team::with("");
    let desk = team.desk().file(
        "other.rhai",
        "//! Looks elsewhere.\nfleet(\"other\").list_computers()",
    );
    fails(&desk, "other.rhai", 2).says("`deskhand profile add`");
    let desk = desk.config(PROFILE);
    fails(&desk, "other.rhai", 2).says("there is no profile `other` (chosen by fleet(…) in the script)");
}

#[test]
fn an_address_that_cannot_be_used_and_where_it_stands() {
    let profile = "[profiles.acme]\nvendor = \"realvnc\"\nurl = \"ftp://x\"\naccess_key = \"env:I,K\"\n";
    let desk = Desk::new()
        .config(profile)
        .var("I", "kid-1")
        .var("K", "kEy-1a2b3c4d");
    let ran = fails(&desk, "list-computers --profile acme", 2);
    ran.says("profile `acme`, ")
        .says("config.toml:3: `ftp://x` cannot be used");
    let desk = Desk::with_account("nowhere", "kid-1", "kEy-1a2b3c4d");
    fails(&desk, "list-computers", 2).says("REALVNC_URL: `nowhere` cannot be used");
}

#[test]
fn an_address_of_the_other_vendor() {
    let key = "kEy-77aa21c0d4";
    let profile = "[profiles.acme]\nvendor = \"realvnc\"\nurl = \"https://web1.remotepc.com\"\naccess_key = \"file:none.json\"\n";
    // The key is not even looked for.
    fails(&Desk::new().config(profile), "list-computers --profile acme", 2)
        .says("config.toml:3: web1.remotepc.com belongs to RemotePC Enterprise")
        .says("leave the address out");
    let desk = Desk::with_account("https://x@RemotePC.com./a", "kid-1", key);
    fails(&desk, "list-computers", 2).says("REALVNC_URL: remotepc.com belongs to RemotePC Enterprise");
    let desk = Desk::new()
        .secret(key)
        .var("REMOTEPC_API_KEY", key)
        .var("REMOTEPC_URL", "https://connect-api.services.vnc.com");
    fails(&desk, "list-computers", 2)
        .says("REMOTEPC_URL: connect-api.services.vnc.com belongs to RealVNC Connect");
}

#[test]
fn an_api_key_that_is_none() {
    let key = "kEy-4bd1c09f22";
    let profile = "[profiles.branch]\nvendor = \"remotepc\"\napi_key = \"env:BRANCH_KEY\"\n";
    let desk = Desk::new().config(profile).secret(key);
    fails(&desk, "list-computers --profile branch", 2).says("BRANCH_KEY is not set");
    let desk = desk.var("BRANCH_KEY", &format!("Bearer {key}"));
    fails(&desk, "list-computers --profile branch", 2)
        .says("BRANCH_KEY holds blanks")
        .says("My Account > API Keys");
    let desk = Desk::new().config(&profile.replace("api_key", "paging = \"body\"\naccess_key"));
    fails(&desk, "list-computers --profile branch", 2).says("a remotepc profile has `api_key`");
    let desk = Desk::new().config(&format!("{PROFILE}paging = \"body\"\n"));
    fails(&desk, "list-computers --profile acme", 2)
        .says("config.toml:4: paging is not a key of a realvnc profile")
        .says("take it out");
}

#[test]
fn a_configuration_with_a_misspelt_key() {
    let desk = Desk::new().config("[profiles.acme]\nvendor = \"realvnc\"\nacces_key = \"file:key.json\"\n");
    let ran = fails(&desk, "list-computers --profile acme", 2);
    ran.says("config.toml:3: unknown key `acces_key`")
        .says("did you mean `access_key`?");
}

#[test]
fn a_key_file_that_is_not_there() {
    let desk = Desk::new().config(PROFILE);
    fails(&desk, "list-computers --profile acme", 2).says("key.json cannot be read");
}

#[test]
fn a_key_file_that_is_malformed() {
    let key = "kEy-3b1c8d0e5f";
    let desk = Desk::new().secret(key).file(
        "accesskey.json",
        &format!("{{\"accessKeyId\": \"i\", \"accessKey\": \"{key}\""),
    );
    let ran = fails(&desk, "list-computers", 2);
    ran.says("accesskey.json is not valid JSON: line 1, column ")
        .says("accessKeyId");
}

#[test]
fn a_key_file_that_is_incomplete() {
    let key = "kEy-90ad77be21";
    let desk = Desk::new()
        .secret(key)
        .file("accesskey.json", &format!("{{\"accessKey\": \"{key}\"}}"));
    let ran = fails(&desk, "list-computers", 2);
    ran.says("has no member `accessKeyId`; its members are `accessKey`");
}

#[test]
fn half_a_key_in_the_environment() {
    let desk = Desk::new().var("REALVNC_ACCESS_KEY_ID", "kid-1");
    fails(&desk, "list-computers", 2).says("REALVNC_ACCESS_KEY_ID is set, but REALVNC_ACCESS_KEY is not");
}

#[test]
fn a_wrong_key() {
    let team = Team::with("");
    let desk = Desk::with_account(team.url(), team.key().0, "kEy-5d02c6aa91e3");
    let ran = fails(&desk, "list-computers", 4);
    ran.says("refused the access key").says("API Access Keys");
}

#[test]
fn a_session_that_a_server_grants_and_then_refuses() {
    let server = Server::start(|_, stream| say(stream, "401 Unauthorized", "", ""));
    fails(&server.desk(), "list-computers", 4).says("refused a session that it had just granted");
}

#[test]
fn a_permission_that_the_key_lacks_is_named_with_where_to_grant_it() {
    for (permission, line) in [
        ("LIST_ENTRIES", "list-computers"),
        ("LIST_ENTRY_GROUPS", "list-computer-groups"),
        ("LIST_ENTRY_GROUPS", "list-computers --groups"),
        ("LIST_PRESENCE", "presence.rhai"),
        ("LIST_TEAM_MEMBERS", "users.rhai"),
    ] {
        let team = Team::with(&format!("--deny {permission}"));
        let desk = team
            .desk()
            .file("presence.rhai", "//! Looks who is there.\nlist_presence()")
            .file("users.rhai", "//! Lists users.\nlist_users()");
        let ran = fails(&desk, line, 4);
        ran.says(&format!("needs the permission {permission}"))
            .says("API Access Keys");
    }
}

#[test]
fn a_permission_to_write_that_the_key_lacks_is_named_too() {
    let team = Team::with("--deny UPDATE_ENTRY");
    let desk = team.desk();
    let (name, _) = team.computer(0);
    let ran = desk.run(&format!("rename-computer {name} {name}-x --force"));
    ran.ends_with(4)
        .prints_nothing()
        .says("needs the permission UPDATE_ENTRY")
        .says("API Access Keys");
}

#[test]
fn a_permission_that_is_only_better_to_have_is_a_warning() {
    let team = Team::with("--deny LIST_PRESENCE");
    let ran = team.desk().run("list-computers --presence --output csv");
    ran.succeeds().says("warning").says("LIST_PRESENCE");
    assert!(
        ran.csv().1.iter().all(|row| row[3].is_empty()),
        "{}",
        ran.transcript()
    );
}
