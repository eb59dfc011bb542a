//! The module `realvnc`: RealVNC's own operations under the vendor's names, with the vendor's records as maps.
//!
//! Optional members that the vendor left out are missing from the maps: read them with `entry.get("host")`. What
//! writes goes through the same door as the fleet functions. The session and its token are not to be had here.

mod by_id;
mod entries;
mod groups;
mod members;
mod team;

use std::future::Future;

use rhai::Dynamic;
use serde::Serialize;

use crate::fleet::{Result, Vendor};
use crate::suggest;
use crate::vendor::realvnc::{Order, Reads};

use super::arguments::Arguments;
use super::connection::{Fleet, Native};
use super::function::{Function, Parameter};
use super::native;
use super::options::Options;

const ENTRY: Parameter = ("entry_id", "string");
const GROUP: Parameter = ("group_id", "string");
const MEMBER: Parameter = ("user_id", "string");

/// The functions, by resource.
pub const FUNCTIONS: [&[Function]; 4] = [
    entries::FUNCTIONS,
    groups::FUNCTIONS,
    members::FUNCTIONS,
    team::FUNCTIONS,
];

/// Asks the vendor and turns its answer into maps.
fn answer<'a, T: Serialize, F: Future<Output = Result<T>>>(
    call: &'a Arguments<'_>,
    ask: impl FnOnce(&'a Reads) -> F,
) -> Result<Dynamic> {
    native::answer(call, ask(reads(call.fleet)?))
}

/// Returns RealVNC's own operations, or an error that says whose fleet it is.
fn reads(fleet: &Fleet) -> Result<&Reads> {
    match fleet.native() {
        Native::RealVnc(reads) => Ok(reads),
        Native::RemotePc(_) => Err(fleet.not_of(Vendor::RealVnc)),
    }
}

fn word(options: &Options, name: &str, words: &[&str]) -> Result<Option<String>> {
    let Some(text) = options.text(name)? else {
        return Ok(None);
    };
    if words.contains(&text.as_str()) {
        return Ok(Some(text));
    }
    Err(options
        .wrong(name, &format!("one of {}", words.join(", ")))
        .hint(suggest::among(&text, words.iter().copied())))
}

fn order(options: &Options, name: &str) -> Result<Option<Order>> {
    Ok(
        word(options, name, &["ASC", "DESC"])?.map(|word| match word.as_str() {
            "DESC" => Order::Descending,
            _ => Order::Ascending,
        }),
    )
}
