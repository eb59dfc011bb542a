//! What renames and removes computers.

use super::Office;

/// A computer that has been offline for long, and whose name is its own.
const OLD: &str = "backup-vault";
const OLD_ID: &str = "08bfa0da720252adcb3895656ff7bb10";

impl Office {
    fn has_computer(&self, name: &str) -> bool {
        self.vnc(&format!("-findcomputer \"{name}\"")).code == Some(0)
    }
}

#[test]
fn renamecomputer_takes_both_names_in_one_argument() {
    let office = Office::new();
    office.lines("-renamecomputer \"ACC-LT-001,RECEPTION 1\"");
    assert!(office.has_computer("RECEPTION 1") && !office.has_computer("ACC-LT-001"));
    // It asked nobody, and with --dry-run does nothing.
    office
        .vnc("-renamecomputer \"ACC-LT-002,RECEPTION 2\" --dry-run")
        .ends_with(6);
    assert!(office.has_computer("ACC-LT-002"));
}

#[test]
fn a_name_with_a_comma_is_known_by_the_computers_that_there_are() {
    let office = Office::new();
    office.lines("-renamecomputer \"Dock 4, north gate,Dock 4\"");
    office.lines("-renamecomputer 'Dock 4,\"Dock 4, south gate\"'");
    assert!(office.has_computer("Dock 4, south gate"));
    office
        .vnc("-renamecomputer \"Dock 9, west gate,Dock 9\"")
        .ends_with(2)
        .says("has several commas")
        .says(r#"such as "Dock 9,\"west gate,Dock 9\"""#);
}

#[test]
fn renamecomputerlistbyname_takes_a_pair_a_line() {
    let office = Office::with("names.csv", "ACC-LT-001,R-1\r\nACC-LT-002,R-2\r\n");
    office.lines("-renamecomputerlistbyname \"names.csv\"");
    assert!(office.has_computer("R-1") && office.has_computer("R-2"));
}

#[test]
fn removecomputer_asks_unless_it_is_forced() {
    let office = Office::new();
    office
        .vnc(&format!("-removecomputer \"{OLD}\""))
        .ends_with(7)
        .prints_nothing();
    office
        .vnc(&format!("-removecomputer \"{OLD}\" -force:$false"))
        .ends_with(7);
    assert!(office.has_computer(OLD));
    office
        .vnc(&format!("-removecomputer \"{OLD}\" -force"))
        .succeeds()
        .prints("done");
    assert!(!office.has_computer(OLD));
}

#[test]
fn removecomputerlistbyname_takes_a_name_a_line() {
    let office = Office::with("old.txt", "backup-vault\r\n\r\nFRONTDESK-01\r\n");
    office.vnc("-removecomputerlistbyname \"old.txt\"").ends_with(7);
    office.lines("-removecomputerlistbyname \"old.txt\" -force");
    assert!(!office.has_computer(OLD) && !office.has_computer("FRONTDESK-01"));
}

#[test]
fn removecomputerlistbyid_takes_an_id_a_line() {
    let office = Office::with("ids.txt", &format!("{OLD_ID}\n"));
    office.vnc("-removecomputerlistbyid \"ids.txt\"").ends_with(7);
    assert!(office.has_computer(OLD));
    office.lines("-removecomputerlistbyid \"ids.txt\" -force:$true");
    assert!(!office.has_computer(OLD));
}

#[test]
fn cleanstalecomputers_takes_a_period_and_the_guards_hold_whatever_is_forced() {
    let office = Office::new();
    let before = office.lines("-listcomputers").len();
    office.vnc("-cleanstalecomputers \"90d\"").ends_with(7);
    // A bare number is seconds, as it always was.
    office
        .vnc("-cleanstalecomputers \"90\" -force")
        .ends_with(7)
        .says("did you mean `90d`?");
    assert_eq!(office.lines("-listcomputers").len(), before);
    let removed = office.lines("-cleanstalecomputers \"90d\" -force").len();
    assert!(removed > 3);
    assert_eq!(office.lines("-listcomputers").len(), before - removed);
    assert!(!office.has_computer(OLD));
}

#[test]
fn cleanduplicates_keeps_one_of_each_and_leaves_other_names_alone() {
    let office = Office::new();
    let before = office.names("-listcomputers");
    office.vnc("-cleanduplicates \"DSN\"").ends_with(7);
    assert_eq!(office.names("-listcomputers"), before);
    office.lines("-cleanduplicates \"DSN\" -force");
    let after = office.names("-listcomputers");
    assert!(after.len() < before.len());
    let others = |names: &[String]| -> Vec<String> {
        names
            .iter()
            .filter(|name| !name.starts_with("DSN"))
            .cloned()
            .collect()
    };
    assert_eq!(others(&after), others(&before));
}

#[test]
fn cleanallduplicates_goes_through_the_whole_team() {
    let office = Office::new();
    let before = office.lines("-listcomputers").len();
    office.vnc("-cleanallduplicates").ends_with(7);
    office.lines("-cleanduplicates \"DSN\" -force");
    let some = office.lines("-listcomputers").len();
    office.lines("-cleanallduplicates -force");
    let all = office.lines("-listcomputers").len();
    assert!(all < some && some < before, "{before}, {some}, {all}");
}
