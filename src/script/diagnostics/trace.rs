//! The way that an error took: through functions, closures and imports, from the innermost outwards.

use rhai::{EvalAltResult, Position};

use crate::script::overlay::OWN;

/// An error without its wrappings.
pub(super) struct Trace {
    pub error: Box<EvalAltResult>,
    /// The id of the source that it happened in.
    pub source: String,
    pub position: Position,
    /// The calls and imports that led there, the innermost first.
    pub calls: Vec<Call>,
}

impl Trace {
    /// Gives an error that has no position the one of the innermost call that has, which is then no step of its own.
    pub(super) fn stand_in(&mut self) {
        let Some(at) = self.calls.iter().position(|call| !call.position.is_none()) else {
            return;
        };
        if let Some(call) = self.calls.drain(..=at).next_back() {
            self.source = call.source;
            self.position = call.position;
        }
    }
}

pub(super) struct Call {
    pub what: String,
    /// The id of the source that called.
    pub source: String,
    pub position: Position,
}

/// Unwraps an error that came out of the script `entry`.
pub(super) fn unwind(entry: &str, error: Box<EvalAltResult>) -> Trace {
    let mut source = entry.to_owned();
    let mut calls: Vec<Call> = Vec::new();
    let mut error = error;
    // The native function that the last call was, if it was one and called a closure.
    let mut native: Option<String> = None;
    loop {
        match *error {
            EvalAltResult::ErrorInFunctionCall(name, inside, inner, position) => {
                let is_closure = name.starts_with("anon$");
                if name.starts_with(OWN) {
                    // The one that asks it bears its name, and is a step already.
                    native = None;
                } else if let (true, Some(helper), Some(last)) = (is_closure, native.take(), calls.last_mut())
                {
                    // Rhai has a frame for the helper and one for the closure, at the same place.
                    last.what = format!("in the function given to `{helper}`");
                } else {
                    let what = if is_closure {
                        "in a closure".to_owned()
                    } else {
                        format!("in the call of `{name}`")
                    };
                    calls.push(Call {
                        what,
                        source: source.clone(),
                        position,
                    });
                    native = (!is_closure).then_some(name);
                }
                if !inside.is_empty() {
                    source = inside;
                }
                error = inner;
            }
            EvalAltResult::ErrorInModule(id, inner, position) => {
                calls.push(Call {
                    what: "in the import".to_owned(),
                    source: source.clone(),
                    position,
                });
                native = None;
                if !id.is_empty() {
                    source = id;
                }
                error = inner;
            }
            mut innermost => {
                let position = innermost.take_position();
                calls.reverse();
                return Trace {
                    error: Box::new(innermost),
                    source,
                    position,
                    calls,
                };
            }
        }
    }
}
