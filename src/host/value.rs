//! Values on their way between Rhai, JSON and what `output` shows.

use rhai::{Array, Dynamic, Engine, EvalAltResult, Map};
use serde_json::Value;

use crate::output::{Absent, Cell, Column, Document, Table};
use crate::period::Period;
use crate::secret::REDACTED;
use crate::when::When;

use super::connection::Fleet;
use super::feed::Feed;
use super::plans::{Draft, Why, draft_of};
use super::records::{
    self, ComputerRecord, EventRecord, GroupRecord, PresenceRecord, Record, UserRecord, column,
};
use super::secrets::is_secret;
use super::table::TableValue;
use super::time::Moment;

/// Replaces Rhai's `to_json`, which writes the name of a type in Rust for what it does not know.
pub fn register(engine: &mut Engine) {
    engine.register_fn("to_json", |map: &mut Map| {
        serde_json::to_string(&to_cell(Dynamic::from_map(map.clone())))
            .map_err(|e| Box::<EvalAltResult>::from(e.to_string()))
    });
}

/// Turns a cell into a script's value.
pub fn to_dynamic(cell: Cell) -> Dynamic {
    match cell {
        Cell::Null => Dynamic::UNIT,
        Cell::Bool(value) => value.into(),
        Cell::Int(value) => value.into(),
        Cell::Float(value) => value.into(),
        Cell::Text(value) => value.into(),
        Cell::Time(at) => Dynamic::from(Moment(at)),
        Cell::List(cells) => Dynamic::from_array(cells.into_iter().map(to_dynamic).collect()),
        Cell::Map(parts) => Dynamic::from_map(
            parts
                .into_iter()
                .map(|(name, cell)| (name.into(), to_dynamic(cell)))
                .collect::<Map>(),
        ),
    }
}

/// Turns JSON into a cell.
pub fn from_json(json: &Value) -> Cell {
    json.into()
}

/// Turns what a script ended in into what `output` shows: records of one sort make a table, and so do maps.
pub fn to_document(value: Dynamic) -> Document {
    let value = value.flatten();
    if value.is_unit() {
        return Document::Nothing;
    }
    if let Some(table) = value.clone().try_cast::<TableValue>() {
        return Document::Table(table.into_table());
    }
    if let Some(draft) = draft_of(&value) {
        return Document::Table(draft.table());
    }
    if value.is_array() {
        return from_array(value.cast::<Array>());
    }
    if let Some(row) = from_records(std::slice::from_ref(&value)) {
        return Document::Row(row);
    }
    match to_cell(value) {
        Cell::Map(parts) => Document::Record(parts),
        cell => Document::Value(cell),
    }
}

fn from_records(items: &[Dynamic]) -> Option<Table> {
    None.or_else(|| table_of::<ComputerRecord>(items))
        .or_else(|| table_of::<GroupRecord>(items))
        .or_else(|| table_of::<UserRecord>(items))
        .or_else(|| table_of::<PresenceRecord>(items))
        .or_else(|| table_of::<EventRecord>(items))
}

fn from_array(items: Array) -> Document {
    match from_records(&items) {
        Some(table) => Document::Table(table),
        None => Document::List(items.into_iter().map(to_cell).collect()),
    }
}

/// Makes the table of records of one sort; `None` if the items are of another sort, or there are none.
fn table_of<R: Record>(items: &[Dynamic]) -> Option<Table> {
    let records: Option<Vec<R>> = items.iter().map(|item| item.clone().try_cast::<R>()).collect();
    let records = records.filter(|records| !records.is_empty())?;
    Some(records_table(&records))
}

