//! What there is to show: plain data that every room may make.

use jiff::Timestamp;

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

/// A column: one field, under the names that each format gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The field's name in JSON and in scripts, such as `last_seen`.
    pub key: String,
    /// The heading in a table, such as `Last seen`.
    pub title: String,
    /// The heading in CSV, such as `LastSeenTime`.
    pub csv: String,
    /// Shown in a table only when the user asks for it or the terminal has room: never in the way of the others.
    pub optional: bool,
}

/// Rows under columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The columns, most important first.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// The column that stands for the row in text format: one line a row.
    pub name_column: usize,
    /// The CSV headings, in order, that files of this sort have; columns that are not there are left empty. Empty: as in
    /// the table.
    pub csv_order: Vec<String>,
}

/// What a script or a verb ends in.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// Nothing to show.
    Nothing,
    /// One value.
    Value(Cell),
    /// Several values, one a line in text.
    List(Vec<Cell>),
    /// One thing with named parts.
    Record(Vec<(String, Cell)>),
    /// Many things of one sort.
    Table(Table),
}
