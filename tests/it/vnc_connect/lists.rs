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
}
