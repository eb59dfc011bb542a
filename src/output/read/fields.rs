//! Several columns of a list at once, where a row says more than one thing: a name, and the one to have instead.

use std::path::Path;

use super::csv::{self, Headings};
use super::{Fault, Meant, ReadError, Sheet, chosen, decoded, encoding, is_json, value};
use crate::output::Cell;

/// A column that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The names that it may bear, the usual one first.
    pub names: &'a [&'a str],
    /// Whether a list without it is of no use.
    pub required: bool,
}

/// Whether a list has to say what its columns hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    /// It has to.
    Needed,
    /// Without a header its fields are the columns that are required, in the order in which they are asked for.
    Optional,
}

/// What stands in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// The line that it begins in, counted from 1.
    pub line: usize,
    /// The values, in the order in which the columns were asked for; nothing where there is none.
    pub values: Vec<Option<String>>,
}

/// Reads several columns. What is wrong with single rows comes beside them: whoever has more to find wrong can say all of it
/// at once.
pub fn fields(
    file: &Path,
    bytes: &[u8],
    asked: &[Asked<'_>],
    header: Header,
    meant: &Meant<'_>,
) -> Result<(Vec<Fields>, Vec<Fault>), ReadError> {
    let sheet = match header {
        Header::Optional => bare(file, bytes, asked)?,
        Header::Needed => None,
    };
    let mut sheet = match sheet {
        Some(sheet) => sheet,
        None => Sheet::read(file, bytes, None)?,
    };
    sheet.keep(meant);
    let Some(headings) = sheet.headings.take() else {
        if sheet.lines.is_empty() {
            return Ok((Vec::new(), sheet.faults));
        }
        return Err(ReadError::new(
            "its values have no names",
            "write the list as records: `--output csv` or `--output json`",
        ));
    };
    let mut places = Vec::with_capacity(asked.len());
    for asked in asked {
        match chosen(&headings, asked.names) {
            Ok(at) => places.push(Some(at)),
            Err(error) if asked.required => return Err(error.into()),
            Err(_) => places.push(None),
        }
    }
    let mut rows = Vec::with_capacity(sheet.lines.len());
    for line in &sheet.lines {
        let mut values = Vec::with_capacity(places.len());
        for at in &places {
            let cell = at.map_or(&Cell::Null, |at| &line.cells[at]);
            match (value(cell), at) {
                (Ok(text), _) => values.push(Some(text)),
                (Err(why), Some(at)) if matches!(cell, Cell::List(_) | Cell::Map(_)) => {
                    let why = format!("`{}` {why}", headings[*at]);
                    sheet.faults.push(Fault::new(line.number, why));
                }
                (Err(_), _) => values.push(None),
            }
        }
        if values.len() == places.len() {
            rows.push(Fields {
                line: line.number,
                values,
            });
        }
    }
    Ok((rows, sheet.faults))
}

/// Reads a list without a header; nothing where it has one, or is no text between delimiters. A first line that bears the
/// name of any of the columns is a header, if perhaps a wrong one.
fn bare(file: &Path, bytes: &[u8], asked: &[Asked<'_>]) -> Result<Option<Sheet>, ReadError> {
    let text = decoded(bytes)?;
    if is_json(file, &text) {
        return Ok(None);
    }
    let every: Vec<&str> = asked.iter().flat_map(|asked| asked.names).copied().collect();
    if csv::has_header(&text, Some(&every)) {
        return Ok(None);
    }
    let required = asked.iter().filter(|asked| asked.required);
    let names: Vec<String> = required
        .filter_map(|asked| asked.names.first())
        .map(|name| (*name).to_owned())
        .collect();
    let delimiter = match file.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("tsv") => '\t',
        _ => csv::delimiter(&text, None),
    };
    let mut sheet = csv::sheet(&text, delimiter, Headings::Are(names), encoding::is_marked(bytes))?;
    sheet.find_duplicates();
    Ok(Some(sheet))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: [Asked<'_>; 3] = [
        Asked {
            names: &["Current", "Name"],
            required: true,
        },
        Asked {
            names: &["New"],
            required: true,
        },
        Asked {
            names: &["EntryID"],
            required: false,
        },
    ];

    fn read(file: &str, bytes: &[u8], header: Header) -> Result<(Vec<Fields>, Vec<Fault>), ReadError> {
        let meant = Meant {
            column: "Change",
            for_this: "rename",
            of: &[],
        };
        fields(Path::new(file), bytes, &ASKED, header, &meant)
    }

    /// The rows of a list, each as `line: values`.
    fn rows(file: &str, text: &str) -> Vec<String> {
        let (rows, faults) = read(file, text.as_bytes(), Header::Optional).unwrap();
        assert!(faults.is_empty(), "{file}: {text:?}: {faults:?}");
        let told = |row: &Fields| {
            let values = row.values.iter().map(|value| value.as_deref().unwrap_or("-"));
            format!("{}: {}", row.line, values.collect::<Vec<_>>().join("|"))
        };
        rows.iter().map(told).collect()
    }

    fn why(file: &str, text: &str, header: Header) -> String {
        match read(file, text.as_bytes(), header) {
            Err(ReadError::Unreadable { why, .. }) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn without_a_header_the_fields_stand_in_the_order_in_which_they_are_asked_for() {
        for file in ["a.csv", "a.txt", "a"] {
            for text in [
                "PC-1,A\n\n\"Dock 4, north\",B\n",
                "PC-1;A\r\n\r\n Dock 4, north ; B \r\n",
                "\u{feff}PC-1\tA\r\n\t\r\nDock 4, north\tB",
            ] {
                assert_eq!(
                    rows(file, text),
                    ["1: PC-1|A|-", "3: Dock 4, north|B|-"],
                    "{file}: {text:?}"
                );
            }
        }
        assert_eq!(rows("a.tsv", "PC,1\tA\n"), ["1: PC,1|A|-"]);
        assert_eq!(rows("a.csv", ""), [""; 0]);
    }

    #[test]
    fn with_a_header_columns_may_stand_anywhere_and_others_between_them() {
        for text in [
            "Why;new;ENTRY ID;Current\nx;A;7;PC-1\n",
            "Name,Outcome,EntryID,New\nPC-1,failed,7,A\n",
        ] {
            assert_eq!(rows("a.csv", text), ["2: PC-1|A|7"], "{text:?}");
        }
        assert_eq!(
            rows("a.json", "[{\"new\": \"A\", \"current\": \"PC-1\"}]"),
            ["1: PC-1|A|-"]
        );
        assert_eq!(
            rows("a.jsonl", "{\"name\":\"PC-1\",\"new\":\"A\"}\n"),
            ["1: PC-1|A|-"]
        );
    }

    #[test]
    fn utf16_of_windows_is_read_and_the_guard_of_a_spreadsheet_undone() {
        let text = "Current;New\r\nBüro;'=A1\r\n";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bytes = [b"\xff\xfe".as_slice(), &bytes].concat();
        let (rows, _) = read("a.csv", &bytes, Header::Optional).unwrap();
        assert_eq!(
            rows[0].values,
            [Some("Büro".to_owned()), Some("=A1".to_owned()), None]
        );
    }

    #[test]
    fn a_header_that_lacks_a_column_is_not_taken_for_a_row() {
        assert_eq!(
            why("a.csv", "Current,Neu\nPC-1,A\n", Header::Optional),
            "there is no column `New`"
        );
        assert_eq!(
            why("a.csv", "PC-1,A\n", Header::Needed),
            "there is no column `Current`"
        );
        assert_eq!(
            why("a.json", "[\"PC-1\"]", Header::Optional),
            "its values have no names"
        );
    }

    #[test]
    fn what_is_wrong_with_rows_stands_beside_those_that_are_right() {
        let text = "PC-1,A\nPC-1,A\nDock 4, north,B\n\"open,C\n";
        let (rows, faults) = read("a.csv", text.as_bytes(), Header::Optional).unwrap();
        assert_eq!(rows.len(), 2);
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [3, 4, 2], "{faults:?}");
        let (rows, faults) = read("a.json", b"[{\"name\": [1, 2], \"new\": \"A\"}]", Header::Needed).unwrap();
        assert!(rows.is_empty());
        assert_eq!(faults[0].why, "`name` holds several values");
    }
}
