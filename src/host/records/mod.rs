//! The fleet's records as scripts see them: read-only, one shape for all vendors, a misspelt field an error.
//!
//! A field that the vendor did not fill is `()`. A field that nobody loaded throws, and says how to load it.

mod computer;
mod event;
mod group;
mod presence;
mod user;

use jiff::Timestamp;
use rhai::{Dynamic, Engine, EvalAltResult, FuncRegistration, Map};

use crate::fleet::{Error, GroupRef, Kind, Loaded, Result};
use crate::output::{Cell, Column, Place};
use crate::suggest;

pub use computer::ComputerRecord;
pub use event::EventRecord;
pub use group::GroupRecord;
pub use presence::PresenceRecord;
pub use user::UserRecord;

use super::errors::raise;
use super::value;

/// A field of a record.
pub struct Field<R> {
    /// Its name in scripts and in JSON.
    pub name: &'static str,
    /// Its type, in a script writer's words.
    pub ty: &'static str,
    /// What it says, with its unit and where it comes from.
    pub about: &'static str,
    /// Its headings in a table and in CSV, and how much a table wants it; `None` for a field that is no column.
    pub column: Option<Heading>,
    /// Reads it; an error where nobody loaded it.
    pub read: fn(&R) -> Result<Cell>,
}

/// The headings of a field.
pub struct Heading {
    /// In a table.
    pub title: &'static str,
    /// In CSV.
    pub csv: &'static str,
    /// How much a table wants it.
    pub place: Place,
}

/// A sort of record.
pub trait Record: Clone + Send + Sync + 'static {
    /// The name of the type in scripts.
    const TYPE: &'static str;
    /// The fields, most important first.
    const FIELDS: &'static [Field<Self>];
    /// The headings of a CSV file of such records, in order; empty for all of them in the order of the fields.
    const CSV: &'static [&'static str] = &[];

    /// Returns what a person calls it.
    fn label(&self) -> String;

    /// Tells whether both are the same thing at the vendor, whatever was loaded of it.
    fn is(&self, other: &Self) -> bool;
}

/// A record, whatever its sort.
pub trait AnyRecord {
    /// Returns the name of its type in scripts.
    fn type_name(&self) -> &'static str;

    /// Reads a field by name; an unknown name is an error that says what there is.
    fn field(&self, name: &str) -> Result<Cell>;

    /// Returns all that was loaded of it but the vendor's own record.
    fn parts(&self) -> Cell;
}

impl<R: Record> AnyRecord for R {
    fn type_name(&self) -> &'static str {
        R::TYPE
    }

    fn field(&self, name: &str) -> Result<Cell> {
        get(self, name)
    }

    fn parts(&self) -> Cell {
        let loaded = R::FIELDS
            .iter()
            .filter(|field| field.name != "raw")
            .filter_map(|field| Some((field.name.to_owned(), (field.read)(self).ok()?)));
        Cell::Map(loaded.collect())
    }
}

/// Returns the record that a value is, if it is one.
pub fn any(value: &Dynamic) -> Option<Box<dyn AnyRecord>> {
    fn boxed<R: Record>(value: &Dynamic) -> Option<Box<dyn AnyRecord>> {
        Some(Box::new(value.clone().try_cast::<R>()?))
    }
    boxed::<ComputerRecord>(value)
        .or_else(|| boxed::<GroupRecord>(value))
        .or_else(|| boxed::<UserRecord>(value))
        .or_else(|| boxed::<PresenceRecord>(value))
        .or_else(|| boxed::<EventRecord>(value))
}

/// Returns the column that a field makes, if it makes one.
pub fn column<R: Record>(field: &Field<R>) -> Option<Column> {
    let heading = field.column.as_ref()?;
    Some(Column {
        place: heading.place,
        ..Column::new(field.name, heading.title, heading.csv)
    })
}

fn get<R: Record>(record: &R, name: &str) -> Result<Cell> {
    if let Some(field) = R::FIELDS.iter().find(|field| field.name == name) {
        return (field.read)(record);
    }
    let error = Error::new(Kind::Invalid, format!("a {} has no field `{name}`", R::TYPE));
    Err(error.hint(suggest::among(name, R::FIELDS.iter().map(|field| field.name))))
}

/// Registers a record's type, its fields, and how it prints and compares.
pub fn register<R: Record>(engine: &mut Engine) {
    engine.register_type_with_name::<R>(R::TYPE);
    for field in R::FIELDS {
        let read = move |record: &mut R| to_script((field.read)(record));
        FuncRegistration::new_getter(field.name)
            .with_params_info([
                format!("{}: {}", R::TYPE.to_lowercase(), R::TYPE),
                field.ty.to_owned(),
            ])
            .with_comments([format!("/// {}", field.about)])
            .register_into_engine(engine, read);
    }
    // Where no getter fits, the engine asks the indexer: the place to say what the fields are.
    engine.register_indexer_get(|record: &mut R, name: &str| to_script(get(record, name)));
    engine.register_fn("to_string", |record: &mut R| record.label());
    engine.register_fn("to_debug", |record: &mut R| {
        format!("{}(\"{}\")", R::TYPE, record.label())
    });
    engine.register_fn("==", |a: &mut R, b: R| a.is(&b));
    engine.register_fn("!=", |a: &mut R, b: R| !a.is(&b));
    engine.register_fn("to_map", |record: &mut R| to_map(record));
}

fn to_script(cell: Result<Cell>) -> std::result::Result<Dynamic, Box<EvalAltResult>> {
    cell.map(value::to_dynamic).map_err(|error| raise(&error))
}

/// Returns the fields that were loaded, as a map.
fn to_map<R: Record>(record: &R) -> Map {
    R::FIELDS
        .iter()
        .filter_map(|field| Some((field.name.into(), value::to_dynamic((field.read)(record).ok()?))))
        .collect()
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "so that the tables of fields read as tables"
)]
const fn shown(title: &'static str, csv: &'static str) -> Option<Heading> {
    Some(Heading {
        title,
        csv,
        place: Place::Shown,
    })
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "so that the tables of fields read as tables"
)]
const fn optional(title: &'static str, csv: &'static str) -> Option<Heading> {
    Some(Heading {
        title,
        csv,
        place: Place::Optional,
    })
}

/// A field that is of use to programs, and in the way of people.
#[allow(
    clippy::unnecessary_wraps,
    reason = "so that the tables of fields read as tables"
)]
const fn data(csv: &'static str) -> Option<Heading> {
    Some(Heading {
        title: csv,
        csv,
        place: Place::DataOnly,
    })
}

fn text_cell(text: Option<&str>) -> Cell {
    Cell::maybe(text, Cell::text)
}

fn time_cell(at: Option<Timestamp>) -> Cell {
    Cell::maybe(at, Cell::Time)
}

fn text_cells(texts: impl IntoIterator<Item = String>) -> Cell {
    Cell::List(texts.into_iter().map(Cell::Text).collect())
}

fn json_cell(json: &serde_json::Value) -> Cell {
    value::from_json(json)
}

fn group_cell(groups: &Loaded<Vec<GroupRef>>, owner: &str) -> Result<Cell> {
    match groups {
        Loaded::Yes(groups) => Ok(text_cells(groups.iter().map(|group| group.name.clone()))),
        Loaded::No(how) => Err(not_loaded("groups", owner, how)),
    }
}

fn not_loaded(what: &str, name: &str, how: &str) -> Error {
    Error::new(Kind::Invalid, format!("{what} of '{name}': not loaded")).hint(how)
}
