//! The scripts that take a file, and the groups of users: planned, applied, and applied again on a team that is kept.

use crate::desk::Desk;

const TEAM: &str = "--demo --state team.json";

/// Plans, which changes nothing; applies; and applies again, which finds nothing to do.
#[track_caller]
fn thrice(desk: &Desk, line: &str, changes: usize) {
    let planned = format!("{changes} planned");
    for _ in 0..2 {
        desk.run(&format!("{line} {TEAM} --dry-run"))
            .ends_with(6)
            .says(&planned);
    }
    desk.run(&format!("{line} {TEAM}")).ends_with(7).says("--force");
    desk.run(&format!("{line} {TEAM} --force"))
        .succeeds()
        .says(&format!("{changes} done"));
    desk.run(&format!("{line} {TEAM} --force"))
        .succeeds()
        .says(&format!("{changes} so already"));
}

#[track_caller]
fn lists(desk: &Desk, line: &str, row: &str) {
    let ran = desk.run(&format!("{line} {TEAM} --output text"));
    assert!(
        ran.succeeds().stdout.lines().any(|line| line == row),
        "{row}\n{}",
        ran.transcript()
    );
}

#[test]
fn computers_are_renamed_by_a_file() {
    let desk = Desk::new().file("names.csv", "DC-01,DC-1\r\npump-house;x,\"Pump, north\"\r\n");
    desk.run(&format!("rename-computers names.csv {TEAM} --dry-run"))
        .ends_with(2)
        .prints_nothing()
        .says("there is no computer named 'pump-house;x'");
    let desk = desk.file("names.csv", "DC-01,DC-1\r\npump-house,\"Pump, north\"\r\n");
    thrice(&desk, "rename-computers names.csv", 2);
    lists(&desk, "find-computer \"pump, north\"", "Pump, north");
}

#[test]
fn nothing_is_renamed_where_a_single_row_is_wrong() {
    let desk = Desk::new().file("names.csv", "DC-01,DC-1\n\nDC-O2,DC-2\nold-nas,\n");
    desk.run(&format!("rename-computers names.csv {TEAM} --force"))
        .ends_with(2)
        .prints_nothing()
        .says("2 of its rows are wrong")
        .says("line 3: there is no computer named 'DC-O2'")
        .says("line 4: it says no new name");
    lists(&desk, "find-computer DC-01", "DC-01");
}

#[test]
fn a_list_of_what_was_not_made_is_fed_in_again_as_it_is() {
    let guarded = "\u{feff}Current,New,Change,Outcome,Why\r\nDC-01,'=DC,rename,failed,\"no, not now\"\r\n";
    let desk = Desk::new()
        .file("again.csv", guarded)
        .file(
            "groups.csv",
            "GroupName,Name,EntryID,Change,Outcome,Why\nSpare pool,pump-house,,group_add,drifted,x\n",
        )
        .file(
            "users.csv",
            "GroupName,Email,UserID,Change,Outcome,Why\nNobody yet,elena.rossi@kestrel.example,,group_add,unknown,x\n",
        );
    thrice(&desk, "rename-computers again.csv", 1);
    lists(&desk, "find-computer =DC", "=DC");
    thrice(&desk, "group-add-computers groups.csv", 1);
    thrice(&desk, "group-add-users users.csv", 1);
}

#[test]
fn computers_go_into_groups_by_a_file_of_windows() {
    let text = "Entry ID;Note;GROUPNAME;Name\r\n;x;Spare pool;DC-01\r\n\r\n;y;Spare pool;pump-house\r\n;z;Laptops;DC-01\r\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let desk = Desk::new();
    std::fs::write(
        desk.desk().join("groups.csv"),
        [b"\xff\xfe".as_slice(), &utf16].concat(),
    )
    .unwrap();
    thrice(&desk, "group-add-computers groups.csv", 3);
    lists(&desk, "list-groups-for-computer pump-house", "Spare pool");
}

