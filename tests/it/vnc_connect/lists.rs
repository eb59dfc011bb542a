//! What lists and finds.

use super::Office;

/// How many computers the simulated team has.
const COMPUTERS: usize = 200;

#[test]
fn listcomputers_prints_a_name_a_line_and_beside_it_what_was_asked_for() {
    let office = Office::new();
    let names = office.lines("-listcomputers");
    assert_eq!(names.len(), COMPUTERS);
    assert_eq!(names[0], "ACC-LT-001");
    let rows = office.lines("-listcomputers -lastseentime -entryid -withgroups");
    assert_eq!(rows.len(), COMPUTERS);
    assert_eq!(
        rows[1],
        "ACC-LT-002\tf799928dc17b67986c5c0ad81a0fe8c4\t2026-11-19 08:36 UTC\tAccounting; Laptops"
    );
    let ungrouped = office.lines("-listcomputers -ungroupedonly");
    assert!((1..COMPUTERS).contains(&ungrouped.len()), "{ungrouped:?}");
    let with_groups = office.lines("-listcomputers -ungroupedonly -withgroups");
    assert!(
        with_groups.iter().all(|row| row.ends_with('\t')),
        "{with_groups:?}"
    );
}

#[test]
fn listcomputers_writes_a_file_with_the_columns_asked_for_in_their_order() {
    let office = Office::with("Computers.csv", "of yesterday");
    let ran = office.vnc("-listcomputers -withgroups -lastseentime -entryid -csv");
    ran.succeeds().prints_nothing();
    let file = office.path("Computers.csv");
    ran.says(&format!("wrote {} (200 rows)", file.display()));
    let lines = office.written("Computers.csv");
    assert_eq!(lines[0], "Name,EntryID,LastSeenTime,Groups");
    assert_eq!(lines.len(), COMPUTERS + 1);
    office.lines("-listcomputers -csv");
    assert_eq!(office.written("Computers.csv")[..2], ["Name", "ACC-LT-001"]);
    // What fails leaves the file of before as it is.
    office
        .vnc("-listcomputers -csv --columns name,nonsense")
        .ends_with(2)
        .says("no column `nonsense`");
    assert_eq!(office.written("Computers.csv")[0], "Name");
    office.lines("-listcomputers -csv --out elsewhere.csv");
    assert_eq!(office.written("elsewhere.csv").len(), COMPUTERS + 1);
}

#[test]
fn a_table_has_headings_and_stands_where_the_window_was() {
    let office = Office::new();
    let table = office.vnc("-listcomputers -entryid -table");
    table.succeeds();
    let heading = table.stdout.lines().next().unwrap();
    assert_eq!(heading.split_whitespace().collect::<Vec<_>>(), ["Name", "Id"]);
    let grid = office.vnc("-listcomputers -entryid -gridview");
    grid.succeeds().says("-gridview");
    assert_eq!(grid.stdout, table.stdout);
    for (list, headings) in [
        ("-listauditevents -table", "Time (UTC) Category Type"),
        ("-listauditevents -gridview", "Time (UTC) Category Type"),
        ("-listpresence -table", "Name Status Last seen (UTC)"),
        ("-listpresence -gridview", "Name Status Last seen (UTC)"),
        ("-listusers -withgroups -table", "Email Groups"),
        ("-listusers -withgroups -gridview", "Email Groups"),
    ] {
        let first = office.lines(list)[0]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(first.starts_with(headings), "{list}: {first}");
    }
}

#[test]
fn a_file_and_a_table_can_be_had_at_once() {
    let office = Office::new();
    let table = office.vnc("-listusers -userid -table");
    for both in [
        "-listusers -userid -csv -table",
        "-listusers -gridview -csv -userid",
    ] {
        let both = office.vnc(both);
        both.succeeds().says("Users.csv (30 rows)");
        assert_eq!(both.stdout, table.stdout);
        assert_eq!(office.written("Users.csv")[0], "Email,UserID");
    }
    office
        .vnc("-listusers -csv --output json")
        .ends_with(2)
        .says("exclude each other");
}

#[test]
fn a_list_of_nothing_is_a_file_with_its_headings() {
    let office = Office::with("Users.csv", "of yesterday");
    office
        .vnc("-listusers -ungroupedonly -withgroups -csv")
        .succeeds()
        .says("Users.csv (0 rows)");
    assert_eq!(office.written("Users.csv"), ["Email,Groups"]);
    office
        .vnc("-listusers -ungroupedonly")
        .succeeds()
        .prints_nothing();
}

#[test]
fn where_no_file_can_be_written_it_is_said_and_nothing_is_lost() {
    let office = Office::new();
    let path = office.path("Presence.csv");
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("mine"), "of yesterday").unwrap();
    office
        .vnc("-listpresence -csv")
        .ends_with(2)
        .prints_nothing()
        .says("Presence.csv` cannot be written");
    assert_eq!(
        std::fs::read_to_string(path.join("mine")).unwrap(),
        "of yesterday"
    );
}

