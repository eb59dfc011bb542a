//! Secrets in scripts: values that can be handed on, and that nobody sees before the script has ended in one.

use rhai::{Dynamic, Engine};

use crate::fleet::Result;
use crate::output::{Cell, Document};
use crate::secret::{REDACTED, Secret};

use super::arguments::Arguments;
use super::function::{Effect, Function};
use super::value;

/// What a script ends in.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// Something to show.
    Shown(Document),
    /// A secret that the script has not revealed: for the user's own eyes.
    Secret(Secret),
}

/// A secret that may be shown wherever the script's result goes. Inside the script it is as closed as any other.
#[derive(Clone)]
pub struct Revealed(Secret);

/// Registers how a revealed secret prints.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Revealed>("secret");
    for name in ["to_string", "to_debug"] {
        engine.register_fn(name, |_: &mut Revealed| REDACTED.to_owned());
    }
}

/// Finds out what a script has ended in.
pub fn ending(value: Dynamic) -> Ending {
    let value = value.flatten();
    if let Some(Revealed(secret)) = value.clone().try_cast::<Revealed>() {
        return Ending::Shown(Document::Value(Cell::text(secret.expose())));
    }
    match value.clone().try_cast::<Secret>() {
        Some(secret) => Ending::Secret(secret),
        None => Ending::Shown(value::to_document(value)),
    }
}

/// Tells whether a value is a secret, revealed or not.
pub fn is_secret(value: &Dynamic) -> bool {
    value.is::<Secret>() || value.is::<Revealed>()
}

/// The functions about secrets.
pub const FUNCTIONS: &[Function] = &[Function {
    name: "reveal",
    parameters: &[("secret", "secret|()")],
    returns: "secret|()",
    about: "Lets a secret be shown where the script ends in it: on a terminal, in a pipe, in a file. A secret that was not revealed \
            is printed to a terminal only, and the run is refused elsewhere. Anywhere but as the end of the script either is \
            `[redacted]`. Of `()`, which a dry run has in place of a secret, it makes `()`.",
    example: "const PARAMS = [#{ name: \"password\", type: \"secret\" }];\nreveal(params.password)",
    operations: &[],
    effect: Effect::None,
    body: |call| reveal(call),
}];

fn reveal(call: &Arguments<'_>) -> Result<Dynamic> {
    let value = &call.values[0];
    if value.is_unit() || value.is::<Revealed>() {
        return Ok(value.clone());
    }
    Ok(Dynamic::from(Revealed(call.secret(0)?)))
}
