//! One line: eight hexadecimal digits of checksum, a blank, a JSON object, a newline.
//!
//! The checksum is the CRC-32 of the JSON: it finds what a disk or a crash has spoilt, not what somebody has changed on
//! purpose. `cut -c10-` leaves the JSON for other programs.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::plan::Proposal;
use crate::secret::Redactor;

use super::record::{End, Head, Intent, PlanHead, Planned, Resumed, Settled};

/// The version of the format. Members that a reader does not know are passed over; anything else needs a new version.
pub(super) const VERSION: u32 = 2;

/// How many digits the checksum has.
const DIGITS: usize = 8;

/// A line as it is written: the name of its sort, and what it says.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Said<'a> {
    Head(Versioned<'a>),
    Plan(&'a PlanHead),
    Planned(Planned<&'a Proposal>),
    Intent(Intent),
    Outcome(&'a Settled),
    Resumed(&'a Resumed),
    End(&'a End),
}

/// The head with the version of the format before it.
#[derive(Serialize)]
pub(super) struct Versioned<'a> {
    version: u32,
    #[serde(flatten)]
    head: &'a Head,
}

impl<'a> Versioned<'a> {
    pub(super) fn of(head: &'a Head) -> Self {
        Self {
            version: VERSION,
            head,
        }
    }
}

/// A line as it is read.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    Head(Box<Head>),
    Plan(PlanHead),
    Planned(Box<Planned<Proposal>>),
    Intent(Intent),
    Outcome(Box<Settled>),
    Resumed(Resumed),
    End(End),
}

/// Returns a line without secrets, with its newline.
pub(super) fn write(said: &Said<'_>, redactor: &Redactor) -> serde_json::Result<String> {
    let text = serde_json::to_string(said)?;
    let clean = redactor.redact(&text);
    let text = if clean == text {
        text
    } else {
        // Rare, so that it may take longer: string by string, or a secret such as `":` would take the JSON apart.
        let mut value: Value = serde_json::from_str(&text)?;
        redact(&mut value, redactor);
        value.to_string()
    };
    let mut line = String::with_capacity(DIGITS + 1 + text.len() + 1);
    // A string takes everything.
    let _ = writeln!(line, "{:08x} {text}", crc32fast::hash(text.as_bytes()));
    Ok(line)
}

fn redact(value: &mut Value, redactor: &Redactor) {
    match value {
        Value::String(text) => *text = redactor.redact(text),
        Value::Array(items) => items.iter_mut().for_each(|item| redact(item, redactor)),
        Value::Object(members) => members.values_mut().for_each(|member| redact(member, redactor)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Why a line cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// It is not what was written.
    #[error("its checksum does not fit")]
    Checksum,
    /// It is what was written, and makes no sense.
    #[error("it says what no journal says: {0}")]
    Sense(String),
}

/// Returns the JSON of a line, which stands there without its newline, if it is what was written.
pub(super) fn json(line: &[u8]) -> Result<&str, Fault> {
    let text = std::str::from_utf8(line).map_err(|_| Fault::Checksum)?;
    let (sum, json) = text.split_once(' ').ok_or(Fault::Checksum)?;
    let said = u32::from_str_radix(sum, 16).ok().filter(|_| sum.len() == DIGITS);
    if said == Some(crc32fast::hash(json.as_bytes())) {
        Ok(json)
    } else {
        Err(Fault::Checksum)
    }
}

/// Reads a line, which stands there without its newline.
pub(super) fn read(line: &[u8]) -> Result<Line, Fault> {
    serde_json::from_str(json(line)?).map_err(|e| Fault::Sense(e.to_string()))
}

/// Returns the version of the format that a head names.
pub(super) fn version(line: &[u8]) -> Result<u32, Fault> {
    #[derive(Deserialize)]
    struct First {
        head: Version,
    }
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    serde_json::from_str(json(line)?)
        .map(|first: First| first.head.version)
        .map_err(|e| Fault::Sense(e.to_string()))
}
