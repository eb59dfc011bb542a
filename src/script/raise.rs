//! The one shape of an error that is thrown at a script: a map of kind, message and hint.
//!
//! A script catches it as `e.kind`, `e.message`, `e.hint`; the host adds keys of its own to the same shape.

use rhai::{Dynamic, EvalAltResult, Map, Position};

/// What a function that a script can call gives back.
pub type Raised<T> = Result<T, Box<EvalAltResult>>;

/// The kind of errors that only a change to the script can cure.
pub const SCRIPT: &str = "script";

/// Makes an error that a script can catch. An empty hint is left out.
pub fn raise(kind: &str, message: impl Into<String>, hint: impl Into<String>) -> Box<EvalAltResult> {
    let hint: String = hint.into();
    let mut map = Map::new();
    map.insert("kind".into(), kind.into());
    map.insert("message".into(), message.into().into());
    if !hint.is_empty() {
        map.insert("hint".into(), hint.into());
    }
    EvalAltResult::ErrorRuntime(Dynamic::from_map(map), Position::NONE).into()
}

/// Makes an error of kind [`SCRIPT`] without a hint.
pub fn mistake(message: impl Into<String>) -> Box<EvalAltResult> {
    raise(SCRIPT, message, "")
}
