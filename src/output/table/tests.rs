//! What tables look like.

use proptest::prelude::*;

use super::*;
use crate::output::{Column, Lines};

const WIDE: Style = Style {
    width: None,
    color: false,
    terminal: false,
    spreadsheet: false,
    lines: Lines::Names,
};

fn narrow(width: usize) -> Style {
    Style {
        width: Some(width),
        ..WIDE
    }
}

fn shown(table: &Table, style: Style) -> (String, Notes) {
    let mut out = Vec::new();
    let notes = write(table, &style, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), notes)
}

fn computers() -> Table {
    Table {
        rows: vec![
            vec![
                Cell::text("東京-PC"),
                Cell::Bool(true),
                Cell::Time("2026-11-20T08:12:59Z".parse().unwrap()),
                Cell::Int(7),
                Cell::List(vec![Cell::text("Servers"), Cell::text("All")]),
            ],
            vec![Cell::text("cafe\u{301}"), Cell::Null, Cell::Null, Cell::Int(1234)],
        ],
        ..Table::new(vec![
            Column::new("name", "Name", "Name"),
            Column::new("online", "Online", "Online"),
            Column::new("last_seen", "Last seen", "LastSeenTime"),
            Column::new("days", "Days", "Days"),
            Column::new("groups", "Groups", "Groups").optional(),
        ])
    }
}

#[test]
fn columns_stand_under_their_headings_whatever_the_width_of_characters() {
    let (text, notes) = shown(&computers(), WIDE);
    assert_eq!(
        text,
        "\
Name     Online  Last seen (UTC)   Days  Groups
─────────────────────────────────────────────────────
東京-PC  yes     2026-11-20 08:12     7  Servers; All
cafe\u{301}     -       -                 1234  -
"
    );
    assert!(notes.is_empty());
}

#[test]
fn a_narrow_terminal_hides_columns_and_says_which() {
    let (text, notes) = shown(&computers(), narrow(33));
    assert_eq!(text.lines().next(), Some("Name     Online  Last seen (UTC)"));
    assert_eq!(notes.hidden_columns, ["Days", "Groups"]);
    assert_eq!(
        notes.lines(),
        ["2 columns not shown: Days, Groups; a wider terminal or another format shows them"]
    );
}

#[test]
fn a_long_cell_is_wrapped_and_then_cut() {
    let table = Table {
        rows: vec![vec![
            Cell::text("PC"),
            Cell::text("one two three four five six seven eight nine ten eleven"),
        ]],
        ..Table::new(vec![Column::named("Name"), Column::named("Comment")])
    };
    let (text, _) = shown(&table, narrow(22));
    assert_eq!(
        text,
        "\
Name  Comment
──────────────────────
PC    one two three
      four five six
      seven eight nin…
"
    );
    let (whole, _) = shown(&table, WIDE);
    assert!(whole.contains("nine ten eleven"));
}

#[test]
fn a_name_cannot_reach_the_terminal_or_break_its_row() {
    let table = Table {
        rows: vec![vec![Cell::text("a\u{1b}[2J\nb\u{202e}")]],
        ..Table::new(vec![Column::named("Na\u{7}me")])
    };
    let (text, _) = shown(&table, WIDE);
    assert_eq!(
        text,
        "Na\\u{7}me\n────────────────────────\na\\u{1b}[2J\\u{a}b\\u{202e}\n"
    );
}

#[test]
fn headings_are_bold_only_where_colour_is_wanted() {
    let color = Style {
        color: true,
        ..narrow(80)
    };
    let (text, _) = shown(&computers(), color);
    assert!(text.starts_with("\u{1b}[1mName"), "{text}");
    assert_eq!(text.matches('\u{1b}').count(), 2);
    assert!(!shown(&computers(), narrow(80)).0.contains('\u{1b}'));
}

#[test]
fn a_record_is_shown_whole() {
    let long = "word ".repeat(40);
    let pairs = vec![
        ("name".to_owned(), Cell::text("PC")),
        (
            "seen".to_owned(),
            Cell::Time("2026-11-20T08:12:00Z".parse().unwrap()),
        ),
        ("comment".to_owned(), Cell::text(long.trim())),
    ];
    let mut out = Vec::new();
    assert!(write_record(&pairs, &narrow(40), &mut out).unwrap().is_empty());
    let text = String::from_utf8(out).unwrap();
    assert!(text.starts_with("Field    Value\n"), "{text}");
    assert!(text.contains("seen     2026-11-20 08:12 UTC\n"), "{text}");
    assert_eq!(text.matches("word").count(), 40);
}

#[test]
fn a_table_without_rows_has_its_headings() {
    let table = Table::new(vec![Column::named("Name"), Column::named("Days")]);
    assert_eq!(shown(&table, WIDE).0, "Name  Days\n──────────\n");
    assert_eq!(shown(&Table::new(vec![]), WIDE).0, "");
}

#[test]
fn a_cell_wider_than_any_table_is_not_lost() {
    let long = "x".repeat(70_000);
    let table = Table {
        rows: vec![vec![Cell::text(long), Cell::text("end")]],
        ..Table::new(vec![Column::named("Name"), Column::named("Last")])
    };
    let (text, _) = shown(&table, WIDE);
    assert_eq!(text.matches('x').count(), 70_000);
    assert!(text.contains("end"));
}

proptest! {
    #[test]
    fn no_line_is_wider_than_the_terminal(
        cells in prop::collection::vec(
            prop::collection::vec(prop::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter), 5),
            0..4,
        ),
        width in 12usize..120,
    ) {
        let mut table = computers();
        table.rows.extend(cells.into_iter().map(|row| row.into_iter().map(Cell::Text).collect()));
        let (text, _) = shown(&table, narrow(width));
        for line in text.lines() {
            prop_assert!(line.width() <= width, "{} > {width}: {line}", line.width());
        }
    }
}
