//! `follow_audit_events`: an export of audit events that goes on where the last one ended.
//!
//! A script only says which events are to be followed, and ends in that. Where they go to and how far they have come is
//! kept by the caller, who reads them through the [`Feed`]: the two belong together, or events get lost.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use rhai::{Dynamic, Engine};

use crate::fleet::{Error, Event, EventQuery, Kind, Result, Vendor};
use crate::output::{Document, Format, Style, render};
use crate::plan::Binding;

use super::arguments::Arguments;
use super::connection::Fleet;
use super::function::{Effect, Function};
use super::options::Options;
use super::records::{EventRecord, Record};

/// RealVNC keeps audit events for so many days, and shows none that are older.
pub const DAYS_OF_EVENTS: i64 = 30;

/// Returns the moment since which the vendor has events.
pub fn kept_since(now: Timestamp) -> Timestamp {
    now.checked_sub(Span::new().hours(24 * DAYS_OF_EVENTS))
        .unwrap_or(Timestamp::MIN)
}

/// Audit events that are to be followed under a name.
#[derive(Clone)]
pub struct Feed {
    /// The name under which it is kept how far they have come.
    pub cursor: String,
    /// Whether only sessions between people and computers are followed.
    pub connections_only: bool,
    /// Where to begin if nothing is kept under that name yet.
    pub begins: Option<Timestamp>,
    fleet: Fleet,
}

/// An event on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When the vendor received it, if it says so.
    pub at: Option<Timestamp>,
    /// All of it as JSON in one line, the vendor's own record included, without the end of the line.
    pub line: String,
}

impl Feed {
    /// Returns the feed that a script has ended in, if it has.
    pub fn of(value: &Dynamic) -> Option<Self> {
        value.clone().try_cast()
    }

    /// Returns whose events they are.
    pub fn binding(&self) -> &Binding {
        self.fleet.binding()
    }

    /// Reads the events of an interval, both ends included, oldest first.
    pub fn read(&self, from: Timestamp, to: Timestamp) -> Result<Vec<Entry>> {
        let query = EventQuery {
            from,
            to,
            connections_only: self.connections_only,
        };
        let events = self.fleet.read(|reader| reader.events(&query))?;
        events.into_iter().map(entry).collect()
    }
}

impl fmt::Debug for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "feed '{}'", self.cursor)
    }
}

fn entry(event: Event) -> Result<Entry> {
    let at = event.at;
    let record = EventRecord::from(event);
    let fields = EventRecord::FIELDS.iter();
    let parts: Result<Vec<_>> = fields
        .map(|field| Ok((field.name.to_owned(), (field.read)(&record)?)))
        .collect();
    let mut line = Vec::new();
    let written = render(
        &Document::Record(parts?),
        Format::JsonLines,
        &Style::default(),
        &mut line,
    );
    let line = written
        .map_err(|e| e.to_string())
        .and_then(|_| String::from_utf8(line).map_err(|e| e.to_string()))
        .map_err(|why| Error::new(Kind::Vendor, format!("an event cannot be written as JSON: {why}")))?;
    Ok(Entry {
        at,
        line: line.trim_end_matches('\n').to_owned(),
    })
}

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "follow_audit_events",
        parameters: &[("cursor", "string")],
        returns: "Feed",
        about: "Follows the audit events under a name: where a script ends in it, the events that were not handed on under this name \
                before are added to the file of --out, or written to standard output, as JSON lines. RemotePC has no audit events.",
        example: "follow_audit_events(\"siem\")",
        operations: &["getTeamEvents"],
        effect: Effect::Read,
        body: |call| follow(call, &Options::none(call)),
    },
    Function {
        name: "follow_audit_events",
        parameters: &[("cursor", "string"), ("options", "map")],
        returns: "Feed",
        about: "Follows the audit events under a name. Options: `from` (a moment, or an ISO 8601 date in UTC) is where a new name begins, \
                else 30 days ago; `connections_only: true` for sessions between people and computers, which a name keeps to.",
        example: "follow_audit_events(\"siem\", #{ connections_only: true })",
        operations: &["getTeamEvents"],
        effect: Effect::Read,
        body: |call| follow(call, &call.options(1, &["from", "connections_only"])?),
    },
];

fn follow(call: &Arguments<'_>, options: &Options) -> Result<Dynamic> {
    let fleet = call.fleet.clone();
    if fleet.vendor() != Vendor::RealVnc {
        let nothing = EventQuery {
            from: Timestamp::UNIX_EPOCH,
            to: Timestamp::UNIX_EPOCH,
            connections_only: false,
        };
        // The vendor's own words for it.
        fleet.read(|reader| reader.events(&nothing))?;
    }
    Ok(Dynamic::from(Feed {
        cursor: call.name(0)?,
        connections_only: options.flag("connections_only")?,
        begins: options.moment("from", |when| when.start(&TimeZone::UTC))?,
        fleet,
    }))
}

/// Registers the type.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Feed>("Feed");
    for name in ["to_string", "to_debug"] {
        engine.register_fn(name, |feed: &mut Feed| format!("{feed:?}"));
    }
}
