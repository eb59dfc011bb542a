//! `where`: an expression over the fields of a record, which stand in it as bare names.

use rhai::{AST, Dynamic, Engine, Scope};

use crate::fleet::{Error, Kind, Result};
use crate::suggest;

use super::records::Record;
use super::value::to_dynamic;

/// Returns the records of which the expression is true. Anything but true or false is an error.
pub fn matching<R: Record>(engine: &Engine, records: Vec<R>, expression: &str) -> Result<Vec<R>> {
    let Some(first) = records.first() else {
        return Ok(records);
    };
    let ast = compile(engine, first, expression)?;
    let mut kept = Vec::new();
    for record in records {
        if holds(engine, &ast, &record, expression)? {
            kept.push(record);
        }
    }
    Ok(kept)
}

fn compile<R: Record>(engine: &Engine, record: &R, expression: &str) -> Result<AST> {
    engine
        .compile_expression_with_scope(&scope(record), expression)
        .map_err(|error| {
            let told = wrong(expression, &error.to_string());
            let rhai::ParseErrorType::VariableUndefined(name) = error.err_type() else {
                return told;
            };
            let Some(field) = R::FIELDS.iter().find(|field| field.name == name) else {
                return told.hint(suggest::among(name, R::FIELDS.iter().map(|field| field.name)));
            };
            (field.read)(record).err().unwrap_or(told)
        })
}

fn holds<R: Record>(engine: &Engine, ast: &AST, record: &R, expression: &str) -> Result<bool> {
    let value = engine
        .eval_ast_with_scope::<Dynamic>(&mut scope(record), ast)
        .map_err(|error| wrong(expression, &format!("{error} (at '{}')", record.label())))?;
    value.as_bool().map_err(|ty| {
        wrong(
            expression,
            &format!(
                "it is a value of type {ty} for '{}', not true or false",
                record.label()
            ),
        )
    })
}

/// The loaded fields as variables.
fn scope<R: Record>(record: &R) -> Scope<'static> {
    let mut scope = Scope::new();
    for field in R::FIELDS {
        if let Ok(cell) = (field.read)(record) {
            scope.push_constant_dynamic(field.name, to_dynamic(cell));
        }
    }
    scope
}

fn wrong(expression: &str, why: &str) -> Error {
    Error::new(
        Kind::Invalid,
        format!("`where: \"{expression}\"` cannot be used: {why}"),
    )
}
