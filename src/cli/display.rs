//! What was typed about data: how it looks, what of it is shown, and where it goes.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::output::{Format, Lines, SortKey, UnknownFormat};

/// Stands for standard output where a file is to be named.
const STDOUT: &str = "-";

/// The options about data, of every command.
#[allow(clippy::doc_markdown, reason = "these are the words of the help")]
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct Display {
    /// Write data as text, table, csv, json or jsonl
    ///
    /// text is one name a line, jsonl one JSON value a line. Without it the format follows from the name of the file that
    /// --out names, and else is a table.
    #[arg(long, short, global = true, value_name = "FORMAT", value_parser = format)]
    pub output: Option<Format>,
    /// Write data to this file instead of standard output
    ///
    /// The file is replaced as a whole when all is read, and only then. A name that ends in .csv, .json, .jsonl or .txt (for
    /// text) chooses the format. `-` is standard output.
    ///
    /// Example: --out computers.csv
    #[arg(long, global = true, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Show only the rows of which this expression is true
    ///
    /// An expression in Rhai in which the fields of a row are names; what is neither true nor false is an error. It chooses
    /// what is shown, never what is changed: with it, every change is refused.
    ///
    /// Example: --where 'last_seen != () && last_seen < ago("90d")'
    #[arg(long = "where", global = true, value_name = "EXPRESSION")]
    pub filter: Option<String>,
    /// Sort by these columns; one with `-` before it, largest first
    ///
    /// The first counts most. Texts are sorted as people do it ("PC-2" before "PC-10"), and what is empty comes last.
    ///
    /// Example: --sort=-last_seen,name (or last_seen:desc,name)
    #[arg(
        long,
        global = true,
        value_name = "COLUMNS",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    pub sort: Vec<SortKey>,
    /// Show these columns, in this order
    ///
    /// A column is named by its field (last_seen) or by its heading, whatever the case; the name of one that there is not
    /// brings the list. Text shows the first.
    ///
    /// Example: --columns name,id,os
    #[arg(long, global = true, value_name = "COLUMNS", value_delimiter = ',', value_parser = column)]
    pub columns: Vec<String>,
    /// Write CSV that a spreadsheet opens, with texts that it would run as formulas made harmless
    ///
    /// It begins with a byte-order mark and its lines end as Windows has it. A text that begins with =, +, -, @, a tab or a
    /// line end has an apostrophe before it, which deskhand takes away again when it reads the file.
    ///
    /// Example: --excel --out computers.csv
    #[arg(long, global = true)]
    pub excel: bool,
    /// What a line of text is. No option says so.
    #[arg(skip)]
    pub lines: Lines,
    /// What standard output shows besides, where data goes into a file. No option says so.
    #[arg(skip)]
    pub beside: Option<Format>,
}

impl Display {
    /// Returns these options with those that were given later laid over them.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        let later_if_any = |early, late: Vec<_>| if late.is_empty() { early } else { late };
        Self {
            output: later.output.or(self.output),
            out: later.out.or(self.out),
            filter: later.filter.or(self.filter),
            sort: if later.sort.is_empty() {
                self.sort
            } else {
                later.sort
            },
            columns: later_if_any(self.columns, later.columns),
            excel: later.excel || self.excel,
            lines: if later.lines == Lines::default() {
                self.lines
            } else {
                later.lines
            },
            beside: later.beside.or(self.beside),
        }
    }

    /// Finds options that do not go together.
    pub fn check(&self) -> Result<(), &'static str> {
        if self.file().is_some_and(is_workbook) {
            return Err(
                "deskhand writes no workbooks: --excel --out with a name that ends in .csv makes what a spreadsheet opens",
            );
        }
        if self.excel && self.format() != Format::Csv {
            return Err("--excel is for CSV alone: add --output csv, or --out with a name that ends in .csv");
        }
        Ok(())
    }

    /// Returns the format of the data: the one that was asked for, else the file's.
    pub fn format(&self) -> Format {
        let of_file = || self.file().and_then(Format::of_file);
        self.output.or_else(of_file).unwrap_or_default()
    }

    /// Returns the file that data goes to, if it goes to one.
    pub fn file(&self) -> Option<&Path> {
        self.out.as_deref().filter(|path| *path != Path::new(STDOUT))
    }
}

/// Tells whether a file's name promises what no format is.
fn is_workbook(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    ["xlsx", "xlsm", "xls", "ods"]
        .iter()
        .any(|workbook| extension.is_some_and(|e| e.eq_ignore_ascii_case(workbook)))
}

fn format(text: &str) -> Result<Format, String> {
    text.parse().map_err(|e: UnknownFormat| e.to_string())
}

fn column(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("a column has no name"),
        name => Ok(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        display: Display,
    }

    fn typed(line: &str) -> Result<Display, String> {
        Line::try_parse_from(std::iter::once("deskhand").chain(line.split_whitespace()))
            .map(|line| line.display)
            .map_err(|e| e.to_string())
    }

    fn format_of(line: &str) -> Format {
        typed(line).unwrap().format()
    }

    #[test]
    fn the_format_is_the_one_asked_for_else_the_files_else_a_table() {
        assert_eq!(format_of(""), Format::Table);
        assert_eq!(format_of("--out x.csv"), Format::Csv);
        assert_eq!(format_of("--out x.csv --output json"), Format::Json);
        assert_eq!(format_of("--out x.html"), Format::Table);
        assert_eq!(format_of("--out -"), Format::Table);
        assert_eq!(typed("--out -").unwrap().file(), None);
    }

    #[test]
    fn columns_and_keys_to_sort_by_are_split_at_commas() {
        let display = typed("--sort -last_seen,name --columns name,last-seen").unwrap();
        assert_eq!(display.columns, ["name", "last-seen"]);
        assert_eq!(
            display.sort,
            ["-last_seen".parse().unwrap(), "name".parse().unwrap()]
        );
        assert_eq!(
            typed("--sort last_seen:desc").unwrap().sort,
            typed("--sort=-last_seen").unwrap().sort
        );
    }

    #[test]
    fn a_column_without_a_name_is_refused() {
        for line in [
            "--columns a,,b",
            "--columns a,",
            "--columns=",
            "--sort=",
            "--sort a,,b",
            "--sort --columns a",
        ] {
            assert!(typed(line).is_err(), "{line}");
        }
        assert!(typed("--columns=,").unwrap_err().contains("a column has no name"));
        assert!(typed("--sort -").unwrap_err().contains("name a column"));
    }

    #[test]
    fn only_csv_is_for_spreadsheets() {
        for (line, sound) in [
            ("--excel --output csv", true),
            ("--excel --out x.csv", true),
            ("--excel", false),
            ("--excel --output table", false),
            ("--excel --out x.csv --output json", false),
            ("--excel --out x.xlsx", false),
            ("--out x.xlsx", false),
            ("--out x.XLS --output csv", false),
            ("--excel --output csv --out x.ods", false),
            ("--out xlsx", true),
        ] {
            assert_eq!(typed(line).unwrap().check().is_ok(), sound, "{line}");
        }
    }

    #[test]
    fn later_options_are_laid_over_earlier_ones() {
        let early = typed("--output csv --out a.csv --where a --sort a,b --columns a --excel").unwrap();
        let late = typed("--output json --out b.csv --where b --sort c --columns c,d").unwrap();
        let both = early.clone().then(late.clone());
        assert_eq!(both, Display { excel: true, ..late });
        assert_eq!(early.clone().then(Display::default()), early);
    }
}