#[test]
fn users_go_into_groups_by_a_file_and_out_again_one_by_one() {
    let elena = "elena.rossi@kestrel.example";
    let desk = Desk::new().file(
        "staff.csv",
        &format!("GroupName,Email,UserID\nNobody yet,{elena},\nNobody yet,anna.berger@kestrel.example,\n"),
    );
    thrice(&desk, "group-add-users staff.csv", 2);
    lists(&desk, &format!("list-groups-for-user {elena}"), "Nobody yet");
    thrice(&desk, &format!("group-remove-user \"nobody yet\" {elena}"), 1);
    thrice(&desk, &format!("group-add-user \"nobody yet\" {elena}"), 1);
    desk.run(&format!("group-add-user \"no such\" {elena} {TEAM} --force"))
        .ends_with(2)
        .says("there is no user group named 'no such'");
    desk.run(&format!(
        "group-add-user \"nobody yet\" elena.rosi@kestrel.example {TEAM}"
    ))
    .ends_with(2)
    .says(&format!("did you mean `{elena}`?"));
}

#[test]
fn groups_of_users_are_listed_and_found() {
    let desk = Desk::new();
    lists(&desk, "list-user-groups", "Night shift, weekend");
    lists(
        &desk,
        "find-user-group \"NIGHT SHIFT, weekend\"",
        "Night shift, weekend",
    );
    desk.run(&format!("find-user-group \"Night shift\" {TEAM}"))
        .ends_with(2)
        .says("there is no user group named 'Night shift'");
    let all = desk
        .run(&format!("list-users {TEAM} --output csv"))
        .succeeds()
        .csv();
    assert!(all.1.iter().all(|row| row[4].is_empty()), "{:?}", all.1);
    let (header, rows) = desk
        .run(&format!("list-users --groups {TEAM} --output csv"))
        .succeeds()
        .csv();
    assert_eq!(header[..5], ["Email", "UserID", "Roles", "State", "Groups"]);
    assert_eq!(rows.len(), all.1.len());
    assert!(rows.iter().all(|row| !row[4].is_empty()), "{rows:?}");
    desk.run(&format!(
        "invite-user new@kestrel.example --roles USER {TEAM} --force"
    ))
    .succeeds();
    let ran = desk.run(&format!("list-users --ungrouped-only {TEAM} --output text"));
    assert_eq!(ran.succeeds().stdout, "new@kestrel.example\n");
}

#[test]
fn presence_is_a_list_of_servers() {
    let (header, rows) = Desk::demo().run("list-presence --output csv").succeeds().csv();
    assert_eq!(header[..4], ["Name", "Status", "LastSeen", "ServerID"]);
    assert!(rows.iter().any(|row| row[1] == "ONLINE") && rows.iter().any(|row| row[1] == "OFFLINE"));
}

#[test]
fn remotepc_says_of_each_what_there_is_instead() {
    let desk = Desk::demo_of("remotepc")
        .file("names.csv", "DC-01,DC-1\n")
        .file("groups.csv", "GroupName,Name\nLab,DC-01\n")
        .file("users.csv", "GroupName,Email\nLab,shane@myworld\n");
    for (line, hint) in [
        ("rename-computers names.csv", "comment"),
        ("group-add-computers groups.csv", "move_to_group"),
        ("group-add-users users.csv", "assign"),
        ("group-add-user Lab shane@myworld", "assign"),
        ("group-remove-user Lab shane@myworld", "assign"),
        ("list-user-groups", "assign"),
        ("find-user-group Lab", "assign"),
        ("list-groups-for-user shane@myworld", "assign"),
        ("list-presence", "list_computers"),
        ("list-audit-events", "web console"),
        ("list-users --groups", "assign"),
    ] {
        desk.run(&format!("{line} --force"))
            .ends_with(2)
            .prints_nothing()
            .says(hint);
    }
}
