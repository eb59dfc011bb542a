//! Fields between delimiters, strictly: a quote that is out of place is a fault, not a part of a name.
//!
//! The crate that writes CSV reads broken quoting without a word, and does not tell a blank that was quoted from padding.

use std::iter::Peekable;
use std::str::Chars;

use super::{Fault, Line, ReadError, Sheet};
use crate::output::Cell;
use crate::output::columns::position;
use crate::output::guard::unguard;

/// What may stand between two fields.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// Returns the delimiter that the first line has the wanted column with, else the one that makes most fields of it.
pub(super) fn delimiter(text: &str, wanted: Option<&[&str]>) -> char {
    let fields = |delimiter: char| first(text, delimiter).map_or(0, |record| record.fields.len());
    let most = DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|delimiter| fields(*delimiter));
    DELIMITERS
        .into_iter()
        .find(|delimiter| fields(*delimiter) > 1 && holds(text, *delimiter, wanted))
        .or(most)
        .unwrap_or(',')
}

/// Tells whether the first line is a header: one that has the wanted column among several. Where none is wanted in
/// particular there must be one.
pub(super) fn has_header(text: &str, wanted: Option<&[&str]>) -> bool {
    wanted.is_none()
        || DELIMITERS.into_iter().any(|delimiter| {
            first(text, delimiter).is_some_and(|record| record.fields.len() > 1)
                && holds(text, delimiter, wanted)
        })
}

fn holds(text: &str, delimiter: char, wanted: Option<&[&str]>) -> bool {
    first(text, delimiter).is_some_and(|record| bears(&record.fields, wanted.unwrap_or_default()))
}

fn bears(headings: &[String], wanted: &[&str]) -> bool {
    wanted
        .iter()
        .any(|name| position(headings.iter().map(|heading| unguard(heading)), name).is_some())
}

fn first(text: &str, delimiter: char) -> Option<Record> {
    Records::of(text, delimiter).find(|record| !record.is_blank)
}

/// Where the headings of a sheet come from.
pub(super) enum Headings<'a> {
    /// From the first line; but without a wanted column in it a file of one column is taken for one without a header.
    FirstLine(Option<&'a [&'a str]>),
    /// From nowhere in the file: each line is a row.
    Are(Vec<String>),
}

/// Reads a sheet.
pub(super) fn sheet(
    text: &str,
    delimiter: char,
    headings: Headings<'_>,
    guarded: bool,
) -> Result<Sheet, ReadError> {
    let mut records = Records::of(text, delimiter)
        .filter(|record| !record.is_blank)
        .map(|record| if guarded { record.unguarded() } else { record })
        .peekable();
    let wanted = match headings {
        Headings::Are(names) => return Ok(Sheet::collect(Some(names), records, delimiter)),
        Headings::FirstLine(wanted) => wanted,
    };
    let Some(first) = records.peek() else {
        return Ok(Sheet::default());
    };
    if wanted.is_some_and(|wanted| first.fields.len() == 1 && !bears(&first.fields, wanted)) {
        return Ok(Sheet::collect(None, records, delimiter));
    }
    let headings = records.next().map(header).transpose()?.unwrap_or_default();
    Ok(Sheet::collect(Some(headings), records, delimiter))
}

fn header(record: Record) -> Result<Vec<String>, ReadError> {
    if let Some(fault) = record.fault {
        return Err(ReadError::new(
            format!("its header cannot be read: line {}: {}", fault.line, fault.why),
            "the first line says what each column holds",
        ));
    }
    let twice = record
        .fields
        .iter()
        .enumerate()
        .find(|(at, heading)| !heading.is_empty() && record.fields[..*at].contains(heading));
    match twice {
        Some((_, heading)) => Err(ReadError::new(
            format!("two of its columns are called `{heading}`"),
            "rename one of them in the first line",
        )),
        None => Ok(record.fields),
    }
}

