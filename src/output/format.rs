//! The formats and their names.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::suggest;

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// One name a line, for pipes.
    Text,
    /// Columns that fit the terminal.
    #[default]
    Table,
    /// Comma-separated, lossless.
    Csv,
    /// One JSON document.
    Json,
    /// A JSON value a line.
    JsonLines,
}

impl Format {
    /// All formats, in the order in which they are documented.
    pub const ALL: [Self; 5] = [Self::Text, Self::Table, Self::Csv, Self::Json, Self::JsonLines];

    /// Returns the format's name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
        }
    }

    /// Returns the format that a file's extension stands for, if it stands for one.
    pub fn of_file(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        match extension.as_str() {
            "txt" => Some(Self::Text),
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that no format has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is not a format; {hint}")]
pub struct UnknownFormat {
    /// What was asked for.
    pub name: String,
    /// What to write instead.
    pub hint: String,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    /// Reads a format's name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let names = Self::ALL.map(Self::as_str);
        Self::ALL
            .into_iter()
            .find(|format| format.as_str().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownFormat {
                name: name.to_owned(),
                hint: suggest::did_you_mean(name, names)
                    .unwrap_or_else(|| format!("the formats are {}", names.join(", "))),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_read_back_from_its_name() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse(), Ok(format));
            assert_eq!(format.as_str().to_uppercase().parse(), Ok(format));
        }
    }

    #[test]
    fn a_file_is_written_in_the_format_that_its_name_ends_in() {
        for (file, format) in [
            ("a.csv", Some(Format::Csv)),
            ("dir.csv/A.JSON", Some(Format::Json)),
            ("a.jsonl", Some(Format::JsonLines)),
            ("a.json.txt", Some(Format::Text)),
            ("a.xlsx", None),
            ("csv", None),
        ] {
            assert_eq!(Format::of_file(Path::new(file)), format, "{file}");
        }
    }

    #[test]
    fn a_misspelt_format_is_met_with_the_right_one() {
        let error = "tabel".parse::<Format>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`tabel` is not a format; did you mean `table`?"
        );
    }

    #[test]
    fn a_strange_format_is_met_with_the_list() {
        let error = "".parse::<Format>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`` is not a format; the formats are text, table, csv, json, jsonl"
        );
    }
}
