//! CSV: RFC 4180, lossless, under the headings that files of the sort have.
//!
//! Content is data here: text is written as it came, control characters and all, times in ISO 8601 (UTC), nothing as an
//! empty field, lists joined by `;`. What has parts of its own is JSON in one field. Lines end in a bare newline, which
//! every reader of CSV takes and the tools of a pipe expect. Where a field begins or ends with a blank all fields are
//! quoted, as readers take blanks around an unquoted field for padding.
//!
//! For a spreadsheet it begins with a byte-order mark, without which Excel does not take it for UTF-8; its lines end as
//! Excel's own do, and texts that would be run as formulas are guarded. Numbers, moments and truths are no texts.
//!
//! On a terminal nobody reads it back, and a terminal would obey: there, what cannot be seen is written out.

mod parts;

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::guard::guard;
use super::words::float;
use super::{Cell, Document, Place, Style, Table, json};
use crate::encoding::MARK;
use crate::text::visible;

pub use parts::{csv_headings, csv_rows};

/// The heading of values that have no name.
const VALUE: &str = "Value";

/// Writes a document as CSV, row by row.
pub(super) fn write(document: &Document, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut layout = WriterBuilder::new();
    if style.spreadsheet {
        layout.terminator(Terminator::CRLF);
        write!(out, "{MARK}")?;
    }
    if is_padded(document) {
        layout.quote_style(QuoteStyle::Always);
    }
    let mut rows = Rows {
        csv: layout.from_writer(out),
        to_terminal: style.terminal,
        to_spreadsheet: style.spreadsheet,
    };
    match document {
        Document::Nothing => {}
        Document::Value(Cell::List(items)) | Document::List(items) => write_list(items, &mut rows)?,
        Document::Value(Cell::Map(pairs)) | Document::Record(pairs) => write_record(pairs, &mut rows)?,
        Document::Value(cell) => write_list(std::slice::from_ref(cell), &mut rows)?,
        Document::Table(table) | Document::Row(table) => write_table(table, &mut rows)?,
    }
    rows.csv.flush()
}

/// Where rows go, a field at a time.
struct Rows<'a> {
    csv: csv::Writer<&'a mut dyn Write>,
    to_terminal: bool,
    to_spreadsheet: bool,
}

impl Rows<'_> {
    fn heading(&mut self, text: &str) -> io::Result<()> {
        let text = if self.to_spreadsheet {
            guard(text)
        } else {
            Cow::Borrowed(text)
        };
        self.field(&text)
    }

    fn cell(&mut self, cell: &Cell) -> io::Result<()> {
        let text = field(cell)?;
        match cell {
            Cell::Text(_) | Cell::List(_) | Cell::Map(_) => self.heading(&text),
            Cell::Null | Cell::Bool(_) | Cell::Int(_) | Cell::Float(_) | Cell::Time(_) => self.field(&text),
        }
    }

    fn field(&mut self, text: &str) -> io::Result<()> {
        let text = if self.to_terminal {
            visible(text)
        } else {
            Cow::Borrowed(text)
        };
        self.csv.write_field(text.as_bytes()).map_err(beneath)
    }

    fn end(&mut self) -> io::Result<()> {
        self.csv.write_record(None::<&[u8]>).map_err(beneath)
    }
}

/// Returns the error of what was written to. The crate's own conversion forgets its kind, and so that a reader that has
/// gone away is no failure.
fn beneath(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("not to be written as CSV: {kind:?}")),
    }
}

fn write_list(items: &[Cell], rows: &mut Rows<'_>) -> io::Result<()> {
    rows.heading(VALUE)?;
    rows.end()?;
    for item in items {
        rows.cell(item)?;
        rows.end()?;
    }
    Ok(())
}

fn write_record(pairs: &[(String, Cell)], rows: &mut Rows<'_>) -> io::Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    for (key, _) in pairs {
        rows.heading(key)?;
    }
    rows.end()?;
    for (_, cell) in pairs {
        rows.cell(cell)?;
    }
    rows.end()
}

fn write_table(table: &Table, rows: &mut Rows<'_>) -> io::Result<()> {
    write_headings(table, rows)?;
    write_rows(table, rows)
}

fn write_headings(table: &Table, rows: &mut Rows<'_>) -> io::Result<()> {
    let order = order(table);
    if order.is_empty() {
        return Ok(());
    }
    for (heading, _) in &order {
        rows.heading(heading)?;
    }
    rows.end()
}

