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
    /// A secret that the vendor has issued and the script has not revealed: for the user's own eyes.
    Secret(Secret),
}

/// A secret that the vendor has issued in this run. A script may end in it, which one that was given to the run, such as
/// a password, never is shown for.
#[derive(Clone)]
pub struct Issued(pub Secret);

/// An issued secret that may be shown wherever the script's result goes. Inside the script it is as closed as any other.
#[derive(Clone)]
pub struct Revealed(Secret);

/// Registers how such secrets print.
pub fn register(engine: &mut Engine) {
    closed::<Issued>(engine);
    closed::<Revealed>(engine);
}

fn closed<T: Clone + Send + Sync + 'static>(engine: &mut Engine) {
    engine.register_type_with_name::<T>("secret");
    for name in ["to_string", "to_debug"] {
        engine.register_fn(name, |_: &mut T| REDACTED.to_owned());
    }
}

/// Finds out what a script has ended in.
pub fn ending(value: Dynamic) -> Ending {
    let value = value.flatten();
    if let Some(Revealed(secret)) = value.clone().try_cast::<Revealed>() {
        return Ending::Shown(Document::Value(Cell::text(secret.expose())));
    }
    match value.clone().try_cast::<Issued>() {
        Some(Issued(secret)) => Ending::Secret(secret),
        None => Ending::Shown(value::to_document(value)),
    }
}

/// Tells whether a value is a secret, given or issued, revealed or not.
pub fn is_secret(value: &Dynamic) -> bool {
    value.is::<Secret>() || value.is::<Issued>() || value.is::<Revealed>()
}

/// The functions about secrets.
pub const FUNCTIONS: &[Function] = &[Function {
    name: "reveal",
    parameters: &[("secret", "secret|()")],
    returns: "secret|()",
    about: "Lets a secret that the vendor has issued be shown where the script ends in it: on a terminal, in a pipe, in a file. One that \
            was not revealed is printed to a terminal only, and the run is refused elsewhere. Anywhere but as the end of the \
            script either is `[redacted]`. Of `()`, which a dry run has in place of a secret, it makes `()`.",
    example: "reveal(()) == ()",
    operations: &[],
    effect: Effect::None,
    body: |call| reveal(call),
}];

fn reveal(call: &Arguments<'_>) -> Result<Dynamic> {
    let value = &call.values[0];
    if value.is_unit() || value.is::<Revealed>() {
        return Ok(value.clone());
    }
    if let Some(Issued(secret)) = value.clone().try_cast::<Issued>() {
        return Ok(Dynamic::from(Revealed(secret)));
    }
    // Whoever gave it knows it; nobody else is to learn it from here.
    call.secret(0)?;
    Err(call
        .invalid("`reveal` is for secrets that the vendor issues, not for those that were given to the run"))
}
