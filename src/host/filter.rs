//! `where`: an expression over the fields of a record, or the columns of a row, which stand in it as bare names.

use rhai::{AST, Dynamic, Engine, EvalAltResult, ParseErrorType, Scope};

use crate::fleet::{Error, Kind, Result};
use crate::suggest;

use super::records::Record;
use super::value::{to_dynamic, type_name};
use super::world::{World, cancelled};

/// An expression, in the user's own words.
#[derive(Debug, Clone)]
pub struct Expression<'a> {
    text: &'a str,
    /// How it was given, for messages.
    given: String,
}

impl<'a> Expression<'a> {
    /// Takes the option of a function.
    pub fn option(text: &'a str) -> Self {
        let given = format!("where: \"{text}\"");
        Self { text, given }
    }

    /// Takes an option of the command line.
    pub fn flag(text: &'a str) -> Self {
        let given = format!("--where '{text}'");
        Self { text, given }
    }

    fn wrong(&self, why: &str) -> Error {
        Error::new(Kind::Invalid, format!("`{}` cannot be used: {why}", self.given))
    }
}

/// A name that an expression may use.
pub struct Name<'a> {
    /// The name itself.
    pub name: &'a str,
    /// Why there is no value for it, if there is none.
    pub absent: Option<Error>,
}

/// An expression that is ready to be asked of each row.
pub struct Filter<'a> {
    engine: &'a Engine,
    /// What must not be changed meanwhile; nothing where no fleet is within reach.
    world: Option<&'a World>,
    expression: &'a Expression<'a>,
    ast: AST,
}

impl<'a> Filter<'a> {
    /// Compiles an expression. A name that is none of `names` is an error, as is one whose value was not loaded.
    pub fn compile(
        engine: &'a Engine,
        world: Option<&'a World>,
        expression: &'a Expression<'a>,
        names: &[Name<'_>],
    ) -> Result<Self> {
        // As variables: the optimizer would put a constant's value in for all rows.
        let mut scope = Scope::new();
        for name in names.iter().filter(|name| name.absent.is_none()) {
            scope.push_dynamic(name.name, Dynamic::UNIT);
        }
        let ast = engine
            .compile_expression_with_scope(&scope, expression.text)
            .map_err(|error| {
                let told = expression.wrong(&error.to_string());
                let ParseErrorType::VariableUndefined(unknown) = error.err_type() else {
                    return told;
                };
                match names.iter().find(|name| name.name == unknown) {
                    Some(name) => name.absent.clone().unwrap_or(told),
                    None => told.hint(suggest::among(unknown, names.iter().map(|name| name.name))),
                }
            })?;
        Ok(Self {
            engine,
            world,
            expression,
            ast,
        })
    }

    /// Tells whether the expression is true of a row; anything but true or false is an error. `label` is what a person
    /// calls the row.
    pub fn holds<'v>(
        &self,
        label: &str,
        values: impl IntoIterator<Item = (&'v str, Dynamic)>,
    ) -> Result<bool> {
        let mut scope = Scope::new();
        for (name, value) in values {
            scope.push_constant_dynamic(name, value);
        }
        let mut evaluate = || self.engine.eval_ast_with_scope::<Dynamic>(&mut scope, &self.ast);
        let value = match self.world {
            Some(world) => world.choose(evaluate),
            None => evaluate(),
        }
        .map_err(|error| self.failed(label, &error))?;
        value.as_bool().map_err(|_| {
            self.expression.wrong(&format!(
                "it is a value of type {} for '{label}', not true or false",
                type_name(&value)
            ))
        })
    }

    /// Says what stopped the expression, and at which row. An interruption stays one.
    fn failed(&self, label: &str, error: &EvalAltResult) -> Error {
        let (why, hint) = match error.unwrap_inner() {
            EvalAltResult::ErrorTerminated(..) => return cancelled(),
            EvalAltResult::ErrorRuntime(thrown, _) => (part(thrown, "message"), part(thrown, "hint")),
            _ => (None, None),
        };
        let why = why.unwrap_or_else(|| error.to_string());
        let told = self.expression.wrong(&format!("{why} (at '{label}')"));
        match hint {
            Some(hint) => told.hint(hint),
            None => told,
        }
    }
}

/// Returns a text out of a thrown map.
fn part(thrown: &Dynamic, key: &str) -> Option<String> {
    let map = thrown.as_map_ref().ok()?;
    map.get(key)?.clone().into_string().ok()
}

/// Returns the records of which the expression is true. The first tells which fields were loaded.
pub fn matching<R: Record>(
    world: &World,
    engine: &Engine,
    records: Vec<R>,
    expression: &str,
) -> Result<Vec<R>> {
    let names: Vec<Name<'_>> = R::FIELDS
        .iter()
        .map(|field| Name {
            name: field.name,
            absent: records.first().and_then(|record| (field.read)(record).err()),
        })
        .collect();
    let expression = Expression::option(expression);
    let filter = Filter::compile(engine, Some(world), &expression, &names)?;
    let mut kept = Vec::new();
    for record in records {
        let fields = R::FIELDS.iter();
        let loaded = fields.filter_map(|field| Some((field.name, to_dynamic((field.read)(&record).ok()?))));
        if filter.holds(&record.label(), loaded)? {
            kept.push(record);
        }
    }
    Ok(kept)
}