fn write_rows(table: &Table, rows: &mut Rows<'_>) -> io::Result<()> {
    let order = order(table);
    if order.is_empty() {
        return Ok(());
    }
    for row in &table.rows {
        for (_, column) in &order {
            match column {
                Some(at) => rows.cell(Table::at(row, *at))?,
                None => rows.cell(&Cell::Null)?,
            }
        }
        rows.end()?;
    }
    Ok(())
}

/// Returns the headings with the column under each: first those that files of the sort have, then the table's others.
fn order(table: &Table) -> Vec<(&str, Option<usize>)> {
    let fixed = table.csv_order.iter().map(|heading| {
        let column = table.columns.iter().position(|column| column.csv == *heading);
        (heading.as_str(), column)
    });
    let others = table
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.place != Place::Asked && !table.csv_order.contains(&column.csv))
        .map(|(at, column)| (column.csv.as_str(), Some(at)));
    fixed.chain(others).collect()
}

fn field(cell: &Cell) -> io::Result<Cow<'_, str>> {
    Ok(match cell {
        Cell::Null => Cow::Borrowed(""),
        Cell::Bool(true) => Cow::Borrowed("true"),
        Cell::Bool(false) => Cow::Borrowed("false"),
        Cell::Int(number) => Cow::Owned(number.to_string()),
        Cell::Float(number) => Cow::Owned(float(*number)),
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::Time(at) => Cow::Owned(at.to_string()),
        Cell::List(items) if items.iter().any(has_parts) => Cow::Owned(json::one_line(cell)?),
        Cell::List(items) => {
            let fields = items.iter().map(field).collect::<io::Result<Vec<_>>>()?;
            Cow::Owned(fields.join(";"))
        }
        Cell::Map(_) => Cow::Owned(json::one_line(cell)?),
    })
}

/// Tells whether a heading or a text of the document begins or ends with a blank.
fn is_padded(document: &Document) -> bool {
    match document {
        Document::Nothing => false,
        Document::Value(cell) => is_padded_cell(cell),
        Document::List(items) => items.iter().any(is_padded_cell),
        Document::Record(pairs) => pairs
            .iter()
            .any(|(key, cell)| is_padded_text(key) || is_padded_cell(cell)),
        Document::Row(table) | Document::Table(table) => {
            table.columns.iter().any(|column| is_padded_text(&column.csv))
                || table.rows.iter().flatten().any(is_padded_cell)
        }
    }
}

fn is_padded_cell(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => is_padded_text(text),
        Cell::List(items) => items.iter().any(is_padded_cell),
        Cell::Map(pairs) => pairs
            .iter()
            .any(|(key, cell)| is_padded_text(key) || is_padded_cell(cell)),
        Cell::Null | Cell::Bool(_) | Cell::Int(_) | Cell::Float(_) | Cell::Time(_) => false,
    }
}

fn is_padded_text(text: &str) -> bool {
    text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace)
}

