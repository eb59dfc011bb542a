//! JSON: one document, every value under its key; or a value a line.
//!
//! Times are ISO 8601 in UTC, what is missing is `null`, a number that is not finite too. What a terminal would obey
//! is escaped even where JSON would not ask for it (DEL, C1, direction marks): it reads back as the same text.

use std::io::{self, Write};

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use super::{Cell, Document, Place, Table};
use crate::text::is_unseen;

/// Writes a document as JSON, row by row, with a newline at the end.
pub(super) fn write(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mut json = serde_json::Serializer::with_formatter(&mut *out, Safe(PrettyFormatter::new()));
    document.serialize(&mut json)?;
    writeln!(out)
}

/// Writes each row or value of a document as JSON in a line of its own; nothing is no line at all.
pub(super) fn write_lines(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    match document {
        Document::Nothing => Ok(()),
        Document::List(items) | Document::Value(Cell::List(items)) => {
            items.iter().try_for_each(|item| write_line(item, out))
        }
        Document::Table(table) => table
            .rows
            .iter()
            .try_for_each(|row| write_line(&Row { table, row }, out)),
        Document::Row(_) | Document::Record(_) | Document::Value(_) => write_line(document, out),
    }
}

fn write_line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(
        &mut *out,
        Safe(CompactFormatter),
    ))?;
    writeln!(out)
}

/// Returns a value as JSON in one line.
pub(super) fn one_line(cell: &Cell) -> io::Result<String> {
    Ok(serde_json::to_string(cell)?)
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, json: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => json.serialize_unit(),
            Self::Value(cell) => cell.serialize(json),
            Self::List(items) => json.collect_seq(items),
            Self::Record(pairs) => json.collect_map(pairs.iter().map(|(key, cell)| (key, cell))),
            Self::Row(table) => match table.rows.first() {
                Some(row) => Row { table, row }.serialize(json),
                None => json.serialize_unit(),
            },
            Self::Table(table) => {
                let mut rows = json.serialize_seq(Some(table.rows.len()))?;
                for row in &table.rows {
                    rows.serialize_element(&Row { table, row })?;
                }
                rows.end()
            }
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, json: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => json.serialize_unit(),
            Self::Bool(value) => json.serialize_bool(*value),
            Self::Int(number) => json.serialize_i64(*number),
            Self::Float(number) => json.serialize_f64(*number),
            Self::Text(text) => json.serialize_str(text),
            Self::Time(at) => json.collect_str(at),
            Self::List(items) => json.collect_seq(items),
            Self::Map(pairs) => json.collect_map(pairs.iter().map(|(key, cell)| (key, cell))),
        }
    }
}

/// A row of a table as an object.
struct Row<'a> {
    table: &'a Table,
    row: &'a [Cell],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, json: S) -> Result<S::Ok, S::Error> {
        let mut object = json.serialize_map(None)?;
        let columns = self.table.columns.iter().enumerate();
        for (at, column) in columns.filter(|(_, column)| column.place != Place::Asked) {
            object.serialize_entry(&column.key, Table::at(self.row, at))?;
        }
        object.end()
    }
}

/// A layout, with more characters escaped.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        let mut plain = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| is_unseen(*c)) {
            out.write_all(&text.as_bytes()[plain..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            plain = at + c.len_utf8();
        }
        out.write_all(&text.as_bytes()[plain..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }
    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }
    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }
    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }
    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }
    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }
    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::output::Column;

    fn json(document: &Document) -> String {
        let mut out = Vec::new();
        write(document, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_table_is_an_array_of_objects_with_every_key() {
        let table = Table {
            rows: vec![
                vec![
                    Cell::text("PC"),
                    Cell::Time("2026-11-20T08:12:00Z".parse().unwrap()),
                    Cell::List(vec![Cell::text("A")]),
                ],
                vec![Cell::text("PC2")],
            ],
            ..Table::new(vec![
                Column::new("name", "Name", "Name"),
                Column::new("last_seen", "Last seen", "LastSeenTime").optional(),
                Column::new("groups", "Groups", "Groups"),
            ])
        };
        assert_eq!(
            json(&Document::Table(table)),
            r#"[
  {
    "name": "PC",
    "last_seen": "2026-11-20T08:12:00Z",
    "groups": [
      "A"
    ]
  },
  {
    "name": "PC2",
    "last_seen": null,
    "groups": null
  }
]
"#
        );
    }

    #[test]
    fn every_document_is_one_json_document() {
        assert_eq!(json(&Document::Nothing), "null\n");
        assert_eq!(json(&Document::Value(Cell::Float(f64::NAN))), "null\n");
        assert_eq!(json(&Document::List(vec![])), "[]\n");
        assert_eq!(
            json(&Document::Table(Table::new(vec![Column::named("a")]))),
            "[]\n"
        );
        assert_eq!(
            json(&Document::Record(vec![("a".into(), Cell::Int(1))])),
            "{\n  \"a\": 1\n}\n"
        );
    }

    #[test]
    fn what_a_terminal_would_obey_is_escaped() {
        let text = "\u{1b}\u{9b}\u{7f}\u{202e}\u{e0041}é\"\\";
        assert_eq!(
            json(&Document::Value(Cell::text(text))),
            "\"\\u001b\\u009b\\u007f\\u202e\\udb40\\udc41é\\\"\\\\\"\n"
        );
    }

    fn lines(document: &Document) -> String {
        let mut out = Vec::new();
        write_lines(document, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_row_or_value_has_a_line_of_its_own() {
        let record = || {
            vec![
                ("a".into(), Cell::Int(1)),
                ("b".into(), Cell::List(vec![Cell::Null])),
            ]
        };
        let table = || Table {
            rows: vec![vec![Cell::text("x\ny"), Cell::Null], vec![]],
            ..Table::new(vec![Column::new("name", "Name", "Name"), Column::named("os")])
        };
        for (document, written) in [
            (Document::Nothing, ""),
            (Document::List(vec![]), ""),
            (Document::Value(Cell::Int(1)), "1\n"),
            (Document::List(vec![Cell::text("a"), Cell::Null]), "\"a\"\nnull\n"),
            (
                Document::Value(Cell::List(vec![Cell::Map(record()), Cell::Int(2)])),
                "{\"a\":1,\"b\":[null]}\n2\n",
            ),
            (Document::Record(record()), "{\"a\":1,\"b\":[null]}\n"),
            (Document::Value(Cell::Map(record())), "{\"a\":1,\"b\":[null]}\n"),
            (Document::Row(table()), "{\"name\":\"x\\ny\",\"os\":null}\n"),
            (
                Document::Table(table()),
                "{\"name\":\"x\\ny\",\"os\":null}\n{\"name\":null,\"os\":null}\n",
            ),
        ] {
            assert_eq!(lines(&document), written, "{document:?}");
        }
    }

    proptest! {
        #[test]
        fn a_text_is_read_back_as_it_was(chars in prop::collection::vec(any::<char>(), 0..30)) {
            let text = String::from_iter(chars);
            let document = Document::Value(Cell::text(text.clone()));
            for written in [json(&document), lines(&document)] {
                prop_assert!(!written.trim_end().chars().any(is_unseen));
                prop_assert_eq!(&serde_json::from_str::<String>(&written).unwrap(), &text);
                prop_assert_eq!(written.lines().count(), 1);
            }
        }
    }
}
