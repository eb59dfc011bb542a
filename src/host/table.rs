//! `table(rows, columns)`: a script's choice of what to show. How it looks is decided by `output`.

use std::fmt;
use std::sync::Arc;

use rhai::{Array, Dynamic, Engine};

use crate::fleet::{Error, Kind, Result};
use crate::output::{Cell, Column, Place, Table};
use crate::suggest;

use super::arguments::Arguments;
use super::function::{Effect, Function};
use super::records::{
    self, ComputerRecord, EventRecord, GroupRecord, PresenceRecord, Record, UserRecord, column,
};
use super::value::{records_table, to_cell, to_dynamic, type_name};

/// A table in a script. Copies share one table.
#[derive(Clone)]
pub struct TableValue(Arc<Table>);

impl TableValue {
    /// Takes the table out, without a copy where nobody else holds it.
    pub fn into_table(self) -> Table {
        Arc::unwrap_or_clone(self.0)
    }
}

impl From<Table> for TableValue {
    fn from(table: Table) -> Self {
        Self(Arc::new(table))
    }
}

/// Returns the rows of a table as maps, `()` for what is empty.
pub fn maps(table: &Table) -> Array {
    let row = |row: &Vec<Cell>| {
        let cells = table
            .columns
            .iter()
            .zip(row)
            .filter(|(column, _)| column.place != Place::Asked)
            .map(|(column, cell)| (column.key.as_str().into(), to_dynamic(cell.clone())));
        Dynamic::from_map(cells.collect())
    };
    table.rows.iter().map(row).collect()
}

impl fmt::Display for TableValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table of {} rows", self.0.rows.len())
    }
}

/// Registers the type.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<TableValue>("Table");
    engine.register_get("len", |table: &mut TableValue| {
        i64::try_from(table.0.rows.len()).unwrap_or(i64::MAX)
    });
    engine.register_get("rows", |table: &mut TableValue| maps(&table.0));
    engine.register_fn("to_string", |table: &mut TableValue| table.to_string());
    engine.register_fn("to_debug", |table: &mut TableValue| table.to_string());
}

/// The functions about tables.
pub const FUNCTIONS: &[Function] = &[Function {
    name: "table",
    parameters: &[("rows", "array"), ("columns", "array of string|string")],
    returns: "Table",
    about: "Makes a table of records or maps with the fields named, in that order. Instead of fields, one of the words \
            \"computers\", \"groups\", \"users\", \"presence\", \"events\" gives the usual columns of such records, even where there \
            are no rows.",
    example: "table(find_computers(\"ACC\"), [\"name\", \"last_seen\"])",
    operations: &[],
    effect: Effect::None,
    body: |call| {
        let rows = call.array(0)?;
        let table = match call.values[1].clone().into_immutable_string() {
            Ok(word) => usual(&rows, &word)?,
            Err(_) => chosen(rows, &columns(call)?)?,
        };
        Ok(Dynamic::from(TableValue::from(table)))
    },
}];

fn columns(call: &Arguments<'_>) -> Result<Vec<String>> {
    let names = call.texts(1)?;
    if names.is_empty() {
        return Err(Error::new(Kind::Invalid, "a table needs at least one column"));
    }
    Ok(names)
}

/// The usual table of one sort of records.
fn usual(rows: &Array, word: &str) -> Result<Table> {
    const WORDS: [&str; 5] = ["computers", "groups", "users", "presence", "events"];
    match word {
        "computers" => of_sort::<ComputerRecord>(rows),
        "groups" => of_sort::<GroupRecord>(rows),
        "users" => of_sort::<UserRecord>(rows),
        "presence" => of_sort::<PresenceRecord>(rows),
        "events" => of_sort::<EventRecord>(rows),
        other => Err(
            Error::new(Kind::Invalid, format!("`{other}` names no sort of records"))
                .hint(suggest::among(other, WORDS)),
        ),
    }
}

fn of_sort<R: Record>(rows: &Array) -> Result<Table> {
    let records: Result<Vec<R>> = rows
        .iter()
        .enumerate()
        .map(|(index, row)| {
            row.clone().try_cast::<R>().ok_or_else(|| {
                Error::new(
                    Kind::Invalid,
                    format!("row {index} is a {}, not a {}", type_name(row), R::TYPE),
                )
            })
        })
        .collect();
    let mut table = records_table(&records?);
    if rows.is_empty() {
        table.columns = R::FIELDS.iter().filter_map(column).collect();
    }
    Ok(table)
}

/// A table of the fields that the script names.
fn chosen(rows: Array, names: &[String]) -> Result<Table> {
    let columns = headings(&rows, names);
    let rows: Result<Vec<Vec<Cell>>> = rows
        .into_iter()
        .enumerate()
        .map(|(index, row)| cells(index, &row, names))
        .collect();
    Ok(Table {
        rows: rows?,
        ..Table::new(columns)
    })
}

fn cells(index: usize, row: &Dynamic, names: &[String]) -> Result<Vec<Cell>> {
    match records::any(row) {
        Some(record) => names.iter().map(|name| record.field(name)).collect(),
        None => map_cells(index, row, names),
    }
}

fn map_cells(index: usize, row: &Dynamic, names: &[String]) -> Result<Vec<Cell>> {
    let Some(map) = row.read_lock::<rhai::Map>() else {
        return Err(Error::new(
            Kind::Invalid,
            format!(
                "row {index} of the table is a {}, neither a record nor a map",
                type_name(row)
            ),
        ));
    };
    names
        .iter()
        .map(|name| {
            map.get(name.as_str())
                .map(|value| to_cell(value.clone()))
                .ok_or_else(|| {
                    Error::new(
                        Kind::Invalid,
                        format!("row {index} of the table has no field `{name}`"),
                    )
                    .hint(suggest::among(name, map.keys().map(AsRef::as_ref)))
                })
        })
        .collect()
}

fn headings(rows: &Array, names: &[String]) -> Vec<Column> {
    names
        .iter()
        .map(|name| {
            let first = rows.first();
            None.or_else(|| known::<ComputerRecord>(first, name))
                .or_else(|| known::<GroupRecord>(first, name))
                .or_else(|| known::<UserRecord>(first, name))
                .or_else(|| known::<PresenceRecord>(first, name))
                .or_else(|| known::<EventRecord>(first, name))
                .unwrap_or_else(|| Column::named(name))
        })
        .collect()
}

/// The heading of a record's field; where there are no rows, that of the first sort of records with such a field.
fn known<R: Record>(first: Option<&Dynamic>, name: &str) -> Option<Column> {
    if first.is_some_and(|row| !row.is::<R>()) {
        return None;
    }
    let field = R::FIELDS.iter().find(|field| field.name == name)?;
    let column = column(field)?;
    // What the script names is to be seen, if there is room.
    let place = if column.place == Place::DataOnly {
        Place::Optional
    } else {
        column.place
    };
    Some(Column { place, ..column })
}
