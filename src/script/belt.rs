//! The belt under the lint: no function of an imported module gets to see a closure from outside.
//!
//! In rhai 1.26 and 1.27 a closure that was made in one file and is called in another runs with the other file's
//! functions: a predicate handed to a module silently calls the module's function of the same name. The lint refuses
//! what it can see in the text; here every variable that module code reads is looked at, and a function pointer that
//! the module did not make itself stops the script. So does the bare name of a function in a module: `list.filter(is_old)`
//! would run the entry script's `is_old`.

use rhai::{Dynamic, Engine, EvalContext, FnPtr, Module};

use crate::script::raise::{Raised, SCRIPT, raise};

/// So many values of one variable are looked at, and of each list or map within it the first so many: what begins with
/// this much data is data.
const SEARCHED: usize = 256;
const SEARCHED_OF_EACH: usize = 64;

/// Puts the belt on an engine.
#[allow(
    deprecated,
    reason = "rhai marks volatile interfaces so; the version is pinned"
)]
pub(super) fn fasten(engine: &mut Engine) {
    engine.on_var(|name, _, context| inspect(name, &context));
}

fn inspect(name: &str, context: &EvalContext) -> Raised<Option<Dynamic>> {
    // The entry script runs alone; a second layer is the module whose function is running.
    let [entry, .., current] = context.namespaces() else {
        return Ok(None);
    };
    match context.scope().get(name) {
        Some(value) if holds_stranger(value, entry, current, &mut { SEARCHED }) => Err(raise(
            SCRIPT,
            format!(
                "`{name}` holds a function from outside of this module, where it could run as another one"
            ),
            "a function of an imported module takes and returns data; use filter, sort_by, group_by and the like in \
             the file that makes the closure",
        )),
        // Not a variable: the bare name of a function, and rhai looks for it in the entry script first.
        None if defines(entry, name) => Err(raise(
            SCRIPT,
            format!("`{name}` without a call means a function of another file here"),
            format!("write a closure: `|x| {name}(x)`"),
        )),
        _ => Ok(None),
    }
}

/// Tells whether a value is, or holds at any depth, a function pointer that `current` did not make; `left` values are
/// looked at.
fn holds_stranger(value: &Dynamic, entry: &Module, current: &Module, left: &mut usize) -> bool {
    let Some(fewer) = left.checked_sub(1) else {
        return false;
    };
    *left = fewer;
    if let Some(pointer) = value.read_lock::<FnPtr>() {
        return is_stranger(&pointer, entry, current)
            || pointer
                .curry()
                .iter()
                .any(|held| holds_stranger(held, entry, current, left));
    }
    if let Ok(list) = value.as_array_ref() {
        return list
            .iter()
            .take(SEARCHED_OF_EACH)
            .any(|held| holds_stranger(held, entry, current, left));
    }
    value.as_map_ref().is_ok_and(|map| {
        map.values()
            .take(SEARCHED_OF_EACH)
            .any(|held| holds_stranger(held, entry, current, left))
    })
}

fn is_stranger(pointer: &FnPtr, entry: &Module, current: &Module) -> bool {
    let name = pointer.fn_name();
    if pointer.is_anonymous() {
        !defines(current, name)
    } else {
        defines(entry, name)
    }
}

fn defines(module: &Module, name: &str) -> bool {
    module
        .iter_script_fn_info()
        .any(|(_, _, function, _, _)| function == name)
}
