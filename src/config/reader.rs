//! The configuration file as TOML, each value with its line.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Error, Place};

/// A file that is being read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
}

/// A table of the file: its entries in the order of their lines.
pub(super) struct Section<'a> {
    pub(super) entries: Vec<Entry<'a>>,
}

/// A key and its value.
pub(super) struct Entry<'a> {
    reader: Reader<'a>,
    pub(super) key: String,
    pub(super) place: Place,
    value: DeValue<'a>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(path: &'a Path, text: &'a str) -> Self {
        Self { path, text }
    }

    /// Reads the whole file.
    pub(super) fn section(self) -> Result<Section<'a>, Error> {
        match DeTable::parse(self.text) {
            Ok(table) => Ok(self.section_of(table.into_inner())),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let before = self.text.get(..at).unwrap_or(self.text);
                let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
                Err(Error::Syntax {
                    place: self.place(at),
                    column: before[line_start..].chars().count() + 1,
                    why: error.message().lines().collect::<Vec<_>>().join("; "),
                })
            }
        }
    }

    fn section_of(self, table: DeTable<'a>) -> Section<'a> {
        let mut entries: Vec<(usize, Spanned<_>, _)> = table
            .into_iter()
            .map(|(key, value)| (key.span().start, key, value))
            .collect();
        entries.sort_by_key(|(at, ..)| *at);
        let entries = entries.into_iter().map(|(at, key, value)| Entry {
            reader: self,
            key: key.into_inner().into_owned(),
            place: self.place(at),
            value: value.into_inner(),
        });
        Section {
            entries: entries.collect(),
        }
    }

    fn place(self, at: usize) -> Place {
        let before = self.text.get(..at).unwrap_or(self.text);
        Place {
            path: self.path.to_owned(),
            line: before.matches('\n').count() + 1,
        }
    }
}

impl<'a> Entry<'a> {
    /// Returns the error of a key that nothing knows.
    pub(super) fn unknown(self, within: &str, known: &'static [&'static str]) -> Error {
        Error::UnknownKey {
            place: self.place,
            key: self.key,
            within: within.to_owned(),
            known,
        }
    }

    /// Returns the error of a value that this key cannot have; `why` goes on from the key's name.
    pub(super) fn wrong(&self, why: impl Into<String>, hint: impl Into<String>) -> Error {
        Error::WrongValue {
            place: self.place.clone(),
            key: crate::text::visible(&self.key).into_owned(),
            why: why.into(),
            hint: hint.into(),
        }
    }

    fn not(&self, wanted: &str, example: &str) -> Error {
        let found = match &self.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a point",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.wrong(
            format!("is {found} instead of {wanted}"),
            format!("write {example}"),
        )
    }

    pub(super) fn text(&self, example: &str) -> Result<&str, Error> {
        match &self.value {
            DeValue::String(text) if text.trim().is_empty() => Err(self.wrong(
                "is empty",
                format!("write {} = {example}, or leave it out", self.key),
            )),
            DeValue::String(text) => Ok(text),
            _ => Err(self.not("a text in quotes", &format!("{} = {example}", self.key))),
        }
    }

    pub(super) fn flag(&self) -> Result<bool, Error> {
        match &self.value {
            DeValue::Boolean(value) => Ok(*value),
            _ => Err(self.not("true or false", &format!("{} = true", self.key))),
        }
    }

    /// Reads a whole number from `least` to `most`.
    pub(super) fn number(&self, least: u32, most: u32) -> Result<u32, Error> {
        let DeValue::Integer(number) = &self.value else {
            return Err(self.not("a whole number", &format!("{} = {most}", self.key)));
        };
        u32::from_str_radix(number.as_str(), number.radix())
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| {
                self.wrong(
                    format!("cannot be {number}"),
                    format!("write a number from {least} to {most}"),
                )
            })
    }

    pub(super) fn texts(&self, example: &str) -> Result<Vec<String>, Error> {
        let wrong = || self.not("a list of texts", &format!("{} = {example}", self.key));
        let DeValue::Array(items) = &self.value else {
            return Err(wrong());
        };
        let texts = items.iter().map(|item| match item.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Ok(text.to_string()),
            DeValue::String(_) => Err(self.wrong("holds an empty text", "take it out")),
            _ => Err(self.wrong(
                "holds something that is not a text",
                format!("write {} = {example}", self.key),
            )),
        });
        texts.collect()
    }

    pub(super) fn section(self) -> Result<Section<'a>, Error> {
        match self.value {
            DeValue::Table(table) => Ok(self.reader.section_of(table)),
            _ => Err(self.not("a table", &format!("[profiles.NAME], not {} = …", self.key))),
        }
    }
}
