//! Entries: list, read, rename, remove.

use axum::http::header;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::call::Call;
use super::paging::{Rel, cut};
use super::refusal::Refusal;
use super::world::{Entry, EntryData, World};
use crate::sim::reply::Reply;

#[derive(Serialize)]
struct Listed<'a> {
    entries: Vec<Shown<'a>>,
}

/// An entry on the wire. What there is nothing to say about is left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    entry_id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_last_seen_time: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a EntryData>,
    #[serde(flatten)]
    extra: &'a Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rename {
    name: String,
}

/// Answers `listEntries`. `from` is the identifier of an entry, or the beginning of a name.
pub fn list(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let entries = &world.entries;
    let start = call.query("from").map_or(0, |from| {
        entries
            .iter()
            .position(|e| e.id == from)
            .unwrap_or_else(|| entries.partition_point(|e| e.place().0 < from.to_lowercase()))
    });
    let (page, next) = cut(entries, start, call.rules.pages.entries);
    let reply = Reply::json(&Listed {
        entries: page.iter().map(show).collect(),
    })?;
    Ok(match next {
        Some(at) => reply.next("/1.0/entries", Rel::Bare, &[("from", cursor(entries, at))]),
        None => reply,
    })
}

/// Names an entry for a link: by its name, or by its identifier where the name would lead to an earlier one.
fn cursor(entries: &[Entry], at: usize) -> Option<&str> {
    let entry = entries.get(at)?;
    let before = at.checked_sub(1).and_then(|i| entries.get(i));
    let doubled = before.is_some_and(|b| b.place().0 == entry.place().0);
    Some(if doubled || entry.name.is_empty() {
        &entry.id
    } else {
        &entry.name
    })
}

/// Answers `readEntry`.
pub fn read(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let entry = world
        .find_entry(call.segment("entryId"))
        .ok_or_else(Refusal::absent)?;
    let reply = Reply::json(&show(entry))?;
    Ok(if call.rules.entry_etag {
        reply.header(header::ETAG, entry.etag())
    } else {
        reply
    })
}

/// Answers `updateEntry`.
pub fn update(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let entry = world
        .find_entry(call.segment("entryId"))
        .cloned()
        .ok_or_else(Refusal::absent)?;
    let Rename { name } = call.json()?;
    if !is_name(&name) {
        return Err(Refusal::bad("name must have a character that is not punctuation"));
    }
    call.expect_version(&entry.etag())?;
    if world.entries_named(&name).any(|other| other.id != entry.id) {
        return Err(Refusal::new(409, "another entry has that name"));
    }
    world.change_entry(&entry.id, |e| e.name.clone_from(&name));
    let text = format!("{} was renamed to {name}", entry.name);
    let body = json!({ "entryId": entry.id, "from": entry.name, "to": name });
    world.log(call.now, "entry_renamed", &text, body);
    let entry = world.find_entry(&entry.id).ok_or_else(Refusal::absent)?;
    Ok(Reply::json(&show(entry))?.header(header::ETAG, entry.etag()))
}

/// Answers `deleteEntry`.
pub fn delete(call: &Call, world: &mut World) -> Result<Reply, Refusal> {
    let entry = world
        .find_entry(call.segment("entryId"))
        .cloned()
        .ok_or_else(Refusal::absent)?;
    world.remove_entry(&entry.id, call.now);
    let text = format!("{} was removed from the team", entry.name);
    world.log(call.now, "entry_removed", &text, json!({ "entryId": entry.id }));
    Ok(Reply::nothing())
}

fn show(entry: &Entry) -> Shown<'_> {
    Shown {
        entry_id: &entry.id,
        name: &entry.name,
        server_id: entry.server_id.as_deref(),
        host: entry.host.as_deref(),
        server_last_seen_time: entry.last_seen.as_deref(),
        data: entry.data.as_ref(),
        extra: &entry.extra,
    }
}

/// The vendor's rule, as far as it can be carried over from one language's patterns to another's: one character at
/// least that is not ASCII punctuation. Whether there is a longest name is not known.
fn is_name(name: &str) -> bool {
    name.chars().any(|c| !c.is_ascii_punctuation())
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn a_name_is_not_all_punctuation() {
        for good in ["PC-1", "—", "¿", " ", "東京", "$1"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "$$$", "+", "(-_-)", "~"] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
