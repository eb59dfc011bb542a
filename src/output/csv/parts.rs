//! CSV for a file that grows: the headings first, and rows whenever there are some.
//!
//! Nobody knows yet what will stand in it, so that every field is quoted.

use std::io;

use csv::{QuoteStyle, WriterBuilder};

use super::{Rows, write_headings, write_rows};
use crate::output::Table;

/// Returns a table's headings as a line of CSV: what a file begins with that [`csv_rows`] are added to later.
pub fn csv_headings(table: &Table) -> io::Result<String> {
    part(|rows| write_headings(table, rows))
}

/// Returns a table's rows as CSV, without the headings. Every field is quoted, whatever stands in it.
pub fn csv_rows(table: &Table) -> io::Result<String> {
    part(|rows| write_rows(table, rows))
}

fn part(write: impl FnOnce(&mut Rows<'_>) -> io::Result<()>) -> io::Result<String> {
    let mut out: Vec<u8> = Vec::new();
    let mut rows = Rows {
        csv: WriterBuilder::new()
            .quote_style(QuoteStyle::Always)
            .from_writer(&mut out),
        to_terminal: false,
        to_spreadsheet: false,
    };
    write(&mut rows)?;
    rows.csv.flush()?;
    drop(rows);
    String::from_utf8(out).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Cell, Column};

    #[test]
    fn a_file_in_parts_is_the_same_whatever_is_in_it() {
        let table = Table {
            rows: vec![vec![Cell::text(" a"), Cell::Int(1)], vec![Cell::text("b")]],
            ..Table::new(vec![Column::named("x"), Column::named("y")])
        };
        assert_eq!(csv_headings(&table).unwrap(), "\"x\",\"y\"\n");
        assert_eq!(csv_rows(&table).unwrap(), "\" a\",\"1\"\n\"b\",\"\"\n");
    }
}
