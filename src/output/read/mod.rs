//! Lists read back: what deskhand has written, what a spreadsheet has made of it, and what a person has typed.
//!
//! | file | how it is read |
//! |---|---|
//! | `.csv`, `.tsv` | the first line is the header; a file of one column may do without |
//! | `.json`, `.jsonl`, `.ndjson` | records, or values without names |
//! | anything else | as JSON if that is what it holds; as CSV if the first line has the column asked for among several; else a value a line, the whole line |
//!
//! CSV may have `,`, `;` or a tab between its fields, any encoding that [`encoding`] knows, any line ends, blank
//! lines and padding. In a file with a byte-order mark, which is what spreadsheets are given and give, the guard against
//! formulas is undone; without one every text is what it says. All that is wrong with the rows of a file is found
//! before anything is said, and then nothing is returned.

mod csv;
mod fields;
mod json;
mod meant;

use std::collections::HashMap;
use std::path::Path;

use super::Cell;
use super::columns::{ColumnError, position};
use crate::encoding;

pub use fields::{Asked, Fields, Header, fields};
pub use meant::Meant;

/// What is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line that the row begins in, counted from 1.
    pub line: usize,
    /// What is wrong, to follow "line 7: ".
    pub why: String,
}

impl Fault {
    /// Makes one; `why` follows "line 7: ".
    pub fn new(line: usize, why: impl Into<String>) -> Self {
        Self {
            line,
            why: why.into(),
        }
    }
}

/// Why a list cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It is no list that can be read.
    Unreadable {
        /// What is wrong, to follow the file's name.
        why: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// Some rows are wrong, in the order of their lines.
    Faults(Vec<Fault>),
}

impl ReadError {
    fn new(why: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Unreadable {
            why: why.into(),
            hint: Some(hint.into()),
        }
    }
}

impl From<ColumnError> for ReadError {
    fn from(error: ColumnError) -> Self {
        Self::Unreadable {
            why: error.to_string(),
            hint: error.hint().map(str::to_owned),
        }
    }
}

/// A value, and the line that its row begins in, counted from 1.
pub type Placed = (usize, String);

/// A row with its headings.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The line that it begins in, counted from 1.
    pub line: usize,
    /// What stands under each heading; what is empty is [`Cell::Null`].
    pub cells: Vec<(String, Cell)>,
}

/// Reads one column: the first of `names`, else the only one that bears any of the others. `file` says by its extension
/// how to read.
///
/// Values without names stand under whatever is asked for.
pub fn column(file: &Path, bytes: &[u8], names: &[&str]) -> Result<Vec<String>, ReadError> {
    Sheet::read(file, bytes, Some(names))?.column(names)
}

/// Reads one column as [`column()`] does, each value with the line that its row begins in. What is wrong with single rows comes
/// beside them: whoever has more to find wrong can say all of it at once.
pub fn lines(
    file: &Path,
    bytes: &[u8],
    names: &[&str],
    meant: Option<&Meant<'_>>,
) -> Result<(Vec<Placed>, Vec<Fault>), ReadError> {
    let mut sheet = Sheet::read(file, bytes, Some(names))?;
    if let Some(meant) = meant {
        sheet.keep(meant);
    }
    let values = sheet.values(names)?;
    Ok((values, sheet.faults))
}

/// Reads all rows under their headings; what is no JSON must have a header.
pub fn rows(file: &Path, bytes: &[u8]) -> Result<Vec<Row>, ReadError> {
    Sheet::read(file, bytes, None)?.rows()
}

/// What a file holds.
#[derive(Debug, Default, PartialEq)]
struct Sheet {
    /// None where each row is one value without a name.
    headings: Option<Vec<String>>,
    lines: Vec<Line>,
    faults: Vec<Fault>,
}

/// One row: a cell for each heading, or one without.
#[derive(Debug, PartialEq)]
struct Line {
    number: usize,
    cells: Vec<Cell>,
}

impl Sheet {
    fn read(file: &Path, bytes: &[u8], wanted: Option<&[&str]>) -> Result<Self, ReadError> {
        let text = decoded(bytes)?;
        let separated = |delimiter| {
            let headings = csv::Headings::FirstLine(wanted);
            csv::sheet(&text, delimiter, headings, encoding::is_marked(bytes))
        };
        let extension = file.extension().and_then(|extension| extension.to_str());
        let mut sheet = match extension.unwrap_or_default().to_lowercase().as_str() {
            "json" => json::sheet(&text),
            "jsonl" | "ndjson" => Ok(json::lines(&text)),
            "csv" => separated(csv::delimiter(&text, wanted)),
            "tsv" => separated('\t'),
            extension => {
                // In a file of names, `[1]` is one.
                let guessed = if extension == "txt" {
                    None
                } else {
                    json::guessed(&text)
                };
                match guessed {
                    Some(sheet) => Ok(sheet),
                    None if csv::has_header(&text, wanted) => separated(csv::delimiter(&text, wanted)),
                    None => Ok(plain(&text)),
                }
            }
        }?;
        sheet.find_duplicates();
        Ok(sheet)
    }

