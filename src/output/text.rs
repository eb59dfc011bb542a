//! Text: what a pipe takes. One name a line, nothing around it.

use std::io::{self, Write};

use super::table::worth_showing;
use super::words::{Zone, words};
use super::{Cell, Document, Lines, Style, Table};
use crate::text::{visible, visible_lines};

/// Writes a document as plain lines.
pub(super) fn write(document: &Document, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Nothing => Ok(()),
        Document::Value(cell) => write_value(cell, out),
        Document::List(items) => write_items(items, out),
        Document::Record(pairs) => write_record(pairs, out),
        Document::Table(table) if style.lines == Lines::Rows => write_rows(table, out),
        Document::Table(table) | Document::Row(table) => write_names(table, out),
    }
}

/// Writes one value. A text keeps its lines: nothing but a script's own layout could be at stake.
pub(super) fn write_value(cell: &Cell, out: &mut dyn Write) -> io::Result<()> {
    match cell {
        Cell::Text(text) => {
            let text = visible_lines(text);
            out.write_all(text.as_bytes())?;
            if text.ends_with('\n') {
                Ok(())
            } else {
                writeln!(out)
            }
        }
        Cell::List(items) => write_items(items, out),
        Cell::Map(pairs) => write_record(pairs, out),
        cell => writeln!(out, "{}", words(cell, Zone::InValue)),
    }
}

/// Writes an item a line; of an item with named parts, the part `name`, as of a row of a table.
fn write_items(items: &[Cell], out: &mut dyn Write) -> io::Result<()> {
    for item in items {
        let name = match item {
            Cell::Map(pairs) => pairs
                .iter()
                .find(|(key, _)| key == "name")
                .map_or(item, |(_, name)| name),
            item => item,
        };
        writeln!(out, "{}", words(name, Zone::InValue))?;
    }
    Ok(())
}

fn write_record(pairs: &[(String, Cell)], out: &mut dyn Write) -> io::Result<()> {
    for (key, cell) in pairs {
        writeln!(out, "{}: {}", visible(key), words(cell, Zone::InValue))?;
    }
    Ok(())
}

fn write_names(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    for row in &table.rows {
        writeln!(out, "{}", words(Table::at(row, table.name_column), Zone::InValue))?;
    }
    Ok(())
}

/// Writes the columns that a table shows, a tab between them: no value has one in it.
fn write_rows(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let columns = worth_showing(table);
    for row in &table.rows {
        let cells = columns.iter().map(|at| words(Table::at(row, *at), Zone::InValue));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("\t"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Column;

    fn text(document: &Document) -> String {
        let mut out = Vec::new();
        write(document, &Style::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_table_is_one_name_a_line() {
        let table = Table {
            name_column: 1,
            rows: vec![
                vec![Cell::Int(1), Cell::text("PC-1")],
                vec![Cell::Int(2), Cell::text("PC\n2")],
                vec![Cell::Int(3)],
            ],
            ..Table::new(vec![Column::named("id"), Column::named("name")])
        };
        assert_eq!(text(&Document::Table(table)), "PC-1\nPC\\u{a}2\n-\n");
    }

    #[test]
    fn whole_rows_are_what_the_table_shows_with_tabs_between() {
        let table = Table {
            rows: vec![
                vec![Cell::text("PC\t1"), Cell::Int(1), Cell::Null, Cell::Null],
                vec![Cell::text("PC-2"), Cell::Int(2), Cell::Null, Cell::Null],
            ],
            ..Table::new(vec![
                Column::named("name"),
                Column::named("id").data_only(),
                Column::named("ip"),
                Column::named("user").optional(),
            ])
        };
        let mut out = Vec::new();
        let style = Style {
            lines: Lines::Rows,
            ..Style::default()
        };
        write(&Document::Table(table), &style, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "PC\\u{9}1\t-\nPC-2\t-\n");
    }

    #[test]
    fn a_list_is_one_item_a_line() {
        let named = Cell::Map(vec![
            ("id".into(), Cell::Int(9)),
            ("name".into(), Cell::text("PC-9")),
        ]);
        let list = Document::List(vec![Cell::text("a"), Cell::Int(2), named]);
        assert_eq!(text(&list), "a\n2\nPC-9\n");
    }

    #[test]
    fn a_record_is_one_part_a_line() {
        let record = Document::Record(vec![
            ("name".into(), Cell::text("PC-1")),
            (
                "groups".into(),
                Cell::List(vec![Cell::text("A"), Cell::text("B")]),
            ),
        ]);
        assert_eq!(text(&record), "name: PC-1\ngroups: A; B\n");
    }

    #[test]
    fn a_text_is_raw_but_safe_and_ends_in_one_newline() {
        assert_eq!(
            text(&Document::Value(Cell::text("two\nlines\u{1b}"))),
            "two\nlines\\u{1b}\n"
        );
        assert_eq!(text(&Document::Value(Cell::text("done\n"))), "done\n");
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(text(&Document::Nothing), "");
        assert_eq!(text(&Document::List(vec![])), "");
    }
}
