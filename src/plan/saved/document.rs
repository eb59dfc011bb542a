//! A plan as JSON, there and back.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::super::{Binding, Notes, Plan, Proposal};
use super::error::Trouble;
use super::fingerprint::fingerprint;
use crate::fleet::Change;

/// What a file calls itself.
const FORMAT: &str = "deskhand plan";

/// The version of the form that this file writes, and the only one that it reads.
const VERSION: u64 = 1;

const FINGERPRINT: &str = "fingerprint";
const CHANGES: &str = "changes";

/// The document, in the order in which it is written.
#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u64,
    #[serde(flatten)]
    facts: Facts,
    changes: &'a [Proposal],
    fingerprint: String,
}

/// All that a plan says besides its changes.
#[derive(Serialize, Deserialize)]
struct Facts {
    made_for: Binding,
    made_at: Timestamp,
    made_by: String,
    #[serde(flatten)]
    notes: Notes,
}

/// Writes a plan down.
pub(super) fn write(plan: &Plan) -> Result<String, Trouble> {
    if let Some(trouble) = plan.proposals().iter().find_map(unkeepable) {
        return Err(trouble);
    }
    let mut written = Written {
        format: FORMAT,
        version: VERSION,
        facts: Facts {
            made_for: plan.binding().clone(),
            made_at: plan.made_at(),
            made_by: concat!("deskhand ", env!("CARGO_PKG_VERSION")).to_owned(),
            notes: plan.notes.clone(),
        },
        changes: plan.proposals(),
        fingerprint: String::new(),
    };
    let unwritable = |e: serde_json::Error| Trouble::Unwritable(e.into());
    let Value::Object(object) = serde_json::to_value(&written).map_err(unwritable)? else {
        return Err(Trouble::NotAPlan);
    };
    written.fingerprint = fingerprint(&object, FINGERPRINT);
    let mut text = serde_json::to_string_pretty(&written).map_err(unwritable)?;
    text.push('\n');
    Ok(text)
}

/// Finds a change that is nothing without what no file may hold, or without somebody to take what comes of it.
fn unkeepable(proposal: &Proposal) -> Option<Trouble> {
    match &proposal.change {
        Change::CreateUser(user) => Some(Trouble::Password(user.username.clone())),
        change @ Change::ConnectUrl { .. } => Some(Trouble::Handed(change.to_string())),
        _ => None,
    }
}

/// Reads a plan, of which nothing may be otherwise than it was written.
pub(super) fn read(text: &str) -> Result<Plan, Trouble> {
    if text.trim().is_empty() {
        return Err(Trouble::Empty);
    }
    if !text.trim_start().starts_with('{') {
        return Err(Trouble::NotAPlan);
    }
    let mut object: Map<String, Value> = serde_json::from_str(text).map_err(|e| match e.classify() {
        Category::Eof => Trouble::Truncated { line: e.line() },
        _ => Trouble::Damaged(e),
    })?;
    if object.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(Trouble::NotAPlan);
    }
    match object.get("version").map(Value::as_u64) {
        Some(Some(VERSION)) => {}
        Some(Some(version)) if version > VERSION => return Err(Trouble::Newer { version }),
        _ => {
            return Err(Trouble::Field(
                "version".to_owned(),
                "it is no version of a plan".to_owned(),
            ));
        }
    }
    match object.get(FINGERPRINT).and_then(Value::as_str) {
        None => return Err(Trouble::NoFingerprint),
        Some(print) if print != fingerprint(&object, FINGERPRINT) => return Err(Trouble::Edited),
        Some(_) => {}
    }
    let Value::Array(changes) = object.remove(CHANGES).unwrap_or_default() else {
        return Err(Trouble::Field(CHANGES.to_owned(), "it is no list".to_owned()));
    };
    let facts: Facts = part("the plan", Value::Object(object))?;
    let mut plan = Plan::new(facts.made_for, facts.made_at);
    plan.notes = facts.notes;
    for (at, change) in changes.into_iter().enumerate() {
        let place = format!("{CHANGES}[{at}]");
        let proposal: Proposal = part(&place, change)?;
        if let Some(trouble) = unkeepable(&proposal) {
            return Err(trouble);
        }
        plan.push(proposal)
            .map_err(|e| Trouble::Field(place, e.message))?;
    }
    Ok(plan)
}

fn part<T: DeserializeOwned>(place: &str, value: Value) -> Result<T, Trouble> {
    serde_json::from_value(value).map_err(|e| Trouble::Field(place.to_owned(), e.to_string()))
}
