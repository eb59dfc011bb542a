//! How far the events of a feed have come: what is kept between two runs, and what follows from it.
//!
//! The next run reads a little of the past once more, since an event may show late among those of its time. So a cursor is a
//! moment, and all events from that moment on that were handed on: by their ids, or whole where they have none. Two that are the
//! same in all they say are two.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::host::Entry;
use crate::plan::Binding;

/// How much of the past is read once more.
const ONCE_MORE: SignedDuration = SignedDuration::from_mins(10);

/// What is kept of a feed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// Whose events they are.
    pub of: Binding,
    /// Whether only sessions are followed.
    pub connections_only: bool,
    /// Where the next run begins to read.
    pub from: Timestamp,
    /// Up to when all was read; nothing before the first run has ended.
    pub read_to: Option<Timestamp>,
    /// The events since `from` that were handed on.
    pub handed_on: Vec<String>,
    /// Where a run that has not ended was handing on.
    pub under_way: Option<UnderWay>,
}

/// What a run was about to do when it began to hand on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnderWay {
    /// The file that it adds to; nothing for standard output.
    pub file: Option<PathBuf>,
    /// How long the file was before.
    pub length: u64,
}

impl Cursor {
    /// Begins to follow at a moment.
    pub fn new(of: Binding, connections_only: bool, from: Timestamp) -> Self {
        Self {
            of,
            connections_only,
            from,
            read_to: None,
            handed_on: Vec::new(),
            under_way: None,
        }
    }

    /// Returns those of the events that were not handed on yet.
    pub fn fresh<'a>(&self, read: &'a [Entry]) -> Vec<&'a Entry> {
        let mut before: HashMap<&str, usize> = HashMap::new();
        for key in &self.handed_on {
            *before.entry(key).or_default() += 1;
        }
        let mut ids: HashSet<String> = HashSet::new();
        let is_new = |entry: &&Entry| {
            let key = key(&entry.line);
            if is_id(&key) && !ids.insert(key.clone()) {
                return false;
            }
            match before.get_mut(key.as_str()) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        };
        read.iter().filter(is_new).collect()
    }

    /// Returns the cursor behind events that were read up to a moment, all of which are handed on.
    pub fn behind(&self, read: &[Entry], to: Timestamp) -> Self {
        let latest = read.iter().filter_map(|entry| entry.at).max();
        let from = latest.map_or(self.from, |at| (at - ONCE_MORE).max(self.from));
        // One without a time cannot be told to be over.
        let may_come_again = |entry: &&Entry| entry.at.is_none_or(|at| at >= from);
        Self {
            from,
            read_to: Some(to),
            handed_on: read
                .iter()
                .filter(may_come_again)
                .map(|entry| key(&entry.line))
                .collect(),
            under_way: None,
            ..self.clone()
        }
    }
}

/// What begins the key of an event that has an id.
const ID: &str = "id ";

/// Returns what tells an event from others: its id, or else all of it.
pub fn key(line: &str) -> String {
    match serde_json::from_str::<Value>(line) {
        Ok(event) => match event.get("id").and_then(Value::as_str) {
            Some(id) if !id.is_empty() => format!("{ID}{id}"),
            _ => line.to_owned(),
        },
        Err(_) => line.to_owned(),
    }
}

fn is_id(key: &str) -> bool {
    key.starts_with(ID)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::fleet::Vendor;

    pub fn binding() -> Binding {
        Binding {
            profile: "acme".to_owned(),
            vendor: Vendor::RealVnc,
            host: "https://vendor.test".to_owned(),
        }
    }

    pub fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    pub fn entry(second: i64, id: &str) -> Entry {
        let id = (!id.is_empty()).then_some(id);
        Entry {
            at: Some(at(second)),
            line: serde_json::json!({ "at": at(second), "id": id }).to_string(),
        }
    }

    fn lines(entries: &[&Entry]) -> Vec<String> {
        entries.iter().map(|entry| entry.line.clone()).collect()
    }

    #[test]
    fn what_was_handed_on_is_not_fresh_and_what_comes_late_is() {
        let cursor = Cursor::new(binding(), false, at(0));
        let read = [entry(1, "a"), entry(2, "b"), entry(2, "c")];
        assert_eq!(cursor.fresh(&read).len(), 3);
        let next = cursor.behind(&read, at(9));
        let late = [
            entry(1, "a"),
            entry(1, "late"),
            entry(2, "b"),
            entry(2, "same time"),
            entry(2, "c"),
        ];
        assert_eq!(lines(&next.fresh(&late)), lines(&[&late[1], &late[3]]));
    }

    #[test]
    fn events_without_an_id_that_say_the_same_are_counted() {
        let cursor = Cursor::new(binding(), false, at(0));
        let two = [entry(1, ""), entry(1, "")];
        assert_eq!(cursor.fresh(&two).len(), 2);
        let next = cursor.behind(&two, at(9));
        assert_eq!(next.fresh(&two).len(), 0);
        assert_eq!(next.fresh(&[entry(1, ""), entry(1, ""), entry(1, "")]).len(), 1);
    }

    #[test]
    fn an_event_with_an_id_that_is_listed_twice_is_one() {
        let cursor = Cursor::new(binding(), false, at(0));
        assert_eq!(cursor.fresh(&[entry(1, "a"), entry(1, "a")]).len(), 1);
    }

    #[test]
    fn the_past_is_forgotten_but_for_a_while_and_nothing_runs_backwards() {
        let cursor = Cursor::new(binding(), false, at(0));
        let read = [entry(1, "old"), entry(10_000, "new")];
        let next = cursor.behind(&read, at(20_000));
        assert_eq!((next.from, next.read_to), (at(9400), Some(at(20_000))));
        assert_eq!(next.handed_on, ["id new"]);
        let nothing = next.behind(&[], at(30_000));
        assert_eq!((nothing.from, nothing.read_to), (at(9400), Some(at(30_000))));
        assert_eq!(cursor.behind(&[entry(1, "a")], at(2)).from, at(0));
    }

    #[test]
    fn an_event_without_a_time_stays_known_as_long_as_it_is_listed() {
        let cursor = Cursor::new(binding(), false, at(0));
        let timeless = Entry {
            at: None,
            line: "{\"id\":\"t\"}".to_owned(),
        };
        let next = cursor.behind(&[timeless.clone(), entry(10_000, "a")], at(20_000));
        assert_eq!(next.fresh(&[timeless]).len(), 0);
    }
}
