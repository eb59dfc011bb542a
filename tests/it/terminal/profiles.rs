//! A profile that is asked for, and one that is taken out when the user says so.

use super::screen::Terminal;
use crate::desk::Desk;

fn written(desk: &Desk) -> String {
    std::fs::read_to_string(desk.config_file()).unwrap_or_default()
}

#[test]
fn a_profile_is_asked_for_piece_by_piece_until_each_can_be_used() {
    let desk = Desk::new();
    let mut terminal = Terminal::open(&desk, "profile add", 100);
    terminal.shows("Name of the profile:");
    terminal.types("a/b\r");
    terminal.shows("`a/b` cannot be the name of a profile; use letters");
    terminal.types("branch\r");
    terminal.shows("Vendor (realvnc or remotepc):");
    terminal.types("teamviewer\r");
    terminal.shows("it is realvnc or remotepc");
    terminal.types("RemotePC\r");
    terminal.shows("file:PATH               a file with nothing but the key");
    terminal.shows("Where the key is:");
    terminal.types("sEcReT\r");
    terminal.shows("it is not a reference; write file:PATH, env:KEY_VAR or cmd:PROGRAM");
    terminal.types("env:BRANCH_KEY\r");
    terminal.shows("try it with: deskhand profile check branch");
    assert_eq!(terminal.ends(), 0, "{}", terminal.screen());
    // What was typed is shown by the terminal itself, and by nobody else.
    assert_eq!(
        terminal.raw().matches("sEcReT").count(),
        1,
        "{}",
        terminal.screen()
    );
    assert_eq!(
        written(&desk),
        "default_profile = \"branch\"\n\n[profiles.branch]\nvendor = \"remotepc\"\napi_key = \"env:BRANCH_KEY\"\n"
    );
}

#[test]
fn what_was_said_on_the_command_line_is_not_asked_for() {
    let desk = Desk::new();
    let mut terminal = Terminal::open(&desk, "profile add acme --vendor realvnc", 100);
    terminal.shows("Where the key is:");
    terminal.types("env:I\r");
    terminal.shows("it needs two variables; write env:ID_VAR,KEY_VAR");
    terminal.types("env:I,K\r");
    assert_eq!(terminal.ends(), 0, "{}", terminal.screen());
    assert!(!terminal.screen().contains("Vendor ("), "{}", terminal.screen());
    assert!(written(&desk).contains("access_key = \"env:I,K\""));
}

#[test]
fn a_name_that_is_taken_is_told_before_anything_else_is_asked() {
    let desk = Desk::new().config("[profiles.acme]\nvendor = \"realvnc\"\n");
    let mut terminal = Terminal::open(&desk, "profile add acme", 100);
    assert_eq!(terminal.ends(), 2, "{}", terminal.screen());
    assert!(
        terminal.screen().contains("there is a profile `acme` already"),
        "{}",
        terminal.screen()
    );
}

#[test]
fn ctrl_c_at_a_question_writes_nothing() {
    let desk = Desk::new();
    let mut terminal = Terminal::open(&desk, "profile add acme --vendor realvnc", 100);
    terminal.shows("Where the key is:");
    terminal.types("\u{3}");
    assert_eq!(terminal.ends(), 130, "{}", terminal.screen());
    assert!(!desk.config_file().exists());
}

#[test]
fn a_profile_is_taken_out_when_the_user_says_yes_and_only_then() {
    let config = "[profiles.acme]\nvendor = \"realvnc\"\naccess_key = \"env:I,K\"\n";
    let desk = Desk::new().config(config);
    for answer in ["n\r", "\r", "acme\r"] {
        let mut terminal = Terminal::open(&desk, "profile remove acme", 200);
        terminal.shows("Take profile `acme` out of");
        terminal.types(answer);
        terminal.shows("you said no");
        assert_eq!(terminal.ends(), 7, "{}", terminal.screen());
        assert_eq!(written(&desk), config);
    }
    let mut terminal = Terminal::open(&desk, "profile remove acme", 200);
    terminal.shows("[y/N]");
    terminal.types("Y\r");
    terminal.shows("its key was left where it is: env:I,K");
    assert_eq!(terminal.ends(), 0, "{}", terminal.screen());
    assert_eq!(written(&desk), "");
}
