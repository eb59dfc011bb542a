//! What is typed wrong, and what is deskhand's own.

use crate::desk::Desk;

#[test]
fn nothing_is_done_where_it_is_not_clear_what() {
    let desk = Desk::demo();
    for (words, said) in [
        ("", "no option says what is to be done"),
        ("-force", "no option says what is to be done"),
        ("-listcomputerz", "did you mean `-listcomputers`?"),
        ("-listcomputer", "-listcomputergroups"),
        ("-listusers -listpresence", "two operations"),
        ("-findcomputer", "has no argument"),
        ("-findcomputer PC 7", "`7` belongs to no option"),
        ("-listusers -lastseentime", "does not go with `-listusers`"),
        ("-demo -listusers", "two dashes: --demo"),
        ("--listusers", "one dash: -listusers"),
        ("/listusers", "a dash before it: -listusers"),
        ("-listusergroups -csv", "--output csv --out FILE"),
        ("-listusers --output", "--output"),
    ] {
        desk.run(&format!("vnc-connect {words}"))
            .ends_with(2)
            .prints_nothing()
            .says(said);
    }
}

#[test]
fn the_mapping_is_printed_without_an_account() {
    let desk = Desk::new();
    let help = desk.run("vnc-connect -help");
    help.succeeds()
        .prints("-removecomputerlistbyid \"file\"")
        .prints("remove-computers --by-id FILE")
        .prints("--profile NAME");
    for way in [
        "vnc-connect -?",
        "vnc-connect -HELP",
        "vnc-connect -h",
        "vnc-connect --help",
        "vnc-connect -listusers -help",
        "help vnc-connect",
    ] {
        assert_eq!(desk.run(way).succeeds().stdout, help.stdout, "{way}");
    }
    for line in help.stdout.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn every_option_and_flag_of_the_mapping_is_in_the_help() {
    let desk = Desk::new();
    let help = desk.run("vnc-connect -help");
    for row in desk
        .run("help vnc-connect --output json")
        .succeeds()
        .json()
        .as_array()
        .unwrap()
    {
        for part in ["option", "flags"] {
            help.prints(row[part].as_str().unwrap());
        }
        help.prints(row["runs"].as_str().unwrap().strip_prefix("deskhand ").unwrap());
    }
}

#[test]
fn deskhands_own_options_go_along_on_either_side() {
    let desk = Desk::new();
    let before = desk
        .run("--demo --output json vnc-connect -listusers")
        .succeeds()
        .json();
    let after = desk
        .run("vnc-connect -ListUsers --demo --output json")
        .succeeds()
        .json();
    assert_eq!(before, after);
    desk.run("vnc-connect --demo -removecomputer \"backup-vault\" -force --read-only")
        .ends_with(7)
        .says("--read-only was given");
    desk.run("vnc-connect --demo -cleanstalecomputers 90d -force --max-removals 2")
        .ends_with(7)
        .says("--max-removals");
}

#[test]
fn the_key_lies_beside_the_program_or_in_the_current_directory_as_it_did() {
    // No account at all: it says how to get one.
    Desk::new()
        .run("vnc-connect -listcomputers")
        .ends_with(2)
        .says("--demo");
    // The key is taken from the file; the address leads nowhere.
    Desk::new()
        .file(
            "accesskey.json",
            r#"{ "accessKeyId": "an-id", "accessKey": "a-key-of-nobody" }"#,
        )
        .var("REALVNC_URL", "http://127.0.0.1:1")
        .secret("a-key-of-nobody")
        .run("vnc-connect -listcomputers")
        .ends_with(4);
}
