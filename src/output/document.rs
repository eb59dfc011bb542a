//! What a script or a verb ends in, and how it is looked at as a table.

use std::borrow::Cow;

use super::{Cell, Column, Table};

/// What there is to show.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// Nothing to show.
    Nothing,
    /// One value.
    Value(Cell),
    /// Several values, one a line in text.
    List(Vec<Cell>),
    /// One thing of a sort: a table of one row.
    Row(Table),
    /// One thing with named parts.
    Record(Vec<(String, Cell)>),
    /// Many things of one sort.
    Table(Table),
}

impl Document {
    /// Returns it as rows under columns: maps have their keys for columns, values without names are under `value`.
    ///
    /// `None` for what has no rows: nothing, and a value that stands alone. An empty list has neither rows nor columns:
    /// nobody knows what would have been in it.
    pub fn as_table(&self) -> Option<Cow<'_, Table>> {
        match self {
            Self::Table(table) | Self::Row(table) => Some(Cow::Borrowed(table)),
            Self::Record(pairs) | Self::Value(Cell::Map(pairs)) => {
                Some(Cow::Owned(Table::from_maps(vec![pairs.clone()])))
            }
            Self::List(items) | Self::Value(Cell::List(items)) => {
                Some(Cow::Owned(maps(items).unwrap_or_else(|| values(items))))
            }
            Self::Value(_) | Self::Nothing => None,
        }
    }

    /// Returns the table that a list of maps makes, if the document is one.
    pub(super) fn as_maps(&self) -> Option<Table> {
        match self {
            Self::List(items) | Self::Value(Cell::List(items)) if !items.is_empty() => maps(items),
            _ => None,
        }
    }

    /// Returns how many rows it has; `None` where it is one thing, or nothing.
    pub fn count(&self) -> Option<usize> {
        match self {
            Self::Table(table) => Some(table.rows.len()),
            Self::List(items) | Self::Value(Cell::List(items)) => Some(items.len()),
            Self::Row(_) | Self::Record(_) | Self::Value(_) | Self::Nothing => None,
        }
    }

    /// Returns it with the rows of [`Document::as_table`] that are named, in that order. One thing of which nothing is
    /// left is [`Document::Nothing`].
    #[must_use]
    pub fn pick(self, rows: &[usize]) -> Self {
        match self {
            Self::Table(table) => Self::Table(Table {
                rows: picked(table.rows, rows),
                ..table
            }),
            Self::List(items) => Self::List(picked(items, rows)),
            Self::Value(Cell::List(items)) => Self::Value(Cell::List(picked(items, rows))),
            Self::Row(_) | Self::Record(_) | Self::Value(Cell::Map(_)) if rows.is_empty() => Self::Nothing,
            one => one,
        }
    }
}

fn picked<T>(items: Vec<T>, which: &[usize]) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    which
        .iter()
        .filter_map(|at| items.get_mut(*at).and_then(Option::take))
        .collect()
}

/// Returns the table of some maps; `None` where there is anything else among them.
fn maps(items: &[Cell]) -> Option<Table> {
    let maps = items.iter().map(|item| match item {
        Cell::Map(pairs) => Some(pairs.clone()),
        _ => None,
    });
    Some(Table::from_maps(maps.collect::<Option<_>>()?))
}

fn values(items: &[Cell]) -> Table {
    Table {
        rows: items.iter().map(|item| vec![item.clone()]).collect(),
        ..Table::new(vec![Column::new("value", "Value", "Value")])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(name: &str) -> Cell {
        Cell::Map(vec![("name".into(), Cell::text(name))])
    }

    fn keys(document: &Document) -> Vec<String> {
        let table = document.as_table().unwrap();
        table.columns.iter().map(|column| column.key.clone()).collect()
    }

    #[test]
    fn maps_have_their_keys_for_columns_and_values_are_under_value() {
        assert_eq!(keys(&Document::List(vec![map("a"), map("b")])), ["name"]);
        assert_eq!(keys(&Document::List(vec![Cell::text("a"), map("b")])), ["value"]);
        assert_eq!(keys(&Document::Value(map("a"))), ["name"]);
        assert_eq!(keys(&Document::Record(vec![("os".into(), Cell::Null)])), ["os"]);
    }

    #[test]
    fn an_empty_list_has_no_columns_and_a_value_alone_no_rows() {
        assert_eq!(keys(&Document::List(vec![])), [""; 0]);
        assert_eq!(Document::Value(Cell::Int(1)).as_table(), None);
        assert_eq!(Document::Nothing.as_table(), None);
    }

    #[test]
    fn rows_are_picked_in_the_order_that_is_asked_for() {
        let list = || Document::List(vec![Cell::Int(0), Cell::Int(1), Cell::Int(2)]);
        assert_eq!(
            list().pick(&[2, 0]),
            Document::List(vec![Cell::Int(2), Cell::Int(0)])
        );
        assert_eq!(list().pick(&[]), Document::List(vec![]));
    }

    #[test]
    fn one_thing_of_which_nothing_is_left_is_nothing() {
        let record = || Document::Record(vec![("a".into(), Cell::Int(1))]);
        assert_eq!(record().pick(&[0]), record());
        assert_eq!(record().pick(&[]), Document::Nothing);
        assert_eq!(Document::Value(map("a")).pick(&[]), Document::Nothing);
    }
}
