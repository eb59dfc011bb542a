//! Errors on their way between the fleet and a script: in a script they are maps, which `catch` receives whole.

use rhai::{Array, Dynamic, EvalAltResult, Map, Position};

use crate::fleet::{Error, Kind};

/// Turns an error into what a script can catch: `#{kind, message, status, operation, hint, causes}`.
#[allow(clippy::unnecessary_box_returns, reason = "the engine's own form of an error")]
pub fn raise(error: &Error) -> Box<EvalAltResult> {
    if error.kind == Kind::Cancelled {
        // Not catchable: a script must not be able to go on after Ctrl-C.
        return EvalAltResult::ErrorTerminated(Dynamic::from(error.message.clone()), Position::NONE).into();
    }
    EvalAltResult::ErrorRuntime(Dynamic::from_map(to_map(error)), Position::NONE).into()
}

/// Returns the map that scripts see.
pub fn to_map(error: &Error) -> Map {
    let or_unit = |text: Option<&str>| text.map_or(Dynamic::UNIT, |t| t.to_owned().into());
    Map::from_iter([
        ("kind".into(), error.kind.as_str().into()),
        ("message".into(), error.message.clone().into()),
        (
            "status".into(),
            error.status.map_or(Dynamic::UNIT, |s| i64::from(s).into()),
        ),
        ("operation".into(), or_unit(error.operation)),
        ("hint".into(), or_unit(error.hint.as_deref())),
        (
            "causes".into(),
            Dynamic::from_array(error.causes.iter().map(|c| c.clone().into()).collect::<Array>()),
        ),
    ])
}
