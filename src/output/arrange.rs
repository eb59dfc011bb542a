//! What of a document is shown, and in which order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::str::FromStr;

use super::columns::ColumnError;
use super::order::compare;
use super::{Cell, Document, Place, Table};

/// A column to sort by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortKey {
    /// One of the column's names.
    pub column: String,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl FromStr for SortKey {
    type Err = String;

    /// Reads `column`, `-column`, `column:desc` or `column:asc`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (text, minus) = match text.trim().strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (text.trim(), false),
        };
        let (column, descending) = match text.rsplit_once(':') {
            Some((column, "desc")) => (column, true),
            Some((column, "asc")) if !minus => (column, false),
            _ => (text, minus),
        };
        if column.is_empty() || column.starts_with('-') {
            return Err("name a column, with a `-` before it for the largest first".to_owned());
        }
        Ok(Self {
            column: column.to_owned(),
            descending,
        })
    }
}

/// Returns the document sorted by some columns, of which the first counts most; what is equal stays in its order.
///
/// What has no rows, and an empty list, stays as it is.
pub fn sort<'a>(document: Cow<'a, Document>, keys: &[SortKey]) -> Result<Cow<'a, Document>, ColumnError> {
    let order = {
        let Some(table) = with_columns(&document, keys.is_empty()) else {
            return Ok(document);
        };
        let keys = keys
            .iter()
            .map(|key| Ok((table.column(&key.column)?, key.descending)))
            .collect::<Result<Vec<_>, ColumnError>>()?;
        let mut order: Vec<usize> = (0..table.rows.len()).collect();
        order.sort_by(|one, other| by(&keys, &table.rows[*one], &table.rows[*other]));
        order
    };
    Ok(Cow::Owned(document.into_owned().pick(&order)))
}

fn by(keys: &[(usize, bool)], one: &[Cell], other: &[Cell]) -> Ordering {
    keys.iter()
        .map(|(at, descending)| compare(Table::at(one, *at), Table::at(other, *at), *descending))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// Returns the document with the columns that are named, in that order, all of them to be seen; text format shows the
/// first. What has no rows, and an empty list, stays as it is.
pub fn select<'a>(document: Cow<'a, Document>, names: &[String]) -> Result<Cow<'a, Document>, ColumnError> {
    let selected = {
        let Some(table) = with_columns(&document, names.is_empty()) else {
            return Ok(document);
        };
        let mut places: Vec<usize> = Vec::with_capacity(names.len());
        for name in names {
            let at = table.column(name)?;
            if places.contains(&at) {
                return Err(ColumnError::new(format!("the column `{name}` is named twice")));
            }
            places.push(at);
        }
        match &*document {
            // Values have no names of their own, and no other column than this.
            Document::List(_) | Document::Value(Cell::List(_)) if document.as_maps().is_none() => None,
            Document::Table(_) | Document::List(_) | Document::Value(Cell::List(_)) => {
                Some(Document::Table(of(&table, &places)))
            }
            _ => Some(Document::Row(of(&table, &places))),
        }
    };
    Ok(selected.map_or(document, Cow::Owned))
}

/// Returns what has columns, unless nothing is asked of them.
fn with_columns(document: &Document, unasked: bool) -> Option<Cow<'_, Table>> {
    let table = document.as_table()?;
    let unknown = table.columns.is_empty() && table.rows.is_empty();
    (!unasked && !unknown).then_some(table)
}

