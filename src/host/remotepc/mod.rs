//! The module `remotepc`: RemotePC's own operations under the titles of the vendor's page, with the vendor's records as
//! maps.
//!
//! Computers are named by their display names, as the vendor has it. Each is looked up first: a name that several bear is
//! refused. What writes goes through the same door as the fleet functions, and what is done to several comes back as a
//! map for each: its `outcome` (`done`, `already_so`, `planned`, `drifted`, `failed` or `unknown`) and a `note`.

mod computers;
mod groups;
mod users;

use std::future::Future;

use rhai::Dynamic;
use serde::Serialize;

use crate::fleet::{Result, UserId, UserRef, Vendor};
use crate::vendor::remotepc::Reads;

use super::arguments::Arguments;
use super::connection::{Fleet, Native};
use super::function::{Function, Parameter};
use super::native;

const USER: Parameter = ("username", "string");
const COMPUTER: Parameter = ("computer_name", "string");
const COMPUTERS: Parameter = ("computer_names", "array of string");
const GROUP: Parameter = ("group_name", "string");

/// The functions, by resource.
pub const FUNCTIONS: [&[Function]; 3] = [users::FUNCTIONS, computers::FUNCTIONS, groups::FUNCTIONS];

/// Asks the vendor and turns its answer into maps.
fn answer<'a, T: Serialize, F: Future<Output = Result<T>>>(
    call: &'a Arguments<'_>,
    ask: impl FnOnce(&'a Reads) -> F,
) -> Result<Dynamic> {
    native::answer(call, ask(reads(call.fleet)?))
}

/// Returns RemotePC's own operations, or an error that says whose fleet it is.
fn reads(fleet: &Fleet) -> Result<&Reads> {
    match fleet.native() {
        Native::RemotePc(reads) => Ok(reads),
        Native::RealVnc(_) => Err(fleet.not_of(Vendor::RemotePc)),
    }
}

/// Returns the user that is meant by a name, as it was given: it is the only identifier there is.
fn user(call: &Arguments<'_>, index: usize) -> Result<UserRef> {
    call.name(index).map(named)
}

fn named(username: String) -> UserRef {
    UserRef {
        id: UserId::new(username.clone()),
        email: username,
    }
}
