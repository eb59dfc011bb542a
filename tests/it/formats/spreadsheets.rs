//! `--excel`: CSV that a spreadsheet opens and does not run.

use super::MACHINES;
use crate::desk::Desk;

#[test]
fn it_is_marked_as_utf8_and_holds_no_formula() {
    let desk = Desk::demo().file("machines.rhai", MACHINES);
    let ran = desk.run("./machines.rhai --output csv --excel --columns name,days,note");
    assert_eq!(
        ran.succeeds().stdout,
        "\u{feff}\"name\",\"days\",\"note\"\r\n\
         \"PC-10\",\"3\",\"\"\r\n\
         \"'=SUM(A1)\",\"\",\"'-1\"\r\n\
         \"PC-2\",\"12\",\"a, b\"\r\n\
         \"pc-1\",\"3\",\" padded \"\r\n"
    );
}

#[test]
fn without_it_every_text_is_what_it_is() {
    let desk = Desk::demo().file("machines.rhai", MACHINES);
    let ran = desk.run("./machines.rhai --output csv --columns name,days");
    assert_eq!(
        ran.succeeds().stdout,
        "name,days\nPC-10,3\n=SUM(A1),\nPC-2,12\npc-1,3\n"
    );
}

#[test]
fn the_file_is_named_or_the_format() {
    let desk = Desk::demo();
    desk.run("--excel list-computers --out x.csv")
        .succeeds()
        .prints_nothing();
    let bytes = std::fs::read(desk.desk().join("x.csv")).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbfName,EntryID,"));
    assert!(bytes.ends_with(b"\r\n"));
}
