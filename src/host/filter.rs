//! `where`: an expression over the fields of a record, which stand in it as bare names.

use rhai::{AST, Dynamic, Engine, EvalAltResult, ParseErrorType, Scope};

use crate::fleet::{Error, Kind, Result};
use crate::suggest;

use super::connection::{World, cancelled};
use super::records::Record;
use super::value::{to_dynamic, type_name};

/// Returns the records of which the expression is true. Anything but true or false is an error.
pub fn matching<R: Record>(
    world: &World,
    engine: &Engine,
    records: Vec<R>,
    expression: &str,
) -> Result<Vec<R>> {
    let ast = compile(engine, records.first(), expression)?;
    let mut kept = Vec::new();
    for record in records {
        if world.choose(|| holds(engine, &ast, &record, expression))? {
            kept.push(record);
        }
    }
    Ok(kept)
}

/// Compiles the expression; `first` tells which fields were loaded.
fn compile<R: Record>(engine: &Engine, first: Option<&R>, expression: &str) -> Result<AST> {
    engine
        .compile_expression_with_scope(&names(first), expression)
        .map_err(|error| {
            let told = wrong(expression, &error.to_string());
            let ParseErrorType::VariableUndefined(name) = error.err_type() else {
                return told;
            };
            let Some(field) = R::FIELDS.iter().find(|field| field.name == name) else {
                return told.hint(suggest::among(name, R::FIELDS.iter().map(|field| field.name)));
            };
            first
                .and_then(|record| (field.read)(record).err())
                .unwrap_or(told)
        })
}

fn holds<R: Record>(engine: &Engine, ast: &AST, record: &R, expression: &str) -> Result<bool> {
    let value = engine
        .eval_ast_with_scope::<Dynamic>(&mut values(record), ast)
        .map_err(|error| failed(expression, &record.label(), &error))?;
    value.as_bool().map_err(|_| {
        wrong(
            expression,
            &format!(
                "it is a value of type {} for '{}', not true or false",
                type_name(&value),
                record.label()
            ),
        )
    })
}

/// The names of the loaded fields, as variables: the optimizer would put a constant's value in for all records.
fn names<R: Record>(first: Option<&R>) -> Scope<'static> {
    let mut scope = Scope::new();
    for field in R::FIELDS {
        if first.is_none_or(|record| (field.read)(record).is_ok()) {
            scope.push_dynamic(field.name, Dynamic::UNIT);
        }
    }
    scope
}

/// The loaded fields of one record.
fn values<R: Record>(record: &R) -> Scope<'static> {
    let mut scope = Scope::new();
    for field in R::FIELDS {
        if let Ok(cell) = (field.read)(record) {
            scope.push_constant_dynamic(field.name, to_dynamic(cell));
        }
    }
    scope
}

/// Says what stopped the expression, and at which record. An interruption stays one.
fn failed(expression: &str, label: &str, error: &EvalAltResult) -> Error {
    let (why, hint) = match error.unwrap_inner() {
        EvalAltResult::ErrorTerminated(..) => return cancelled(),
        EvalAltResult::ErrorRuntime(thrown, _) => (part(thrown, "message"), part(thrown, "hint")),
        _ => (None, None),
    };
    let why = why.unwrap_or_else(|| error.to_string());
    let told = wrong(expression, &format!("{why} (at '{label}')"));
    match hint {
        Some(hint) => told.hint(hint),
        None => told,
    }
}

/// Returns a text out of a thrown map.
fn part(thrown: &Dynamic, key: &str) -> Option<String> {
    let map = thrown.as_map_ref().ok()?;
    map.get(key)?.clone().into_string().ok()
}

fn wrong(expression: &str, why: &str) -> Error {
    Error::new(
        Kind::Invalid,
        format!("`where: \"{expression}\"` cannot be used: {why}"),
    )
}