    /// Two rows that are the same in every field are one too many: one of them was meant to be another.
    fn find_duplicates(&mut self) {
        let mut first: HashMap<String, usize> = HashMap::new();
        for line in &self.lines {
            let key = format!("{:?}", line.cells);
            match first.get(&key) {
                None => drop(first.insert(key, line.number)),
                Some(earlier) => {
                    let why = format!("it is the same as line {earlier}");
                    self.faults.push(Fault::new(line.number, why));
                }
            }
        }
    }

    fn column(mut self, names: &[&str]) -> Result<Vec<String>, ReadError> {
        let values = self.values(names)?;
        self.sound()?;
        Ok(values.into_iter().map(|(_, value)| value).collect())
    }

    /// Returns the values of one column with their lines; those that are none are faults.
    fn values(&mut self, names: &[&str]) -> Result<Vec<Placed>, ReadError> {
        let (at, shown) = match &self.headings {
            None => (0, None),
            Some(headings) => {
                let at = chosen(headings, names)?;
                (at, Some(headings[at].clone()))
            }
        };
        let mut values = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            match value(&line.cells[at]) {
                Ok(value) => values.push((line.number, value)),
                Err(why) => {
                    let what = shown
                        .as_ref()
                        .map_or("it".to_owned(), |heading| format!("`{heading}`"));
                    self.faults.push(Fault::new(line.number, format!("{what} {why}")));
                }
            }
        }
        Ok(values)
    }

    fn rows(self) -> Result<Vec<Row>, ReadError> {
        let sheet = self.sound()?;
        let Some(headings) = sheet.headings else {
            if sheet.lines.is_empty() {
                return Ok(Vec::new());
            }
            return Err(ReadError::new(
                "its values have no names",
                "write the list as records: `--output csv` or `--output json`",
            ));
        };
        let named = |cells: Vec<Cell>| {
            let pairs = headings.iter().cloned().zip(cells);
            pairs.filter(|(heading, _)| !heading.is_empty()).collect()
        };
        Ok(sheet
            .lines
            .into_iter()
            .map(|line| Row {
                line: line.number,
                cells: named(line.cells),
            })
            .collect())
    }

    /// Returns it if nothing is wrong with any row.
    fn sound(mut self) -> Result<Self, ReadError> {
        if self.faults.is_empty() {
            return Ok(self);
        }
        self.faults.sort_by_key(|fault| fault.line);
        Err(ReadError::Faults(self.faults))
    }
}

fn decoded(bytes: &[u8]) -> Result<String, ReadError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(ReadError::new(
            "it is a workbook, not a list",
            "save it as `CSV UTF-8`",
        ));
    }
    let text = encoding::decode(bytes).map_err(|error| {
        ReadError::new(
            error.to_string(),
            "save it as UTF-8; Excel calls that `CSV UTF-8`",
        )
    })?;
    if text.lines().nth(1).is_some_and(is_rule) {
        return Err(ReadError::new(
            "it is a table for people to read",
            "write the list with `--output csv` or `--output json`",
        ));
    }
    Ok(text)
}

/// Tells whether a file holds JSON, by its extension or else by what is in it.
fn is_json(file: &Path, text: &str) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    match extension.unwrap_or_default().to_lowercase().as_str() {
        "json" | "jsonl" | "ndjson" => true,
        "csv" | "tsv" | "txt" => false,
        _ => json::guessed(text).is_some(),
    }
}

/// Tells whether a line is the rule below the headings of a table.
fn is_rule(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| c == '─')
}

/// Reads a value a line; blanks around it are padding.
fn plain(text: &str) -> Sheet {
    // Old text files end their lines with a carriage return alone.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = text
        .split('\n')
        .zip(1..)
        .filter(|(line, _)| !line.trim().is_empty());
    Sheet {
        lines: lines
            .map(|(line, number)| Line {
                number,
                cells: vec![Cell::text(line.trim())],
            })
            .collect(),
        ..Sheet::default()
    }
}

/// Finds the column that bears the first name, else the only one that bears any of the others.
fn chosen(headings: &[String], names: &[&str]) -> Result<usize, ColumnError> {
    let there = || headings.iter().map(String::as_str);
    let mut others = names.iter();
    let wanted = others.next().copied().unwrap_or_default();
    if let Some(at) = position(there(), wanted) {
        return Ok(at);
    }
    let mut found: Vec<usize> = others.filter_map(|name| position(there(), name)).collect();
    found.sort_unstable();
    found.dedup();
    match found[..] {
        [at] => Ok(at),
        [] => Err(ColumnError::unknown(
            wanted,
            there().filter(|heading| !heading.is_empty()),
        )),
        [first, second, ..] => Err(ColumnError::new(format!(
            "`{wanted}` may be the column `{}` or `{}`",
            headings[first], headings[second]
        ))),
    }
}

/// Returns a value as a text, or what is wrong with it.
fn value(cell: &Cell) -> Result<String, &'static str> {
    match cell {
        Cell::Text(text) if !text.trim().is_empty() => Ok(text.clone()),
        Cell::Null | Cell::Text(_) => Err("is empty"),
        Cell::Bool(value) => Ok(value.to_string()),
        Cell::Int(number) => Ok(number.to_string()),
        Cell::Float(number) => Ok(super::words::float(*number)),
        Cell::Time(at) => Ok(at.to_string()),
        Cell::List(_) | Cell::Map(_) => Err("holds several values"),
    }
}

#[cfg(test)]
mod tests;