fn has_parts(cell: &Cell) -> bool {
    matches!(cell, Cell::List(_) | Cell::Map(_))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::output::Column;

    fn csv(document: &Document) -> String {
        written(document, &Style::default())
    }

    fn written(document: &Document, style: &Style) -> String {
        let mut out = Vec::new();
        write(document, style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn names(names: &[&str]) -> Vec<Cell> {
        names.iter().copied().map(Cell::text).collect()
    }

    #[test]
    fn a_table_has_the_headings_of_its_sort_of_file() {
        let table = Table {
            rows: vec![vec![
                Cell::text("id-1"),
                Cell::text("PC, \"one\""),
                Cell::List(names(&["A", "B"])),
                Cell::Bool(true),
            ]],
            csv_order: ["Name", "EntryID", "LastSeenTime", "Groups"]
                .map(String::from)
                .to_vec(),
            ..Table::new(vec![
                Column::new("id", "Id", "EntryID"),
                Column::new("name", "Name", "Name"),
                Column::new("groups", "Groups", "Groups"),
                Column::new("online", "Online", "Online"),
            ])
        };
        assert_eq!(
            csv(&Document::Table(table)),
            "Name,EntryID,LastSeenTime,Groups,Online\n\"PC, \"\"one\"\"\",id-1,,A;B,true\n"
        );
    }

    #[test]
    fn values_are_data_not_words() {
        let at = Cell::Time("2026-11-20T08:12:00.5Z".parse().unwrap());
        let map = Cell::Map(vec![("k".into(), Cell::Int(1))]);
        let list = vec![
            at,
            Cell::Bool(false),
            Cell::Float(0.5),
            Cell::text("a\u{1b}\nb"),
            map.clone(),
        ];
        assert_eq!(
            csv(&Document::List(list)),
            "Value\n2026-11-20T08:12:00.5Z\nfalse\n0.5\n\"a\u{1b}\nb\"\n\"{\"\"k\"\":1}\"\n"
        );
        let nested = Document::Value(Cell::List(vec![Cell::List(vec![map])]));
        assert_eq!(csv(&nested), "Value\n\"[{\"\"k\"\":1}]\"\n");
    }

    #[test]
    fn a_terminal_gets_nothing_that_it_would_obey() {
        let terminal = Style {
            terminal: true,
            ..Style::default()
        };
        let nested = Cell::Map(vec![("k".into(), Cell::text("\u{9b}2J"))]);
        let record = Document::Record(vec![
            ("a\u{1b}[1m".into(), Cell::text("x\n\u{202e}y")),
            ("b".into(), nested),
        ]);
        assert_eq!(
            written(&record, &terminal),
            "a\\u{1b}[1m,b\nx\\u{a}\\u{202e}y,\"{\"\"k\"\":\"\"\\u{9b}2J\"\"}\"\n"
        );
        assert_eq!(
            written(&Document::List(vec![Cell::text("\u{1b}]0;x\u{7}")]), &terminal),
            "Value\n\\u{1b}]0;x\\u{7}\n"
        );
    }

    #[test]
    fn a_spreadsheet_is_told_the_encoding_and_runs_nothing() {
        let spreadsheet = Style {
            spreadsheet: true,
            ..Style::default()
        };
        let at = Cell::Time("-000001-01-01T00:00:00Z".parse().unwrap());
        let list = Cell::List(names(&["=A", "B"]));
        let record = Document::Record(vec![
            ("=key".into(), Cell::text("=SUM(A1)")),
            ("n".into(), Cell::Int(-5)),
            ("f".into(), Cell::Float(-0.5)),
            ("at".into(), at),
            ("list".into(), list),
            ("plain".into(), Cell::text("'=x")),
        ]);
        assert_eq!(
            written(&record, &spreadsheet),
            "\u{feff}'=key,n,f,at,list,plain\r\n'=SUM(A1),-5,-0.5,-000001-01-01T00:00:00Z,'=A;B,''=x\r\n"
        );
    }

    #[test]
    fn where_a_field_has_blanks_around_it_everything_is_quoted() {
        for padded in [" a", "a ", "\ta", "a\u{a0}"] {
            let list = Document::List(vec![Cell::text(padded), Cell::Int(1)]);
            assert_eq!(csv(&list), format!("\"Value\"\n\"{padded}\"\n\"1\"\n"));
        }
        assert_eq!(csv(&Document::List(vec![Cell::text("a b")])), "Value\na b\n");
    }

    #[test]
    fn a_record_is_one_row() {
        let record = Document::Record(vec![("name".into(), Cell::text("PC")), ("os".into(), Cell::Null)]);
        assert_eq!(csv(&record), "name,os\nPC,\n");
    }

    #[test]
    fn an_empty_value_is_a_row_of_its_own() {
        assert_eq!(
            csv(&Document::List(vec![Cell::Null, Cell::text("a")])),
            "Value\n\"\"\na\n"
        );
    }

    #[test]
    fn a_table_without_rows_has_its_headings() {
        assert_eq!(
            csv(&Document::Table(Table::new(vec![
                Column::named("a"),
                Column::named("b")
            ]))),
            "a,b\n"
        );
        assert_eq!(csv(&Document::Table(Table::new(vec![]))), "");
        assert_eq!(csv(&Document::Nothing), "");
    }

    proptest! {
        #[test]
        fn texts_are_read_back_as_they_were(
            texts in prop::collection::vec(prop::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter), 1..6),
        ) {
            let columns = texts.iter().enumerate().map(|(at, _)| Column::named(at.to_string())).collect();
            let rows = vec![texts.iter().cloned().map(Cell::Text).collect()];
            let written = csv(&Document::Table(Table { rows, ..Table::new(columns) }));
            let mut reader = csv::Reader::from_reader(written.as_bytes());
            let read: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
            prop_assert_eq!(read.len(), 1);
            prop_assert!(read[0].iter().eq(texts.iter().map(String::as_str)));
        }
    }
}