/// Makes a table of all fields that are columns and were loaded.
pub fn records_table<R: Record>(records: &[R]) -> Table {
    let fields: Vec<_> = R::FIELDS
        .iter()
        .filter_map(|field| Some((field, column(field)?)))
        .filter(|(field, _)| records.iter().any(|record| (field.read)(record).is_ok()))
        .collect();
    let rows = records
        .iter()
        .map(|record| {
            fields
                .iter()
                .map(|(field, _)| (field.read)(record).unwrap_or(Cell::Null))
                .collect()
        })
        .collect();
    Table {
        rows,
        csv_order: R::CSV.iter().map(|&heading| heading.to_owned()).collect(),
        absent: absent(records),
        ..Table::new(fields.into_iter().map(|(_, column)| column).collect())
    }
}

/// Returns the fields that are no columns of the records' table: those that nobody loaded, and those that have none.
fn absent<R: Record>(records: &[R]) -> Vec<Absent> {
    R::FIELDS
        .iter()
        .filter_map(|field| {
            let Some(column) = column(field) else {
                return Some(Absent {
                    column: Column::named(field.name),
                    why: format!(
                        "`{}` is a field of each record, and no column of a table",
                        field.name
                    ),
                    hint: Some("choose by it in a script, where there are still records".to_owned()),
                });
            };
            let errors: Option<Vec<_>> = records.iter().map(|record| (field.read)(record).err()).collect();
            let first = errors?.into_iter().next()?;
            Some(Absent {
                column,
                why: first.message,
                hint: first.hint,
            })
        })
        .collect()
}

/// Turns any value of a script into a cell; what has no better form becomes its text.
pub fn to_cell(value: Dynamic) -> Cell {
    let value = value.flatten();
    if value.is_unit() {
        return Cell::Null;
    }
    if let Ok(value) = value.as_bool() {
        return Cell::Bool(value);
    }
    if let Ok(value) = value.as_int() {
        return Cell::Int(value);
    }
    if let Ok(value) = value.as_float() {
        return Cell::Float(value);
    }
    if value.is_array() {
        return Cell::List(value.cast::<Array>().into_iter().map(to_cell).collect());
    }
    if value.is_map() {
        let parts = value
            .cast::<Map>()
            .into_iter()
            .map(|(name, value)| (name.to_string(), to_cell(value)));
        return Cell::Map(parts.collect());
    }
    if let Some(moment) = value.clone().try_cast::<Moment>() {
        return Cell::Time(moment.0);
    }
    match records::any(&value) {
        Some(record) => record.parts(),
        None => Cell::Text(words(&value)),
    }
}

/// Returns the name of a value's type as scripts know it; by itself Rhai would tell the name in Rust.
pub fn type_name(value: &Dynamic) -> &str {
    if let Some(record) = records::any(value) {
        return record.type_name();
    }
    let known = [
        ("Timestamp", value.is::<Moment>()),
        ("period", value.is::<Period>()),
        ("date", value.is::<When>()),
        ("secret", is_secret(value)),
        ("Fleet", value.is::<Fleet>()),
        ("Feed", value.is::<Feed>()),
        ("Table", value.is::<TableValue>()),
        ("Plan", value.is::<Draft>()),
        ("Reason", value.is::<Why>()),
    ];
    known
        .iter()
        .find(|(_, is)| *is)
        .map_or_else(|| value.type_name(), |(name, _)| name)
}

/// Says a value that is no data in words: never by the name of its type in Rust.
fn words(value: &Dynamic) -> String {
    if let Some(period) = value.read_lock::<Period>() {
        return period.to_string();
    }
    if let Some(when) = value.read_lock::<When>() {
        return when.to_string();
    }
    if is_secret(value) {
        return REDACTED.to_owned();
    }
    if let Some(fleet) = value.read_lock::<Fleet>() {
        return format!("fleet {}", fleet.profile());
    }
    if let Some(feed) = value.read_lock::<Feed>() {
        return format!("{:?}", *feed);
    }
    if let Some(table) = value.read_lock::<TableValue>() {
        return table.to_string();
    }
    if let Some(plan) = value.read_lock::<Draft>() {
        return plan.to_string();
    }
    if let Some(why) = value.read_lock::<Why>() {
        return why.told();
    }
    value.to_string()
}
