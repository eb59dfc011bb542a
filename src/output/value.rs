//! What there is to show: plain data that every room may make.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::Value;

/// One value of a table or a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing: the vendor did not say.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// A moment.
    Time(Timestamp),
    /// Several values.
    List(Vec<Cell>),
    /// Named values, in order.
    Map(Vec<(String, Cell)>),
}

impl Cell {
    /// Makes a text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Makes a cell of what may be absent.
    pub fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Null, cell)
    }

    /// Tells whether there is nothing in it to see: no value, or a list without any.
    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Self::Null => true,
            Self::List(items) => items.is_empty(),
            _ => false,
        }
    }
}

/// Whole numbers beyond 64 bits become texts, so that no digit is lost.
impl From<&Value> for Cell {
    fn from(json: &Value) -> Self {
        match json {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(int), _) => Self::Int(int),
                (None, Some(float)) if !number.is_u64() => Self::Float(float),
                _ => Self::Text(number.to_string()),
            },
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Map(
                members
                    .iter()
                    .map(|(name, value)| (name.clone(), value.into()))
                    .collect(),
            ),
        }
    }
}

/// How much a table wants a column. CSV and JSON have all columns but those that nobody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Shown, and narrowed before it is left out.
    Shown,
    /// Shown where there is room and anything to show: never in the way of the others.
    Optional,
    /// For programs: never shown.
    DataOnly,
    /// There for whoever names it, to see it or to sort by it, and else in no format.
    Asked,
}

/// A column: one field, under the names that each format gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The field's name in JSON and in scripts, such as `last_seen`.
    pub key: String,
    /// The heading in a table, such as `Last seen`.
    pub title: String,
    /// The heading in CSV, such as `LastSeenTime`.
    pub csv: String,
    /// How much a table wants it.
    pub place: Place,
}

impl Column {
    /// Makes a column with its three names.
    pub fn new(key: impl Into<String>, title: impl Into<String>, csv: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            title: title.into(),
            csv: csv.into(),
            place: Place::Shown,
        }
    }

    /// Makes a column that has the same name everywhere.
    pub fn named(name: impl Into<String>) -> Self {
        let name = name.into();
        Self::new(name.clone(), name.clone(), name)
    }

    /// Makes the column one that gives way to the others.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.place = Place::Optional;
        self
    }

    /// Makes the column one that has to be asked for.
    #[must_use]
    pub fn asked(mut self) -> Self {
        self.place = Place::Asked;
        self
    }

    /// Makes the column one for programs only.
    #[must_use]
    pub fn data_only(mut self) -> Self {
        self.place = Place::DataOnly;
        self
    }
}

/// A column that rows of this sort may have, and that these do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// What it is called.
    pub column: Column,
    /// Why it is not there.
    pub why: String,
    /// What to do to have it.
    pub hint: Option<String>,
}

/// Rows under columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The columns, most important first.
    pub columns: Vec<Column>,
    /// The rows, each with a cell for each column; cells that a row lacks are taken for [`Cell::Null`], and cells
    /// without a column are not shown.
    pub rows: Vec<Vec<Cell>>,
    /// The column that stands for the row in text format: one line a row. It is the last to give way.
    pub name_column: usize,
    /// The CSV headings, in order, that files of this sort have; columns that are not there are left empty, and the
    /// table's other columns follow. Empty: as in the table.
    pub csv_order: Vec<String>,
    /// The columns that are not there and might be, for whoever asks for one.
    pub absent: Vec<Absent>,
}

impl Table {
    /// Makes a table of columns, without rows; the first column is the name.
    pub fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            rows: Vec::new(),
            name_column: 0,
            csv_order: Vec::new(),
            absent: Vec::new(),
        }
    }

    /// Makes a table of maps: a column for each key, in the order in which the keys first appear. The name is the
    /// column `name`, else the first.
    pub fn from_maps(maps: Vec<Vec<(String, Cell)>>) -> Self {
        let mut columns = Vec::new();
        let mut place: HashMap<String, usize> = HashMap::new();
        let mut rows = Vec::with_capacity(maps.len());
        for map in maps {
            let mut row = vec![Cell::Null; columns.len()];
            for (key, cell) in map {
                let at = *place.entry(key).or_insert_with_key(|key| {
                    columns.push(Column::named(key.clone()));
                    columns.len() - 1
                });
                if at >= row.len() {
                    row.resize(at + 1, Cell::Null);
                }
                row[at] = cell;
            }
            rows.push(row);
        }
        for row in &mut rows {
            row.resize(columns.len(), Cell::Null);
        }
        Self {
            name_column: place.get("name").copied().unwrap_or(0),
            rows,
            ..Self::new(columns)
        }
    }

    /// Returns what stands under a column in one of the table's rows.
    pub fn at(row: &[Cell], column: usize) -> &Cell {
        row.get(column).unwrap_or(&Cell::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&str, i64)]) -> Vec<(String, Cell)> {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), Cell::Int(*v)))
            .collect()
    }

    #[test]
    fn maps_with_different_keys_make_one_table() {
        let table = Table::from_maps(vec![map(&[("b", 1), ("name", 2)]), map(&[("a", 3), ("b", 4)])]);
        let keys: Vec<&str> = table.columns.iter().map(|c| c.key.as_str()).collect();
        assert_eq!(keys, ["b", "name", "a"]);
        assert_eq!(table.rows[0], [Cell::Int(1), Cell::Int(2), Cell::Null]);
        assert_eq!(table.rows[1], [Cell::Int(4), Cell::Null, Cell::Int(3)]);
        assert_eq!(table.name_column, 1);
    }

    #[test]
    fn no_maps_make_a_table_without_columns() {
        let table = Table::from_maps(vec![]);
        assert!(table.columns.is_empty() && table.rows.is_empty());
    }
}
