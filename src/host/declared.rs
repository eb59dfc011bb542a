//! The names that scripts find, where no fleet is within reach: what a file is checked against that does not run.

use std::sync::Arc;

use crate::cancel::Cancel;
use crate::script::{self, Known, Library, Limits, Names, Of, Places};

use super::function::{Effect, Function};
use super::{global_functions, modules, register_types};

/// Returns the names on an engine that [`register`](super::register) has put everything on.
pub fn names() -> Names {
    let library = Arc::new(Library::new(Places::default()));
    let mut engine = script::engine(&Limits::default(), &Cancel::default(), library, Arc::new(|_| {}));
    register_types(&mut engine);
    let plain = global_functions().into_iter().flatten();
    let of_modules = modules().into_iter().flat_map(|(module, functions)| {
        let functions = functions.iter().copied().flatten();
        functions.map(move |function| known(function, module))
    });
    Names::of(&engine, Of::Host).and(plain.flat_map(with_method).chain(of_modules))
}

/// A function that asks a fleet is a method of fleets too.
fn with_method(function: &'static Function) -> impl Iterator<Item = Known> {
    let method = (function.effect != Effect::None).then(|| {
        let known = known(function, "");
        Known {
            params: known.params + 1,
            signature: known
                .signature
                .replacen('(', "(fleet: Fleet, ", 1)
                .replacen(", )", ")", 1),
            ..known
        }
    });
    std::iter::once(known(function, "")).chain(method)
}

fn known(function: &Function, module: &str) -> Known {
    let signature = function.signature();
    Known {
        name: function.name.to_owned(),
        module: module.to_owned(),
        params: function.parameters.len(),
        signature: if module.is_empty() {
            signature
        } else {
            format!("{module}::{signature}")
        },
    }
}
