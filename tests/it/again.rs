//! What was not made, fed in again: each script for many changes takes its own list, and no list of another sort.

use crate::desk::Desk;
use crate::team::Team;

/// Takes two computers out of a group, as one plan. No shipped script does.
const LEAVE: &str = r#"//! Takes computers out of a group.
let p = plan();
for c in list_computers(#{ groups: true }).filter(|c| "Lab" in c.groups).extract(0, 2) { p.group_remove("Lab", c); }
p.apply()
"#;

/// The files that the scripts for many changes are begun with.
const FILES: [(&str, &str); 5] = [
    ("names.csv", "DC-01,DC-1\npump-house,PUMP\n"),
    (
        "groups.csv",
        "GroupName,Name\nSpare pool,DC-01\nSpare pool,pump-house\n",
    ),
    (
        "staff.csv",
        "GroupName,Email\nNobody yet,elena.rossi@kestrel.example\nNobody yet,yuki.tanaka@kestrel.example\n",
    ),
    ("old.csv", "Name\nbackup-vault\nSRV-FILE-01\n"),
    ("leave.rhai", LEAVE),
];

/// Each command that the vendor refuses, and the permission that it lacks.
const REFUSED: [(&str, &str); 5] = [
    ("rename-computers names.csv", "UPDATE_ENTRY"),
    ("group-add-computers groups.csv", "UPDATE_ENTRY_GROUP"),
    ("group-add-users staff.csv", "UPDATE_USER_GROUP"),
    ("remove-computers old.csv", "DELETE_ENTRY"),
    ("./leave.rhai", "UPDATE_ENTRY_GROUP"),
];

fn with_files(desk: Desk) -> Desk {
    FILES
        .iter()
        .fold(desk, |desk, (name, text)| desk.file(name, text))
}

/// Has a command refused by the vendor, and returns the list of what it did not make.
fn refused(line: &str, permission: &str) -> String {
    let team = Team::with(&format!("--deny {permission}"));
    let desk = with_files(team.desk());
    desk.run(&format!("{line} --force --jobs 1 --failed again.csv"))
        .ends_with(5)
        .says("2 changes were not made, and listed in again.csv");
    std::fs::read_to_string(desk.desk().join("again.csv")).unwrap()
}

#[test]
fn a_script_for_many_changes_takes_its_own_list_and_makes_what_is_left() {
    for (line, permission) in &REFUSED[..4] {
        let script = line.split(' ').next().unwrap();
        let desk = with_files(Desk::demo()).file("again.csv", &refused(line, permission));
        let on = |line: &str| desk.run(&format!("{line} --state team.json"));
        for again in ["again.csv", "again.csv --by-id"] {
            if again == "again.csv" || script == "remove-computers" {
                on(&format!("{script} {again} --dry-run"))
                    .ends_with(6)
                    .says("2 planned");
            }
        }
        // One of them is made by somebody else, and the other is left.
        let other = match script {
            "rename-computers" => "rename-computer DC-01 DC-1",
            "group-add-computers" => "group-add-computer \"Spare pool\" DC-01",
            "group-add-users" => "group-add-user \"Nobody yet\" elena.rossi@kestrel.example",
            _ => {
                // What is gone cannot be told from what never was: the list says so, and its line is taken out.
                on("remove-computer backup-vault --force").succeeds();
                on("remove-computers again.csv --force")
                    .ends_with(2)
                    .says("line 2: there is no computer named 'backup-vault'");
                continue;
            }
        };
        on(&format!("{other} --force")).succeeds();
        on(&format!("{script} again.csv --force"))
            .succeeds()
            .says("1 done, 1 so already");
    }
}

#[test]
fn a_list_of_one_sort_of_change_is_taken_by_no_script_for_another() {
    let lists = REFUSED.map(|(line, permission)| (line, refused(line, permission)));
    for (line, list) in &lists {
        let desk = Desk::demo().file("again.csv", list);
        desk.run("list-computers --state team.json").succeeds();
        let team = || std::fs::read(desk.desk().join("team.json")).unwrap();
        let before = team();
        for reader in [
            "rename-computers again.csv",
            "group-add-computers again.csv",
            "group-add-computers again.csv --group Laptops",
            "group-add-users again.csv",
            "group-add-users again.csv --group \"All staff\"",
            "remove-computers again.csv",
            "remove-computers again.csv --by-id",
        ] {
            if reader.split(' ').next() == line.split(' ').next() {
                continue;
            }
            desk.run(&format!("{reader} --force --state team.json"))
                .ends_with(2)
                .prints_nothing()
                .says("`again.csv` cannot be used");
            assert!(before == team(), "`{reader}` took the list of `{line}`");
        }
    }
}

#[test]
fn a_row_that_was_to_leave_a_group_is_named_by_whoever_puts_into_groups() {
    let (line, permission) = REFUSED[4];
    Desk::demo()
        .file("again.csv", &refused(line, permission))
        .run("group-add-computers again.csv --force")
        .ends_with(2)
        .says("line 2: it is to be a `group_remove`, as its `Change` says, and not a `group_add`")
        .says("line 3: it is to be a `group_remove`");
}

#[test]
fn computers_that_were_not_moved_are_moved_by_their_list() {
    let desk = Desk::demo_of("remotepc").file("list.csv", "Name\nDC-01\npump-house\n");
    let on = |line: &str| desk.run(&format!("{line} --force --state team.json"));
    on("move-computers Archive --from list.csv --failed again.csv")
        .ends_with(5)
        .says("2 changes were not made, and listed in again.csv");
    on("create-computer-group Archive").succeeds();
    on("remove-computers again.csv")
        .ends_with(2)
        .says("line 2: it is to be a `move_to_group`");
    on("move-computers Archive --from again.csv")
        .succeeds()
        .says("2 done");
}
