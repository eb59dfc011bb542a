//! What the vendors' own modules have in common: records as maps, and the one door.

use std::future::Future;

use rhai::Dynamic;
use serde::Serialize;

use crate::fleet::{Change, Error, Kind, Result};

use super::arguments::Arguments;
use super::value::{from_json, to_dynamic};

/// Waits for the vendor's answer and turns it into maps.
pub fn answer<T: Serialize>(call: &Arguments<'_>, ask: impl Future<Output = Result<T>>) -> Result<Dynamic> {
    let answer = call.fleet.world().wait(ask)?;
    let json = serde_json::to_value(answer)
        .map_err(|e| Error::new(Kind::Vendor, "the answer cannot be shown").caused_by(&e))?;
    Ok(to_dynamic(from_json(&json)))
}

/// Makes a change that has nothing to tell but that it was made.
pub fn done(call: &Arguments<'_>, change: Change) -> Result<Dynamic> {
    call.change(change)?;
    Ok(Dynamic::UNIT)
}
