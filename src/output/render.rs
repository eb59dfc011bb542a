//! The one way out: a document, a format, and where to write it.

use std::io::{self, BufWriter, Write};

use super::{Cell, Document, Format, csv, json, table, text};

/// What the place that is written to looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// The terminal's width in columns; none where there is no terminal, and then nothing is cut or left out.
    pub width: Option<usize>,
    /// Whether escapes for bold text are welcome.
    pub color: bool,
    /// Whether it is a terminal, which obeys what it is sent.
    pub terminal: bool,
    /// Whether a spreadsheet will open it: of consequence for CSV only.
    pub spreadsheet: bool,
    /// What a line of text is: of consequence for tables only.
    pub lines: Lines,
}

/// What a line of text is made of, where a table is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lines {
    /// The name of a row.
    #[default]
    Names,
    /// The columns that a table shows, with a tab between them.
    Rows,
}

/// What the reader of a document should be told beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use]
pub struct Notes {
    /// The headings of the columns for which there was no room.
    pub hidden_columns: Vec<String>,
}

impl Notes {
    /// Tells whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.hidden_columns.is_empty()
    }

    /// Returns the notes, a line each.
    pub fn lines(&self) -> Vec<String> {
        let columns = match self.hidden_columns.len() {
            0 => return Vec::new(),
            1 => "1 column".to_owned(),
            many => format!("{many} columns"),
        };
        let names = self.hidden_columns.join(", ");
        let them = if self.hidden_columns.len() == 1 {
            "it"
        } else {
            "them"
        };
        vec![format!(
            "{columns} not shown: {names}; a wider terminal or another format shows {them}"
        )]
    }
}

/// Writes a document in a format, and flushes. Several maps are a table of their keys, in the formats that have tables.
///
/// The only errors are those of `out`, a reader that has gone away (`BrokenPipe`) among them.
pub fn render(document: &Document, format: Format, style: &Style, out: &mut dyn Write) -> io::Result<Notes> {
    let mut out = BufWriter::new(out);
    let notes = match format {
        Format::Text => text::write(document, style, &mut out).map(|()| Notes::default()),
        Format::Json => json::write(document, &mut out).map(|()| Notes::default()),
        Format::JsonLines => json::write_lines(document, &mut out).map(|()| Notes::default()),
        Format::Csv => match document.as_maps() {
            Some(table) => csv::write(&Document::Table(table), style, &mut out),
            None => csv::write(document, style, &mut out),
        }
        .map(|()| Notes::default()),
        Format::Table => match document.as_maps() {
            Some(table) => table::write(&table, style, &mut out),
            None => write_table(document, style, &mut out),
        },
    }?;
    out.flush()?;
    Ok(notes)
}

fn write_table(document: &Document, style: &Style, out: &mut dyn Write) -> io::Result<Notes> {
    match document {
        Document::Table(table) => table::write(table, style, out),
        Document::Row(table) => table::write_row(table, style, out),
        Document::Record(pairs) | Document::Value(Cell::Map(pairs)) => table::write_record(pairs, style, out),
        Document::List(items) | Document::Value(Cell::List(items)) => table::write_list(items, style, out),
        Document::Value(cell) => text::write_value(cell, out).map(|()| Notes::default()),
        Document::Nothing => Ok(Notes::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(document: &Document, format: Format) -> String {
        let mut out = Vec::new();
        let notes = render(document, format, &Style::default(), &mut out).unwrap();
        assert!(notes.is_empty());
        String::from_utf8(out).unwrap()
    }

    fn map(name: &str, days: i64) -> Cell {
        Cell::Map(vec![
            ("name".into(), Cell::text(name)),
            ("days".into(), Cell::Int(days)),
        ])
    }

    #[test]
    fn a_list_of_maps_is_a_table_where_there_are_tables() {
        for document in [
            Document::List(vec![map("PC", 7), map("PC-2", 10)]),
            Document::Value(Cell::List(vec![map("PC", 7), map("PC-2", 10)])),
        ] {
            assert_eq!(rendered(&document, Format::Text), "PC\nPC-2\n");
            assert_eq!(
                rendered(&document, Format::Table),
                "name  days\n──────────\nPC       7\nPC-2    10\n"
            );
            assert_eq!(rendered(&document, Format::Csv), "name,days\nPC,7\nPC-2,10\n");
            assert!(rendered(&document, Format::Json).starts_with("[\n  {\n    \"name\": \"PC\","));
        }
    }

    #[test]
    fn a_list_of_values_has_one_column() {
        let document = Document::List(vec![Cell::text("a"), map("PC", 7)]);
        assert_eq!(
            rendered(&document, Format::Table),
            "Value\n─────────────────\na\nname: PC, days: 7\n"
        );
        assert_eq!(rendered(&Document::List(vec![]), Format::Table), "Value\n─────\n");
    }

    #[test]
    fn one_map_is_a_record_and_one_value_stands_alone() {
        assert_eq!(
            rendered(&Document::Value(map("PC", 7)), Format::Table),
            "Field  Value\n────────────\nname   PC\ndays   7\n"
        );
        assert_eq!(
            rendered(&Document::Value(map("PC", 7)), Format::Csv),
            "name,days\nPC,7\n"
        );
        assert_eq!(
            rendered(&Document::Value(Cell::text("a\nb")), Format::Table),
            "a\nb\n"
        );
        assert_eq!(rendered(&Document::Nothing, Format::Table), "");
    }

    #[test]
    fn a_reader_that_has_gone_away_is_an_error() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let few = Document::List(vec![map("PC", 7)]);
        // More than the buffers hold: it is noticed while a row is written, not only at the end.
        let many = Document::List(vec![map("PC", 7); 10_000]);
        for (document, format) in [&few, &many]
            .into_iter()
            .flat_map(|d| Format::ALL.map(|f| (d, f)))
        {
            let error = render(document, format, &Style::default(), &mut Gone).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{format}");
        }
    }
}
