//! Lists in files, as scripts read them.

use super::Desk;

#[test]
fn a_list_is_read_from_every_sort_of_file() {
    let desk = Desk::new()
        .file("a.txt", "PC-1\r\nDock 4, north gate\r\n")
        .file(
            "a.csv",
            "\u{feff}EntryID;Name\r\n1;PC-1\r\n2;\"Dock 4, north gate\"\r\n",
        )
        .file(
            "a.json",
            "[{\"name\": \"PC-1\"}, {\"name\": \"Dock 4, north gate\"}]",
        )
        .file(
            "a.jsonl",
            "{\"name\":\"PC-1\"}\n{\"name\":\"Dock 4, north gate\"}\n",
        );
    for file in ["a.txt", "a.csv", "a.json", "a.jsonl"] {
        desk.holds(&format!(
            "read_list(\"{file}\") == [\"PC-1\", \"Dock 4, north gate\"]"
        ));
    }
}

#[test]
fn a_column_may_be_called_as_the_field_that_it_comes_from_or_as_its_heading() {
    let desk = Desk::new()
        .file("a.csv", "Name,EntryID,LastSeenTime\nPC-1,7,x\n")
        .file(
            "a.json",
            "[{\"name\": \"PC-1\", \"id\": \"7\", \"last_seen\": \"x\"}]",
        )
        .file("groups.csv", "GroupName,Members\nServers,3\n");
    for file in ["a.csv", "a.json"] {
        for column in ["id", "EntryID", "entry_id"] {
            desk.holds(&format!("read_list(\"{file}\", \"{column}\") == [\"7\"]"));
        }
        desk.holds(&format!("read_list(\"{file}\", \"last seen\") == [\"x\"]"));
    }
    desk.holds("read_list(\"groups.csv\") == [\"Servers\"]");
    let error = desk.fails("read_list(\"a.csv\", \"emial\")");
    assert_eq!(
        error.message,
        "`a.csv` cannot be used: there is no column `emial`"
    );
    assert_eq!(error.hint, "the columns are Name, EntryID, LastSeenTime");
}

#[test]
fn rows_are_maps_with_their_place_in_the_file() {
    let desk = Desk::new()
        .file("a.csv", "GroupName;Name;Note\n\nServers;PC-1;\n")
        .file("bad.csv", "Line,line\n1,2\n");
    desk.holds("read_rows(\"a.csv\") == [#{ line: 3, GroupName: \"Servers\", Name: \"PC-1\", Note: () }]");
    let error = desk.fails("read_rows(\"bad.csv\")");
    assert!(error.message.contains("a column is called `line`"), "{error:?}");
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_nothing_is_returned() {
    let rows = |wrong: usize| {
        let rows: Vec<String> = (0..wrong).map(|n| format!(",{n}")).collect();
        format!("Name,x\nPC,1\n{}\n", rows.join("\n"))
    };
    for (wrong, message, causes) in [
        (1, "`a.csv` cannot be used: line 3: `Name` is empty", 0),
        (10, "`a.csv` cannot be used: 10 of its rows are wrong", 10),
        (22, "`a.csv` cannot be used: 22 of its rows are wrong", 11),
    ] {
        let desk = Desk::new().file("a.csv", rows(wrong));
        let code = "let e = #{}; try { read_list(\"a.csv\") } catch (thrown) { e = thrown } [e.kind, e.message, e.causes.len]";
        assert_eq!(desk.says(code), format!("[\"invalid\", \"{message}\", {causes}]"));
        if causes > 10 {
            let last =
                "let e = (); try { read_list(\"a.csv\") } catch (thrown) { e = thrown.causes } [e[0], e[-1]]";
            assert_eq!(desk.says(last), "[\"line 3: `Name` is empty\", \"and 12 more\"]");
        }
    }
}

#[test]
fn a_file_that_is_not_there_or_too_large_is_told_by_its_name() {
    let desk = Desk::new();
    let error = desk.fails("read_list(\"none.csv\")");
    assert_eq!(
        (error.kind.as_str(), error.message.as_str()),
        ("invalid", "`none.csv` cannot be read")
    );
    assert!(desk.fails("read_rows(\"\")").message.contains("`file` is empty"));
    assert!(
        desk.fails("read_list(7)")
            .message
            .contains("wants a string as `file`")
    );
    assert!(
        desk.fails("read_list(\"computers.txt\", \" \")")
            .message
            .contains("`column` is empty")
    );
}
