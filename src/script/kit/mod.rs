//! What scripts do with lists: native, strict, and safe to hand a closure to.
//!
//! A closure may be given to these functions and to no function of an imported module: in rhai 1.26 and 1.27 the
//! module's own function of the same name would run in its place. Where rhai's version of a function takes silence for
//! an answer (a condition that is not true or false, a comparer that fails), the version here throws.

mod call;
mod collect;
mod compare;
pub(super) mod fill;
mod number;
mod order;
mod retain;
mod select;
#[cfg(test)]
mod tests;

use rhai::{Dynamic, Engine, FuncRegistration, RhaiNativeFunc};

/// Registers all of the kit, over rhai's own functions of the same names; `filled` is the length that `pad` and `blob` fill up to.
pub(super) fn register(engine: &mut Engine, filled: usize) {
    compare::register(engine);
    select::register(engine);
    retain::register(engine);
    order::register(engine);
    collect::register(engine);
    number::register(engine);
    fill::register(engine, filled);
}

/// One function of the kit: its name, what it says of itself, and whether it changes the list that it is called on.
struct Entry {
    name: &'static str,
    params: &'static [&'static str],
    doc: &'static str,
    changes: bool,
}

impl Entry {
    /// `params` are `name: type`, and at last the type that is returned.
    const fn reads(name: &'static str, params: &'static [&'static str], doc: &'static str) -> Self {
        Self {
            name,
            params,
            doc,
            changes: false,
        }
    }

    const fn changes(name: &'static str, params: &'static [&'static str], doc: &'static str) -> Self {
        Self {
            name,
            params,
            doc,
            changes: true,
        }
    }

    fn add<A, const N: usize, const X: bool, R, const F: bool>(
        &self,
        engine: &mut Engine,
        function: impl RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    ) where
        A: 'static,
        R: rhai::Variant + Clone,
    {
        FuncRegistration::new(self.name)
            .with_params_info(self.params)
            .with_comments([format!("/// {}", self.doc)])
            .with_purity(!self.changes)
            .register_into_engine(engine, function);
    }
}

/// Names a value's type in the words of a script.
fn kind_of(value: &Dynamic, engine: &Engine) -> String {
    match value.type_name() {
        "()" => "`()`".to_owned(),
        "i64" | "f64" => "a number".to_owned(),
        "string" => "a string".to_owned(),
        "char" => "a character".to_owned(),
        "bool" => "true or false".to_owned(),
        "array" => "an array".to_owned(),
        "map" => "a map".to_owned(),
        "Fn" => "a function".to_owned(),
        other => format!("a value of type {}", engine.map_type_name(other)),
    }
}
