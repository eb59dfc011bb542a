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

/// How much of the past is read once more. The vendor stamps an event when it has received and processed it, so that one
/// that shows late is not late by much.
const ONCE_MORE: SignedDuration = SignedDuration::from_hours(1);

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
    pub handed_on: Vec<Known>,
    /// Where a run that has not ended was handing on.
    pub under_way: Option<UnderWay>,
}

/// An event that was handed on: when it was, if it says so, and its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known(Option<Timestamp>, String);

impl Known {
    /// Returns what is kept of an event that was written in a line.
    pub fn of(line: &str) -> Self {
        let event: Option<Value> = serde_json::from_str(line).ok();
        let at = event
            .as_ref()
            .and_then(|event| event.get("at")?.as_str()?.parse().ok());
        Self(at, key(line))
    }
}

/// What a run was about to do when it began to hand on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnderWay {
    /// The file that it adds to; nothing for standard output.
    pub file: Option<PathBuf>,
    /// How long the file was before.
    pub length: u64,
    /// What tells the file from another one of its name, where the system says so.
    #[serde(default)]
    pub mark: Option<String>,
    /// Up to when the run had read.
    #[serde(default)]
    pub to: Option<Timestamp>,
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

    /// Returns up to when what happened is known to have been read.
    pub fn reached(&self) -> Timestamp {
        let tried = self.under_way.as_ref().and_then(|under_way| under_way.to);
        self.read_to.or(tried).unwrap_or(self.from)
    }

    /// Tells whether it begins at a moment that is yet to come, and follows from no event: then it is a wrong clock that
    /// it was begun by.
    pub fn is_begun_too_late(&self, now: Timestamp) -> bool {
        self.from > now && self.handed_on.is_empty() && self.under_way.is_none()
    }

    /// Returns those of the events that were not handed on yet.
    pub fn fresh<'a>(&self, read: &'a [Entry]) -> Vec<&'a Entry> {
        let mut before: HashMap<&str, usize> = HashMap::new();
        for Known(_, key) in &self.handed_on {
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
        // A stamp from the future would have all pass by that happens until then.
        let latest = read
            .iter()
            .filter_map(|entry| entry.at)
            .max()
            .map(|at| at.min(to));
        let from = latest.map_or(self.from, |at| (at - ONCE_MORE).max(self.from));
        let read: Vec<Known> = read
            .iter()
            .map(|entry| Known(entry.at, key(&entry.line)))
            .collect();
        let mut listed: HashMap<&str, usize> = HashMap::new();
        for Known(_, key) in &read {
            *listed.entry(key).or_default() += 1;
        }
        // What was not listed this time, as where a clock is wrong, may be listed again.
        let is_left_out = |known: &&Known| match listed.get_mut(known.1.as_str()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => known.0.is_some(),
        };
        let left_out: Vec<Known> = self.handed_on.iter().filter(is_left_out).cloned().collect();
        // One without a time cannot be told to be over.
        let may_come_again = |known: &Known| known.0.is_none_or(|at| at >= from);
        Self {
            from,
            read_to: Some(to),
            handed_on: read.into_iter().chain(left_out).filter(may_come_again).collect(),
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
        assert_eq!((next.from, next.read_to), (at(6400), Some(at(20_000))));
        assert_eq!(next.handed_on, [Known(Some(at(10_000)), "id new".to_owned())]);
        let nothing = next.behind(&[], at(30_000));
        assert_eq!((nothing.from, nothing.read_to), (at(6400), Some(at(30_000))));
        assert_eq!(cursor.behind(&[entry(1, "a")], at(2)).from, at(0));
    }

    #[test]
    fn what_is_not_listed_for_once_is_not_forgotten() {
        let read = [entry(1, "a"), entry(1, ""), entry(1, ""), entry(3, "b")];
        let next = Cursor::new(binding(), false, at(0)).behind(&read, at(9));
        let later = next.behind(&read[..2], at(10)).behind(&[], at(11));
        assert_eq!(later.fresh(&read).len(), 0);
        assert_eq!(later.handed_on.len(), 4);
    }

    #[test]
    fn what_is_kept_of_a_line_is_what_is_kept_of_its_event() {
        let entry = entry(7, "a");
        assert_eq!(Known::of(&entry.line), Known(Some(at(7)), "id a".to_owned()));
        assert_eq!(Known::of("{\"torn"), Known(None, "{\"torn".to_owned()));
    }

    #[test]
    fn a_stamp_from_the_future_does_not_have_what_is_to_come_pass_by() {
        let cursor = Cursor::new(binding(), false, at(0));
        let next = cursor.behind(&[entry(90_000_000, "ahead")], at(10_000));
        assert_eq!(next.from, at(6400));
        assert_eq!(next.handed_on.len(), 1);
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
