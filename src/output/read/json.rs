//! JSON and JSON lines, as deskhand writes them.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json::value::RawValue;

use super::{Fault, Line, ReadError, Sheet};
use crate::output::Cell;

/// Reads one document: an array is its items, `null` nothing, anything else one row.
pub(super) fn sheet(text: &str) -> Result<Sheet, ReadError> {
    if text.trim_start().starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).map_err(|e| no_json(&e))?;
        let mut places = Places { text, at: 0, line: 1 };
        let items = items
            .into_iter()
            .map(|item| Ok((places.line_of(item.get()), serde_json::from_str(item.get())?)))
            .collect::<Result<_, _>>();
        return items.map(of_values).map_err(|e| no_json(&e));
    }
    match serde_json::from_str(text).map_err(|e| no_json(&e))? {
        Value::Null => Ok(Sheet::default()),
        one => {
            let before = text.len() - text.trim_start().len();
            let line = 1 + text[..before].matches('\n').count();
            Ok(of_values(vec![(line, one)]))
        }
    }
}

/// Reads a value a line.
pub(super) fn lines(text: &str) -> Sheet {
    let mut values = Vec::new();
    let mut faults = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(line) {
            Ok(value) => values.push((number, value)),
            Err(e) => faults.push(Fault::new(
                number,
                format!("it is no JSON (at column {})", e.column()),
            )),
        }
    }
    let mut sheet = of_values(values);
    sheet.faults.extend(faults);
    sheet
}

/// Reads what may be JSON: `None` unless all of it is.
pub(super) fn guessed(text: &str) -> Option<Sheet> {
    if !text.trim_start().starts_with(['[', '{']) {
        return None;
    }
    let by_line = || Some(lines(text)).filter(|sheet| sheet.faults.is_empty());
    sheet(text).ok().or_else(by_line)
}

fn no_json(error: &serde_json::Error) -> ReadError {
    ReadError::Unreadable {
        why: format!("it is no JSON: {error}"),
        hint: None,
    }
}

/// Finds the lines of the items of an array, from the first to the last.
struct Places<'a> {
    text: &'a str,
    /// How far the lines were counted.
    at: usize,
    line: usize,
}

impl Places<'_> {
    /// Returns the line of an item, which is a part of the text.
    fn line_of(&mut self, item: &str) -> usize {
        let at = item.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        self.line += self
            .text
            .get(self.at..at)
            .map_or(0, |passed| passed.matches('\n').count());
        self.at = at;
        self.line
    }
}

/// Makes records of objects, and rows without a name of anything else; both together are a fault.
fn of_values(values: Vec<(usize, Value)>) -> Sheet {
    let keys: BTreeSet<String> = values
        .iter()
        .filter_map(|(_, value)| value.as_object())
        .flat_map(|object| object.keys().cloned())
        .collect();
    let has_records = values.iter().any(|(_, value)| value.is_object());
    let headings: Vec<String> = keys.into_iter().collect();
    let mut sheet = Sheet::default();
    for (number, value) in values {
        let cells = match &value {
            Value::Object(object) => headings
                .iter()
                .map(|key| object.get(key).map_or(Cell::Null, Cell::from))
                .collect(),
            _ if has_records => {
                sheet
                    .faults
                    .push(Fault::new(number, "it is no record, as others are"));
                continue;
            }
            value => vec![Cell::from(value)],
        };
        sheet.lines.push(Line { number, cells });
    }
    sheet.headings = has_records.then_some(headings);
    sheet
}