#[test]
fn what_is_written_can_be_given_to_what_takes_a_file() {
    let office = Office::new();
    let only = "--where 'name == \"Dock 4, north gate\" || name == \"backup-vault\"'";
    office
        .vnc(&format!(
            "-listcomputers -entryid -withgroups -lastseentime -csv {only}"
        ))
        .succeeds();
    let written = office.written("Computers.csv");
    assert_eq!(written.len(), 3);
    for option in ["-removecomputerlistbyname", "-removecomputerlistbyid"] {
        let planned = office.vnc(&format!("{option} \"Computers.csv\" --dry-run --columns target"));
        planned.ends_with(6);
        assert_eq!(planned.stdout, "backup-vault\nDock 4, north gate\n");
    }
    // A column more, and the list is one of whom goes into which group.
    let with_group = |name: &str, group: &str| {
        let mut rows = office.written(name).into_iter();
        let heading = format!("GroupName,{}", rows.next().unwrap());
        let rows = rows.map(|row| format!("{group},{row}"));
        let text: Vec<String> = std::iter::once(heading).chain(rows).collect();
        std::fs::write(office.path("into.csv"), text.join("\r\n")).unwrap();
    };
    with_group("Computers.csv", "Spare pool");
    office
        .vnc("-bulkgroupaddcomputer \"into.csv\"")
        .succeeds()
        .says("2 done");
    let anna = "--where 'email == \"anna.berger@kestrel.example\"'";
    office
        .vnc(&format!("-listusers -userid -withgroups -csv {anna}"))
        .succeeds();
    with_group("Users.csv", "Nobody yet");
    office
        .vnc("-bulkgroupadduser \"into.csv\"")
        .succeeds()
        .says("1 done");
}

#[test]
fn listauditevents_keeps_to_its_range_and_to_sessions() {
    let office = Office::new();
    let all = office.lines("-listauditevents");
    let sessions = office.lines("-listauditevents -connectionsonly");
    assert!(sessions.len() < all.len(), "{} of {}", sessions.len(), all.len());
    assert!(
        sessions.iter().all(|event| event.contains("\tSESSION_LOG\t")),
        "{sessions:?}"
    );
    let days = office.lines("-listauditevents -daterange \"2026-11-01,2026-11-02\"");
    assert!(!days.is_empty());
    // The last day counts whole.
    assert!(
        days.iter().any(|event| event.starts_with("2026-11-02")),
        "{days:?}"
    );
    assert!(
        days.iter()
            .all(|event| event.starts_with("2026-11-01") || event.starts_with("2026-11-02")),
        "{days:?}"
    );
    office
        .vnc("-listauditevents -daterange \"01/02/2026,03/02/2026\"")
        .ends_with(2)
        .says("can be read in two ways");
    office
        .vnc("-listauditevents -daterange \"2026-11-02,2026-11-01\"")
        .ends_with(2)
        .says("is not before the end of");
    office.vnc("-listauditevents -csv").succeeds();
    let lines = office.written("Events.csv");
    assert_eq!(lines[0], "Time,Category,Type,User,Computer,Description,EventID");
    assert_eq!(lines.len(), all.len() + 1);
}

#[test]
fn listpresence_tells_who_is_online() {
    let office = Office::new();
    let lines = office.lines("-listpresence");
    assert!(
        lines.iter().any(|line| line.starts_with("ACC-LT-001\tOFFLINE\t")),
        "{lines:?}"
    );
    office.vnc("-listpresence -table").succeeds().prints("Status");
    office.vnc("-listpresence -csv").succeeds();
    let written = office.written("Presence.csv");
    assert_eq!(written[0], "Name,Status,LastSeen,ServerID");
    assert_eq!(written.len(), lines.len() + 1);
}

#[test]
fn listusers_prints_an_address_a_line_and_beside_it_what_was_asked_for() {
    let office = Office::new();
    let users = office.lines("-listusers");
    assert!(
        users.contains(&"anna.berger@kestrel.example".to_owned()),
        "{users:?}"
    );
    let rows = office.lines("-listusers -userid -withgroups");
    assert!(
        rows.iter().any(
            |row| row.starts_with("anna.berger@kestrel.example\tI67G6EUnQLeibHANR5l\t")
                && row.contains("All staff")
        ),
        "{rows:?}"
    );
    office.vnc("-listusers -userid -csv").succeeds();
    let written = office.written("Users.csv");
    assert_eq!(written[0], "Email,UserID");
    assert_eq!(written.len(), users.len() + 1);
    // Everybody is in some group, but for those who have just come.
    office.lines("-inviteuser \"ann.lee@example.com USER\"");
    assert_eq!(office.lines("-listusers -ungroupedonly"), ["ann.lee@example.com"]);
}

#[test]
fn groups_are_listed_by_their_names() {
    let office = Office::new();
    assert!(
        office
            .lines("-listcomputergroups")
            .contains(&"Sales, EMEA".to_owned())
    );
    assert!(
        office
            .lines("-listusergroups")
            .contains(&"Night shift, weekend".to_owned())
    );
    assert_eq!(
        office.lines("-listgroupsforcomputer \"ACC-LT-002\""),
        ["Accounting", "Laptops"]
    );
    let groups = office.lines("-listgroupsforuser \"anna.berger@kestrel.example\"");
    assert!(groups.contains(&"All staff".to_owned()), "{groups:?}");
}

#[test]
fn what_is_found_is_printed_and_what_is_not_ends_with_2() {
    let office = Office::new();
    for (found, missing, printed) in [
        (
            "-findcomputer \"acc-lt-001\"",
            "-findcomputer \"NO-PC\"",
            "ACC-LT-001\t17c7245d",
        ),
        (
            "-findcomputergroup \"servers\"",
            "-findcomputergroup \"None\"",
            "Servers\t",
        ),
        (
            "-finduser \"Anna.Berger@kestrel.example\"",
            "-finduser \"nobody@kestrel.example\"",
            "anna.berger@kestrel.example\t",
        ),
        (
            "-findusergroup \"it support\"",
            "-findusergroup \"None\"",
            "IT support\t",
        ),
    ] {
        office.vnc(found).succeeds().prints(printed);
        office.vnc(missing).ends_with(2).prints_nothing();
    }
}