impl Sheet {
    fn collect(
        headings: Option<Vec<String>>,
        records: impl Iterator<Item = Record>,
        delimiter: char,
    ) -> Self {
        let width = headings.as_ref().map_or(1, Vec::len);
        let mut sheet = Self {
            headings,
            ..Self::default()
        };
        for mut record in records {
            let surplus = record.fields.iter().skip(width).any(|field| !field.is_empty());
            if let Some(fault) = record.fault {
                sheet.faults.push(fault);
            } else if surplus {
                sheet.faults.push(Fault::new(
                    record.line,
                    format!(
                        "it has {} fields where there should be {width}; a text with a `{}` in it has to stand in quotes",
                        record.fields.len(),
                        delimiter.escape_default(),
                    ),
                ));
            } else {
                record.fields.resize(width, String::new());
                let cells = record.fields.into_iter().map(|field| match field.as_str() {
                    "" => Cell::Null,
                    _ => Cell::Text(field),
                });
                sheet.lines.push(Line {
                    number: record.line,
                    cells: cells.collect(),
                });
            }
        }
        sheet
    }
}

/// The fields of one row.
#[derive(Debug, Default)]
struct Record {
    /// The line that it begins in.
    line: usize,
    fields: Vec<String>,
    /// Nothing but padding and delimiters.
    is_blank: bool,
    fault: Option<Fault>,
}

impl Record {
    fn unguarded(mut self) -> Self {
        for field in &mut self.fields {
            if unguard(field).len() < field.len() {
                *field = unguard(field).to_owned();
            }
        }
        self
    }
}

/// The rows of a text.
struct Records<'a> {
    rest: Peekable<Chars<'a>>,
    line: usize,
    delimiter: char,
}

impl<'a> Records<'a> {
    fn of(text: &'a str, delimiter: char) -> Self {
        Self {
            rest: text.chars().peekable(),
            line: 1,
            delimiter,
        }
    }

    /// Takes the next character; all sorts of line ends are one newline.
    fn take(&mut self) -> Option<char> {
        let mut next = self.rest.next()?;
        if next == '\r' {
            self.rest.next_if_eq(&'\n');
            next = '\n';
        }
        if next == '\n' {
            self.line += 1;
        }
        Some(next)
    }

    /// Tells whether the field is over.
    fn is_at_end(&mut self) -> bool {
        let delimiter = self.delimiter;
        self.rest
            .peek()
            .is_none_or(|c| *c == delimiter || matches!(c, '\n' | '\r'))
    }

    fn skip_padding(&mut self) {
        while !self.is_at_end() && self.rest.next_if(|c| c.is_whitespace()).is_some() {}
    }

    /// Reads up to the end of the field, and returns what was there without the padding after it.
    fn unquoted(&mut self) -> String {
        let mut field = String::new();
        while !self.is_at_end() {
            field.extend(self.take());
        }
        field.truncate(field.trim_end().len());
        field
    }

    /// Reads a field whose opening quote was taken. Its line ends stay what they are.
    fn quoted(&mut self) -> Result<String, Fault> {
        let opened = self.line;
        let mut field = String::new();
        loop {
            match self.rest.next() {
                None => return Err(Fault::new(opened, "a quote is opened here and never closed")),
                Some('"') if self.rest.next_if_eq(&'"').is_none() => break,
                Some(c) => {
                    let ends_line = c == '\n' || (c == '\r' && self.rest.peek() != Some(&'\n'));
                    self.line += usize::from(ends_line);
                    field.push(c);
                }
            }
        }
        self.skip_padding();
        if self.is_at_end() {
            Ok(field)
        } else {
            let line = self.line;
            self.unquoted();
            Err(Fault::new(line, "something follows the closing quote of a field"))
        }
    }

    fn field(&mut self) -> Result<(String, bool), Fault> {
        self.skip_padding();
        if self.rest.next_if_eq(&'"').is_some() {
            return self.quoted().map(|field| (field, true));
        }
        let line = self.line;
        let field = self.unquoted();
        if field.contains('"') {
            return Err(Fault::new(
                line,
                "a quote stands within a field that is not quoted; write \"…\"\"…\"",
            ));
        }
        Ok((field, false))
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.rest.peek()?;
        let mut record = Record {
            line: self.line,
            is_blank: true,
            ..Record::default()
        };
        loop {
            match self.field() {
                Ok((field, quoted)) => {
                    record.is_blank &= field.is_empty() && !quoted;
                    record.fields.push(field);
                }
                Err(fault) => {
                    record.is_blank = false;
                    record.fault.get_or_insert(fault);
                }
            }
            if self.take() != Some(self.delimiter) {
                return Some(record);
            }
        }
    }
}
