//! Errors on their way between the fleet and a script: in a script they are maps, which `catch` receives whole.

use rhai::{Array, Dynamic, EvalAltResult, Map, Position};

use crate::fleet::{Error, GroupKind, Kind, Result};
use crate::suggest;

use super::arguments::Arguments;
use super::function::{Effect, Function};

/// Turns an error into what a script can catch: `#{kind, message, status, operation, hint, causes}`.
#[allow(clippy::unnecessary_box_returns, reason = "the engine's own form of an error")]
pub fn raise(error: &Error) -> Box<EvalAltResult> {
    raise_at(error, Position::NONE)
}

/// Does so at a place in the script. The engine finds the place by itself, but not for a function in a module.
#[allow(clippy::unnecessary_box_returns, reason = "the engine's own form of an error")]
pub fn raise_at(error: &Error, position: Position) -> Box<EvalAltResult> {
    if error.kind == Kind::Cancelled {
        // Not catchable: a script must not be able to go on after Ctrl-C.
        return EvalAltResult::ErrorTerminated(Dynamic::from(error.message.clone()), position).into();
    }
    EvalAltResult::ErrorRuntime(Dynamic::from_map(to_map(error)), position).into()
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

/// The functions that make errors to throw.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "error",
        parameters: &[("kind", "string"), ("message", "string")],
        returns: "map",
        about: "Makes an error to throw, of one of the kinds that the exit code follows from: auth, permission, not_found, \
                ambiguous, conflict, rate_limited, unsupported, invalid, network, vendor, refused.",
        example: "error(\"invalid\", \"the list is empty\").kind == \"invalid\"",
        operations: &[],
        effect: Effect::None,
        body: |call| Ok(Dynamic::from_map(to_map(&made(call)?))),
    },
    Function {
        name: "error",
        parameters: &[("kind", "string"), ("message", "string"), ("hint", "string")],
        returns: "map",
        about: "Makes an error to throw, with what to do about it.",
        example: "error(\"invalid\", \"the list is empty\", \"name a file with at least one row\").hint",
        operations: &[],
        effect: Effect::None,
        body: |call| Ok(Dynamic::from_map(to_map(&made(call)?.hint(call.text(2)?)))),
    },
    Function {
        name: "no_such",
        parameters: &[("what", "string"), ("name", "string")],
        returns: "map",
        about: "Makes the error to throw when there is no \"computer\", \"computer group\", \"user\" or \"user group\" of a name; it \
                says which name is near.",
        example: "no_such(\"computer\", \"PC-0\").kind == \"not_found\"",
        operations: &[
            "listEntries",
            "listEntryGroups",
            "listMembers",
            "listUserGroups",
            "getDevices",
            "getUsers",
        ],
        effect: Effect::Read,
        body: |call| Ok(Dynamic::from_map(to_map(&no_such(call)?))),
    },
];

fn made(call: &Arguments<'_>) -> Result<Error> {
    let word = call.text(0)?;
    match Kind::from_word(&word) {
        None | Some(Kind::Cancelled) => Err(call
            .invalid(format!("`{word}` is no kind of error that can be thrown"))
            .hint(suggest::among(
                &word,
                Kind::ALL
                    .iter()
                    .filter(|kind| **kind != Kind::Cancelled)
                    .map(|kind| kind.as_str()),
            ))),
        Some(kind) => Ok(Error::new(kind, call.text(1)?)),
    }
}

fn no_such(call: &Arguments<'_>) -> Result<Error> {
    const WHAT: [&str; 4] = ["computer", "computer group", "user", "user group"];
    let (what, name) = (call.text(0)?, call.text(1)?);
    call.fleet.look_up(|directory, fleet| {
        // Looked up for the sake of the names that are there; that it is not among them is known already.
        let looked_up = match what.as_str() {
            "computer" => directory.computer(fleet, &name).map(drop),
            "computer group" => directory.group(fleet, GroupKind::Computers, &name).map(drop),
            "user group" => directory.group(fleet, GroupKind::Users, &name).map(drop),
            "user" => directory.user(fleet, &name).map(drop),
            other => return Err(call.invalid(format!("`{other}` is none of {}", WHAT.join(", ")))),
        };
        if let Err(error) = looked_up
            && error.kind != Kind::Ambiguous
        {
            return Err(error);
        }
        Ok(directory.missing(&what, &name))
    })
}
