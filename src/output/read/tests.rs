use proptest::prelude::*;

use super::*;
use crate::output::{Column, Document, Format, Style, Table, render};

const NAME: &[&str] = &["Name"];

fn names(file: &str, text: &str) -> Vec<String> {
    column(Path::new(file), text.as_bytes(), NAME).unwrap_or_else(|e| panic!("{file}: {text:?}: {e:?}"))
}

/// What is wrong with a file: the whole of it, or its rows.
fn wrong(file: &str, text: &str) -> Vec<String> {
    said(column(Path::new(file), text.as_bytes(), NAME).unwrap_err())
}

fn said(error: ReadError) -> Vec<String> {
    match error {
        ReadError::Unreadable { why, .. } => vec![why],
        ReadError::Faults(faults) => faults
            .into_iter()
            .map(|fault| format!("line {}: {}", fault.line, fault.why))
            .collect(),
    }
}

fn hint(file: &str, bytes: &[u8]) -> String {
    match column(Path::new(file), bytes, NAME) {
        Err(ReadError::Unreadable { hint, .. }) => hint.unwrap_or_default(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_of_names_is_a_name_a_line_and_the_whole_line_is_the_name() {
    for file in ["a.txt", "a", "a.lst"] {
        assert_eq!(
            names(file, "PC-1\n\n  Dock 4, north gate \r\na;b\rc\td"),
            ["PC-1", "Dock 4, north gate", "a;b", "c\td"]
        );
        assert_eq!(names(file, ""), [""; 0]);
    }
    // Nothing tells it from a name.
    assert_eq!(names("a.txt", "Name\nPC-1"), ["Name", "PC-1"]);
    assert_eq!(names("a.txt", "[1]"), ["[1]"]);
}

#[test]
fn csv_is_read_whatever_its_delimiter_order_padding_and_blank_lines() {
    for file in ["a.csv", "a.txt", "a"] {
        for text in [
            "Name,EntryID\nPC-1,a\n\"Dock 4, north gate\",b\n",
            "EntryID;NAME;Extra\na; PC-1 ;x\n\nb;\"Dock 4, north gate\";\n;;\n",
            "Entry ID\t  name\r\na\t PC-1\r\n\r\nb\t\"Dock 4, north gate\"",
            "\n\nx,Name,\n1,PC-1\n2 , \"Dock 4, north gate\" ,",
        ] {
            assert_eq!(
                names(file, text),
                ["PC-1", "Dock 4, north gate"],
                "{file}: {text:?}"
            );
        }
    }
    assert_eq!(names("a.tsv", "Name\na,b\n"), ["a,b"]);
    assert_eq!(names("a.csv", "Name\nPC-1\n"), ["PC-1"]);
}

#[test]
fn a_column_of_csv_may_do_without_a_header() {
    assert_eq!(
        names("a.csv", "PC-1\n\"Dock 4, north gate\"\n"),
        ["PC-1", "Dock 4, north gate"]
    );
    assert_eq!(
        wrong("a.csv", "PC-1\nDock 4, north gate\n"),
        ["line 2: it has 2 fields where there should be 1; a text with a `,` in it has to stand in quotes"]
    );
}

#[test]
fn what_is_quoted_is_kept_as_it_is() {
    assert_eq!(
        names(
            "a.csv",
            "Name,x\n\" PC \",1\n\"two\r\nlines\",2\n\"a \"\"b\"\"\",3\n"
        ),
        [" PC ", "two\r\nlines", "a \"b\""]
    );
}

#[test]
fn text_is_read_in_all_the_encodings_of_windows() {
    let text = "Name;x\r\nBüro;1\r\n";
    let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    for bytes in [
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [b"\xff\xfe".as_slice(), &utf16(u16::to_le_bytes)].concat(),
        [b"\xfe\xff".as_slice(), &utf16(u16::to_be_bytes)].concat(),
    ] {
        assert_eq!(column(Path::new("a.csv"), &bytes, NAME).unwrap(), ["Büro"]);
    }
}

#[test]
fn the_guard_is_undone_where_a_byte_order_mark_says_that_a_spreadsheet_was_meant() {
    let text = "Name,x\n'=SUM(A1),1\n''=x,2\n'tis,3\n";
    assert_eq!(
        names("a.csv", &format!("\u{feff}{text}")),
        ["=SUM(A1)", "'=x", "'tis"]
    );
    assert_eq!(names("a.csv", text), ["'=SUM(A1)", "''=x", "'tis"]);
}

#[test]
fn json_is_read_as_it_is_written() {
    for file in ["a.json", "a"] {
        assert_eq!(
            names(
                file,
                "[\n  {\"id\": 1, \"name\": \"PC-1\"},\n  {\"name\": \" é\"}\n]"
            ),
            ["PC-1", " é"]
        );
        assert_eq!(names(file, "[\"PC-1\", 7, true]"), ["PC-1", "7", "true"]);
        assert_eq!(names(file, "{\"name\": \"PC-1\"}\n"), ["PC-1"]);
        assert_eq!(names(file, "[]"), [""; 0]);
    }
    for file in ["a.jsonl", "a.ndjson", "a"] {
        assert_eq!(
            names(file, "{\"name\":\"PC-1\"}\n\n{\"name\":\"b\"}\n"),
            ["PC-1", "b"]
        );
    }
    assert_eq!(names("a.json", "null"), [""; 0]);
    assert_eq!(names("a.jsonl", "\"PC-1\"\n\"b\"\n"), ["PC-1", "b"]);
}

#[test]
fn all_rows_that_are_wrong_are_told_with_their_lines() {
    assert_eq!(
        wrong(
            "a.csv",
            "EntryID,Name\na,PC-1\nb,\nc,\"x\ny\"\na,PC-1\nd,\"e\"f\ng,h,i\nj,k\"l\nm,\"never\nclosed\n"
        ),
        [
            "line 3: `Name` is empty",
            "line 6: it is the same as line 2",
            "line 7: something follows the closing quote of a field",
            "line 8: it has 3 fields where there should be 2; a text with a `,` in it has to stand in quotes",
            "line 9: a quote stands within a field that is not quoted; write \"…\"\"…\"",
            "line 10: a quote is opened here and never closed",
        ]
    );
    assert_eq!(
        wrong("a.txt", "PC-1\nPC-2\n PC-1\n"),
        ["line 3: it is the same as line 1"]
    );
    assert_eq!(
        wrong(
            "a.json",
            "[\n{\"name\": \"a\"},\n\n{\"name\": null}, {\"nme\": 1},\n{\"name\": [\"x\"]},\n\"b\"\n]"
        ),
        [
            "line 4: `name` is empty",
            "line 4: `name` is empty",
            "line 5: `name` holds several values",
            "line 6: it is no record, as others are",
        ]
    );
    assert_eq!(
        wrong("a.jsonl", "\"a\"\n{\"name\"\nnull\n\"a\"\n"),
        [
            "line 2: it is no JSON (at column 7)",
            "line 3: it is empty",
            "line 4: it is the same as line 1",
        ]
    );
}

#[test]
fn a_column_that_is_not_there_is_told_what_there_is() {
    let hint = |text: &str| hint("a.csv", text.as_bytes());
    assert_eq!(
        wrong("a.csv", "Nme,EntryID\nx,y\n"),
        ["there is no column `Name`"]
    );
    assert_eq!(
        hint("Nme,EntryID\nx,y\n"),
        "did you mean `Nme`? (the columns are Nme, EntryID)"
    );
    assert_eq!(hint("Email,UserID,\nx,y\n"), "the columns are Email, UserID");
}

#[test]
fn another_name_of_a_column_serves_where_it_is_the_only_one() {
    let read = |text: &str| column(Path::new("a.csv"), text.as_bytes(), &["id", "EntryID", "UserID"]);
    assert_eq!(read("Name,EntryID\na,1\n").unwrap(), ["1"]);
    assert_eq!(read("EntryID,Id\n1,2\n").unwrap(), ["2"]);
    assert_eq!(
        said(read("UserID,EntryID\n1,2\n").unwrap_err()),
        ["`id` may be the column `UserID` or `EntryID`"]
    );
}

#[test]
fn what_is_no_list_is_told_apart() {
    assert_eq!(hint("a.xlsx", b"PK\x03\x04\x14"), "save it as `CSV UTF-8`");
    assert_eq!(
        hint("a.csv", b"Name\ncaf\xe9\n"),
        "save it as UTF-8; Excel calls that `CSV UTF-8`"
    );
    assert!(hint("a", "Name  Online\n────\nPC-1  yes\n".as_bytes()).contains("--output csv"));
    assert!(
        wrong("a.json", "[\"a\",\n\"b\"")[0].starts_with("it is no JSON: EOF while parsing a list at line 2")
    );
    assert_eq!(
        wrong("a.csv", "Name,x,Name\n"),
        ["two of its columns are called `Name`"]
    );
    assert!(wrong("a.csv", "Name,\"x\n")[0].contains("line 1: a quote is opened here"));
}

#[test]
fn rows_are_read_under_their_headings_with_their_lines() {
    let rows = |file: &str, text: &str| rows(Path::new(file), text.as_bytes());
    let row = |line, cells: &[(&str, Cell)]| Row {
        line,
        cells: cells
            .iter()
            .map(|(key, cell)| ((*key).to_owned(), cell.clone()))
            .collect(),
    };
    for file in ["a.csv", "a.txt"] {
        assert_eq!(
            rows(file, "GroupName;Name;\nServers;PC-1\n\nLab;;\n").unwrap(),
            [
                row(
                    2,
                    &[("GroupName", Cell::text("Servers")), ("Name", Cell::text("PC-1"))]
                ),
                row(4, &[("GroupName", Cell::text("Lab")), ("Name", Cell::Null)]),
            ]
        );
    }
    assert_eq!(
        rows(
            "a.json",
            "[\n{\"name\": \"a\", \"n\": 1},\n{\"groups\": [\"x\"]}\n]"
        )
        .unwrap(),
        [
            row(
                2,
                &[
                    ("groups", Cell::Null),
                    ("n", Cell::Int(1)),
                    ("name", Cell::text("a"))
                ]
            ),
            row(
                3,
                &[
                    ("groups", Cell::List(vec![Cell::text("x")])),
                    ("n", Cell::Null),
                    ("name", Cell::Null)
                ]
            ),
        ]
    );
    assert_eq!(rows("a.json", "[]"), Ok(vec![]));
    assert_eq!(
        said(rows("a.json", "[\"a\"]").unwrap_err()),
        ["its values have no names"]
    );
    assert_eq!(
        said(rows("a.csv", "Name\na\na\n").unwrap_err()),
        ["line 3: it is the same as line 2"]
    );
}

/// Names with much of what is hard to write down.
fn hard() -> impl Strategy<Value = String> {
    let c = prop_oneof![
        any::<char>(),
        prop::sample::select(vec![
            '"', '\'', ',', ';', '\t', '\r', '\n', ' ', '=', '@', '＝', 'a', '\u{feff}', '─', '[', '{'
        ]),
    ];
    prop::collection::vec(c, 1..8).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(texts in prop::collection::vec(hard(), 1..5), spreadsheet: bool) {
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
        let table = Table {
            // The second column keeps equal names apart.
            rows: texts.iter().zip(0..).map(|(text, id)| vec![Cell::text(text), Cell::Int(id)]).collect(),
            ..Table::new(vec![Column::new("name", "Name", "Name"), Column::new("id", "Id", "EntryID")])
        };
        let style = Style { spreadsheet, ..Style::default() };
        for format in [Format::Csv, Format::Json, Format::JsonLines] {
            let mut out = Vec::new();
            let _ = render(&Document::Table(table.clone()), format, &style, &mut out).unwrap();
            let file = format!("list.{format}");
            let read = column(Path::new(&file), &out, NAME);
            prop_assert_eq!(read.as_ref(), Ok(&texts), "{}", String::from_utf8_lossy(&out));
        }
    }

    #[test]
    fn no_file_is_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..60), text in hard()) {
        for content in [bytes.as_slice(), text.as_bytes()] {
            for file in ["a", "a.txt", "a.csv", "a.tsv", "a.json", "a.jsonl"] {
                let _ = column(Path::new(file), content, NAME);
                let _ = rows(Path::new(file), content);
            }
        }
    }
}
