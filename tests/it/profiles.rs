//! `deskhand profile`, as a user meets it.

mod add;
mod check;

use crate::desk::Desk;

/// Two profiles, with comments of somebody's own.
const TWO: &str = "\
# The accounts of the house.

default_profile = \"acme\"

# Ask Ada.
[profiles.acme]
vendor = \"realvnc\"
access_key = \"cmd:no-such-program s3cr3t-argument\"
jobs = 3

[profiles.branch]   # the small one
vendor = \"remotepc\"
api_key = \"file:branch.txt\"
read_only = true
";

fn two() -> Desk {
    Desk::new().config(TWO).secret("s3cr3t-argument")
}

fn written(desk: &Desk) -> String {
    std::fs::read_to_string(desk.config_file()).unwrap_or_default()
}

#[test]
fn all_profiles_are_listed_with_where_their_keys_are() {
    let desk = two();
    let ran = desk.run("profile list --output csv");
    let (header, rows) = ran.succeeds().csv();
    assert_eq!(
        header,
        ["Profile", "Vendor", "Key", "Default", "ReadOnly", "Address"]
    );
    assert_eq!(
        rows,
        [
            ["acme", "realvnc", "cmd:no-such-program …", "true", "false", ""],
            ["branch", "remotepc", "file:branch.txt", "false", "true", ""],
        ]
    );
    desk.run("profile list --output text")
        .succeeds()
        .prints("acme\nbranch\n");
    let listed = desk.run("profile list --output json").json();
    assert_eq!(listed[1]["key"], "file:branch.txt");
}

#[test]
fn where_there_is_no_profile_the_list_says_how_to_make_one() {
    let ran = Desk::new().run("profile list --output text");
    ran.succeeds().prints_nothing().says("deskhand profile add");
}

#[test]
fn a_default_that_is_not_there_is_a_warning_of_the_list() {
    let desk = Desk::new().config("default_profile = \"gone\"\n");
    desk.run("profile list")
        .succeeds()
        .says("config.toml:1: the default profile is `gone`, which is not there");
}

#[test]
fn a_password_in_an_address_is_not_shown() {
    let config = "[profiles.a]\nvendor = \"realvnc\"\naccess_key = \"env:I,K\"\nurl = \"https://me:pa55-w0rd@host.test\"\n";
    let desk = Desk::new().config(config).secret("pa55-w0rd");
    desk.run("profile list --output json")
        .succeeds()
        .prints("host.test");
    desk.run("profile show a").succeeds().prints("host.test");
}

#[test]
fn each_value_is_shown_with_where_it_comes_from_and_no_key_is_fetched() {
    let desk = two();
    let file = desk.config_file().display().to_string();
    let rows = |line: &str| {
        let (header, rows) = desk.run(line).succeeds().csv();
        assert_eq!(header, ["Setting", "Value", "From"]);
        rows
    };
    assert_eq!(
        rows("profile show --output csv"),
        [
            [
                "profile",
                "acme",
                &format!("default_profile, {file}:3 ({file}:6)")
            ],
            ["vendor", "realvnc", &format!("{file}:7")],
            ["url", "https://connect-api.services.vnc.com", "default"],
            ["access_key", "cmd:no-such-program …", &format!("{file}:8")],
            ["read_only", "false", "default"],
            ["jobs", "3", &format!("{file}:9")],
            ["protect", "", "default"],
            ["max_removals", "", "default"],
            ["policy", "", "default"],
        ]
    );
    assert_eq!(
        rows("profile show branch --output csv"),
        [
            ["profile", "branch", &format!("the command line ({file}:11)")],
            ["vendor", "remotepc", &format!("{file}:12")],
            ["url", "https://web1.remotepc.com", "default"],
            ["api_key", "file:branch.txt", &format!("{file}:13")],
            ["paging", "auto", "default"],
            ["read_only", "true", &format!("{file}:14")],
            ["jobs", "", "default"],
            ["protect", "", "default"],
            ["max_removals", "", "default"],
            ["policy", "", "default"],
        ]
    );
    let source = |line: &str, row: usize| rows(line)[row][2].clone();
    assert!(source("profile show --profile branch --output csv", 0).starts_with("--profile ("));
    assert_eq!(
        source("profile show acme --read-only --output csv", 4),
        "--read-only"
    );
}

#[test]
fn what_a_profile_protects_is_shown() {
    let config = "[profiles.a]\nvendor = \"realvnc\"\naccess_key = \"env:I,K\"\nprotect = [\"DC-*\", \"group:Servers\"]\nmax_removals = 5\n";
    let desk = Desk::new().config(config);
    let (_, rows) = desk.run("profile show a --output csv").succeeds().csv();
    assert_eq!(rows[6][..2], ["protect", "DC-*;group:Servers"]);
    assert!(rows[6][2].ends_with("config.toml:4"), "{rows:?}");
    assert_eq!(rows[7][..2], ["max_removals", "5"]);
}