fn of(table: &Table, places: &[usize]) -> Table {
    let columns = places.iter().map(|at| {
        let mut column = table.columns[*at].clone();
        column.place = Place::Shown;
        column
    });
    Table {
        rows: table
            .rows
            .iter()
            .map(|row| places.iter().map(|at| Table::at(row, *at).clone()).collect())
            .collect(),
        ..Table::new(columns.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Column, Format, Style, render};

    fn computers() -> Document {
        let row = |name: &str, days: Cell, id: i64| vec![Cell::text(name), days, Cell::Int(id)];
        Document::Table(Table {
            rows: vec![
                row("PC-10", Cell::Int(3), 1),
                row("PC-2", Cell::Null, 2),
                row("pc-1", Cell::Int(7), 3),
                row("PC-3", Cell::Int(3), 4),
            ],
            csv_order: vec!["Name".into(), "Days".into(), "Groups".into()],
            ..Table::new(vec![
                Column::new("name", "Name", "Name"),
                Column::new("days", "Days unseen", "Days"),
                Column::new("id", "Id", "EntryID").data_only(),
            ])
        })
    }

    fn maps() -> Document {
        let map = |name: &str, n: i64| {
            Cell::Map(vec![
                ("n".into(), Cell::Int(n)),
                ("name".into(), Cell::text(name)),
            ])
        };
        Document::List(vec![map("b", 1), map("a", 2)])
    }

    fn keys(texts: &[&str]) -> Vec<SortKey> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn sorted(document: &Document, by: &[&str]) -> Document {
        sort(Cow::Borrowed(document), &keys(by)).unwrap().into_owned()
    }

    fn selected(document: &Document, names: &[&str]) -> Document {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        select(Cow::Borrowed(document), &names).unwrap().into_owned()
    }

    fn written(document: &Document, format: Format) -> String {
        let mut out = Vec::new();
        let _ = render(document, format, &Style::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_sort_key_is_read_in_all_its_forms() {
        for (text, column, descending) in [
            ("name", "name", false),
            (" -last_seen ", "last_seen", true),
            ("last_seen:desc", "last_seen", true),
            ("last_seen:asc", "last_seen", false),
            ("a:b", "a:b", false),
        ] {
            let column = column.to_owned();
            assert_eq!(text.parse(), Ok(SortKey { column, descending }), "{text}");
        }
        for text in ["", " ", "-", "--columns", ":desc"] {
            assert!(text.parse::<SortKey>().is_err(), "{text}");
        }
    }

    #[test]
    fn rows_are_sorted_by_several_columns_and_equals_stay_in_their_order() {
        let names = |by: &[&str]| written(&sorted(&computers(), by), Format::Text);
        assert_eq!(names(&["name"]), "pc-1\nPC-2\nPC-3\nPC-10\n");
        assert_eq!(names(&["days"]), "PC-10\nPC-3\npc-1\nPC-2\n");
        assert_eq!(names(&["-days unseen", "-EntryID"]), "pc-1\nPC-3\nPC-10\nPC-2\n");
    }

    #[test]
    fn what_is_sorted_keeps_its_form() {
        assert_eq!(
            written(&sorted(&maps(), &["name"]), Format::JsonLines),
            "{\"n\":2,\"name\":\"a\"}\n{\"n\":1,\"name\":\"b\"}\n"
        );
        let values = Document::List(vec![Cell::Int(2), Cell::Int(1)]);
        assert_eq!(
            sorted(&values, &["value"]),
            Document::List(vec![Cell::Int(1), Cell::Int(2)])
        );
        for plain in [
            Document::Nothing,
            Document::Value(Cell::Int(1)),
            Document::List(vec![]),
        ] {
            assert_eq!(sorted(&plain, &["zzz"]), plain);
            assert_eq!(selected(&plain, &["zzz"]), plain);
        }
    }

    #[test]
    fn only_the_columns_that_are_named_are_shown_in_their_order_in_every_format() {
        let document = selected(&computers(), &["entry_id", "NAME"]);
        assert_eq!(written(&document, Format::Text), "1\n2\n3\n4\n");
        assert!(written(&document, Format::Csv).starts_with("EntryID,Name\n1,PC-10\n"));
        assert!(written(&document, Format::Table).starts_with("Id  Name\n"));
        assert!(written(&document, Format::JsonLines).starts_with("{\"id\":1,\"name\":\"PC-10\"}\n"));
    }

    #[test]
    fn one_thing_and_a_list_of_maps_have_columns_too() {
        let record = Document::Record(vec![("name".into(), Cell::text("PC")), ("os".into(), Cell::Null)]);
        let document = selected(&record, &["Name"]);
        assert_eq!(written(&document, Format::Text), "PC\n");
        assert_eq!(written(&document, Format::JsonLines), "{\"name\":\"PC\"}\n");
        assert_eq!(written(&selected(&maps(), &["name"]), Format::Text), "b\na\n");
        let values = Document::List(vec![Cell::Int(2)]);
        assert_eq!(selected(&values, &["Value"]), values);
    }

    #[test]
    fn a_column_that_is_not_there_or_named_twice_is_an_error() {
        let error = sort(Cow::Owned(computers()), &keys(&["name", "dais"])).unwrap_err();
        assert_eq!(error.to_string(), "there is no column `dais`");
        let names = ["name".to_owned(), "Name".to_owned()];
        let error = select(Cow::Owned(computers()), &names).unwrap_err();
        assert_eq!(error.to_string(), "the column `Name` is named twice");
    }
}
