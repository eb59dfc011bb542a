//! The fleet functions that read.

mod activity;
mod computers;
mod groups;
mod likeness;
mod users;

use rhai::{Array, Dynamic};

use crate::fleet::{Kind, Result};

use super::function::{Effect, Function};

/// The functions, by subject.
pub const FUNCTIONS: [&[Function]; 6] = [
    computers::FUNCTIONS,
    likeness::FUNCTIONS,
    groups::FUNCTIONS,
    users::FUNCTIONS,
    activity::FUNCTIONS,
    ELSEWHERE,
];

/// The way to the fleets of other profiles.
const ELSEWHERE: &[Function] = &[Function {
    name: "fleet",
    parameters: &[("profile", "string")],
    returns: "Fleet",
    about: "Opens the fleet of another profile; the fleet functions are its methods.",
    example: "fleet(\"demo\").list_computers().len == list_computers().len",
    operations: &[],
    effect: Effect::None,
    body: |call| Ok(Dynamic::from(call.fleet.open(&call.name(0)?)?)),
}];

/// Takes "not found" for an answer: it has left the team since its name was looked up.
fn present<T>(read: Result<T>) -> Option<Result<T>> {
    match read {
        Err(error) if error.kind == Kind::NotFound => None,
        read => Some(read),
    }
}

fn array<T: Into<R>, R: Clone + Send + Sync + 'static>(items: Vec<T>) -> Dynamic {
    Dynamic::from_array(
        items
            .into_iter()
            .map(|item| Dynamic::from(item.into()))
            .collect::<Array>(),
    )
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "every body of a function ends in a result"
)]
fn optional<R: Clone + Send + Sync + 'static>(record: Option<R>) -> Result<Dynamic> {
    Ok(record.map_or(Dynamic::UNIT, Dynamic::from))
}