#[test]
fn the_profile_of_the_variables_is_shown_too() {
    let key = "kEy-0d9f31c2ab";
    let desk = Desk::with_account("http://127.0.0.1:9", "kid-1", key);
    let (_, rows) = desk.run("profile show --output csv").succeeds().csv();
    let variables = "REALVNC_ACCESS_KEY_ID and REALVNC_ACCESS_KEY";
    assert_eq!(rows[0], ["profile", "environment", variables]);
    assert_eq!(rows[2], ["url", "http://127.0.0.1:9", "REALVNC_URL"]);
    assert_eq!(
        rows[3],
        [
            "access_key",
            "env:REALVNC_ACCESS_KEY_ID,REALVNC_ACCESS_KEY",
            variables
        ]
    );
    let desk = Desk::new().var("REMOTEPC_API_KEY", key).secret(key);
    let (_, rows) = desk.run("profile show --output csv").succeeds().csv();
    assert_eq!(rows[1], ["vendor", "remotepc", "REMOTEPC_API_KEY"]);
    let desk = desk.config(TWO).var("DESKHAND_PROFILE", "branch");
    let (_, rows) = desk.run("profile show --output csv").succeeds().csv();
    assert!(rows[0][2].starts_with("DESKHAND_PROFILE ("), "{rows:?}");
}

#[test]
fn a_profile_that_is_misspelt_or_named_twice_is_met_with_what_was_meant() {
    let desk = two();
    for verb in ["show", "remove", "check"] {
        desk.run(&format!("profile {verb} acne"))
            .ends_with(2)
            .prints_nothing()
            .says("there is no profile `acne` (chosen by the command line)")
            .says("did you mean `acme`? the profiles are acme, branch");
    }
    for verb in ["show", "check"] {
        desk.run(&format!("profile {verb} acme --profile branch"))
            .ends_with(2)
            .says("the profile is named twice");
    }
    for line in ["list", "add x --api-key env:K", "remove acme"] {
        desk.run(&format!("profile {line} --profile branch"))
            .ends_with(2)
            .says("--profile is of no use here");
        desk.run(&format!("profile {line} --demo"))
            .ends_with(2)
            .says("--demo is of no use here")
            .says("profile check --demo");
    }
    assert_eq!(written(&desk), TWO);
    desk.run("profile remve acme").ends_with(2).says("'remove'");
}

#[test]
fn a_profile_is_taken_out_with_its_comment_and_its_key_is_left() {
    let desk = two().file("branch.txt", "an-api-key");
    desk.run("profile remove branch --force")
        .succeeds()
        .prints_nothing()
        .says("profile `branch` is taken out of")
        .says("its key was left where it is: file:branch.txt");
    let (rest, _) = TWO.split_once("\n[profiles.branch]").unwrap();
    assert_eq!(written(&desk), rest);
    let desk = two();
    desk.run("profile remove acme --yes")
        .succeeds()
        .says("it was the default, and now there is none; choose with --profile: branch");
    assert_eq!(
        written(&desk),
        "# The accounts of the house.\n\n[profiles.branch]   # the small one\nvendor = \"remotepc\"\napi_key = \"file:branch.txt\"\nread_only = true\n"
    );
}

#[test]
fn a_profile_is_not_taken_out_unless_somebody_says_so() {
    let desk = two();
    desk.run("profile remove acme")
        .ends_with(7)
        .says("nobody can be asked, as there is no terminal")
        .says("--force");
    desk.run("profile remove acme --force --read-only")
        .ends_with(7)
        .says("--read-only was given");
    desk.run("profile remove acme --dry-run")
        .ends_with(6)
        .says("profile `acme` would be taken out of");
    assert_eq!(written(&desk), TWO);
}

#[test]
fn what_can_be_done_with_profiles_is_told_where_it_is_asked() {
    let desk = Desk::new();
    for line in ["profile --help", "help profile"] {
        desk.run(line).succeeds().prints("check").prints("Examples:");
    }
    desk.run("profile").ends_with(2).says("Usage: deskhand profile");
    for verb in ["add", "list", "show", "remove", "check"] {
        desk.run(&format!("profile {verb} --help"))
            .succeeds()
            .prints(&format!("deskhand profile {verb}"))
            .prints("Examples:");
    }
    // Nobody is shown where half of a key could be put by mistake.
    assert!(!desk.run("profile add --help").stdout.contains("REST"));
}
