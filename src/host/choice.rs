//! Which rows of what a script or a verb ends in are shown: an expression over the columns, by the names of their fields.

use std::collections::BTreeSet;
use std::sync::Arc;

use rhai::Engine;

use crate::cancel::Cancel;
use crate::fleet::{Error, Kind, Result};
use crate::output::{Absent, Cell, Document, Table};
use crate::script::{self, Library, Limits, Places};

use super::filter::{Expression, Filter, Name};
use super::time;
use super::value::to_dynamic;
use super::world::World;

/// Returns the document with the rows of which the expression is true, or nothing of one thing of which it is false.
///
/// The engine is that of the run, and its functions can be called; `world` is what must not be changed meanwhile. An
/// empty list stays one, as nobody knows what would have been in it; a value that stands alone is an error.
pub fn choose(
    engine: &Engine,
    world: Option<&World>,
    document: Document,
    expression: &str,
) -> Result<Document> {
    // Expressions may be nested as deeply here as in a script.
    let kept = script::on_large_stack(|| kept(engine, world, &document, expression))
        .map_err(|e| Error::new(Kind::Invalid, "`--where` cannot be used").caused_by(&e))??;
    Ok(match kept {
        Some(rows) => document.pick(&rows),
        None => document,
    })
}

/// Does so where no fleet is within reach: there are no functions but those that every script has.
pub fn choose_without_fleet(document: Document, expression: &str) -> Result<Document> {
    let library = Arc::new(Library::new(Places::default()));
    let mut engine = script::engine(&Limits::default(), &Cancel::default(), library, Arc::new(|_| {}));
    time::register(&mut engine);
    choose(&engine, None, document, expression)
}

/// Returns the rows to keep; `None` where there is nothing to choose from.
fn kept(
    engine: &Engine,
    world: Option<&World>,
    document: &Document,
    expression: &str,
) -> Result<Option<Vec<usize>>> {
    let expression = Expression::flag(expression);
    let Some(table) = document.as_table() else {
        return match document {
            Document::Nothing => Ok(None),
            _ => Err(Error::new(
                Kind::Invalid,
                "`--where` chooses among rows, and this is a single value",
            )
            .hint("leave it out")),
        };
    };
    let columns = named(&table);
    if columns.is_empty() && table.rows.is_empty() {
        return Ok(None);
    }
    let absent = table.absent.iter().map(|absent| Name {
        name: &absent.column.key,
        absent: Some(told(absent)),
    });
    let names: Vec<Name<'_>> = columns
        .iter()
        .map(|(name, _)| Name { name, absent: None })
        .chain(absent)
        .collect();
    let filter = Filter::compile(engine, world, &expression, &names)?;
    let mut kept = Vec::new();
    for (number, row) in table.rows.iter().enumerate() {
        let values = columns
            .iter()
            .map(|(name, at)| (name.as_str(), to_dynamic(Table::at(row, *at).clone())));
        if filter.holds(&label(&table, row, number), values)? {
            kept.push(number);
        }
    }
    Ok(Some(kept))
}

fn told(absent: &Absent) -> Error {
    let error = Error::new(Kind::Invalid, &absent.why);
    match &absent.hint {
        Some(hint) => error.hint(hint),
        None => error,
    }
}

/// Returns the name of each column in an expression: its key, made fit to be a name where it is not.
fn named(table: &Table) -> Vec<(String, usize)> {
    let keys: BTreeSet<&str> = table.columns.iter().map(|column| column.key.as_str()).collect();
    let mut taken = BTreeSet::new();
    table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| (fit(&column.key), at))
        // What is another column's own name stays so.
        .filter(|(name, at)| *name == table.columns[*at].key || !keys.contains(name.as_str()))
        .filter(|(name, _)| taken.insert(name.clone()))
        .collect()
}

fn fit(key: &str) -> String {
    let name = key.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("column_{name}")
    } else {
        name
    }
}

fn label(table: &Table, row: &[Cell], number: usize) -> String {
    match Table::at(row, table.name_column) {
        Cell::Text(name) => name.clone(),
        _ => format!("row {}", number + 1),
    }
}
