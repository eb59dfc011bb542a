//! What the cleanup policy answers about a computer, by a script of its own that asks it as the clean-ups do.
//!
//! The day on which a computer becomes stale is found by asking at the ends of other days, which are supposed to be the present, and
//! the records stay as they were listed. So it takes the policy to be monotone: what is stale on a day is so on all that follow.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use rhai::{Array, Dynamic, Engine, FnPtr, Map, Module, NativeCallContext};

use crate::fleet::{Computer, Error, Kind, Loaded, Result};
use crate::host::connection::Fleet;
use crate::host::errors::raise_at;
use crate::host::records::ComputerRecord;
use crate::period::Period;
use crate::plan::Survey;
use crate::script::{self, Library, Origin, ParamValue, Source};

/// For how many years from today the day is looked for.
pub const YEARS: i64 = 10;

/// As many days, or a few more.
const DAYS: i64 = YEARS * 366;

/// What the policy answers, and what the clean-ups make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfPolicy {
    /// The answers, in the order in which they were asked for.
    pub asked: Vec<Asked>,
    /// Why the computer does not go for its age; `None` where it does.
    pub why: Option<String>,
    /// Why it would stay if it were stale.
    pub held: Option<String>,
    /// When it becomes stale.
    pub when: When,
    /// What becomes of it as one of several records of a machine.
    pub duplicate: Duplicate,
}

/// An answer of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The function.
    pub function: String,
    /// What it answered.
    pub answer: String,
    /// What it looked at.
    pub value: String,
}

/// When a computer becomes stale by the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// On this day, in UTC, at its end at the latest.
    On(Date),
    /// On this day, if it is offline from now on.
    OnceOffline(Date),
    /// On none of the days that were looked at, [`YEARS`] of them; why it is kept on the last.
    NotWithin(String),
}

/// What becomes of a computer as one of several records of a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// Why its set is left alone; `None` where the survivor stays and the others go.
    pub why: Option<String>,
    /// The id of the one that stays.
    pub survivor: Option<String>,
    /// What that one is called then.
    pub gets: Option<String>,
    /// The ids of those that go.
    pub others: Vec<String>,
}

/// Registers what the script has besides the functions of every script, in a module of its own: as functions without one they
/// would take their names from a policy, and only here.
pub fn register(engine: &mut Engine, fleet: &Fleet, survey: &Survey) {
    let mut module = Module::new();
    let records: Array = survey
        .computers()
        .iter()
        .map(|computer| Dynamic::from(ComputerRecord::from(computer.clone())))
        .collect();
    module.set_native_fn("surveyed", move || Ok(records.clone()));
    module.set_native_fn("offline", |computer: ComputerRecord| {
        let online = Loaded::Yes(Some(false));
        Ok(ComputerRecord(Arc::new(Computer {
            online,
            ..(*computer.0).clone()
        })))
    });
    let fleet = fleet.clone();
    let at_end_of = move |context: NativeCallContext, day: i64, asked: FnPtr| {
        if context.call_source().is_some_and(script::is_policy) {
            return Err(raise_at(&of_explain(), context.call_position()));
        }
        let world = fleet.world();
        let end = end_of(day_from(world.clock.now(), day));
        world.suppose(end, || asked.call_within_context::<Dynamic>(&context, ()))
    };
    module.set_native_fn("at_end_of", at_end_of);
    engine.register_static_module("explain", module.into());
}

/// A policy that sets the clock would answer differently where it decides.
fn of_explain() -> Error {
    Error::new(
        Kind::Refused,
        "not allowed to call `explain::at_end_of` in the cleanup policy",
    )
    .hint("a policy is told the moment that counts: use now() and ago(…)")
}

/// Returns the script.
pub fn asking(library: &Library) -> Source {
    Source {
        origin: Origin::Shipped,
        ..library.keep("shipped:explain", include_str!("policy.rhai"))
    }
}

/// Returns the values of its parameters.
pub fn given(computer: &Computer, period: Period, now: Timestamp) -> BTreeMap<String, ParamValue> {
    let last_seen = computer.last_seen.filter(|at| *at <= now);
    let likely = last_seen
        .and_then(|at| period.over_on(at).ok())
        .map_or(0, |day| day_of(now).duration_until(day).as_hours() / 24);
    let int = |name: &str, value| (name.to_owned(), ParamValue::Int(value));
    BTreeMap::from([
        ("id".to_owned(), ParamValue::String(computer.id.to_string())),
        ("period".to_owned(), ParamValue::Period(period)),
        int("likely", likely),
        int("last", likely.max(0) + DAYS),
    ])
}

/// Reads what the script ends in.
pub fn answered(value: &Dynamic, fleet: &Fleet) -> Result<OfPolicy> {
    read(value, fleet.world().clock.now()).ok_or_else(|| {
        Error::new(
            Kind::Invalid,
            format!("the answers of the cleanup policy cannot be read: {value}"),
        )
    })
}

fn read(value: &Dynamic, now: Timestamp) -> Option<OfPolicy> {
    let map = value.read_lock::<Map>()?;
    let duplicate = map.get("duplicate")?.read_lock::<Map>()?;
    let day = |key: &str| Some(map.get(key)?.as_int().ok().map(|day| day_from(now, day)));
    let when = match (day("day")?, day("once_offline")?) {
        (Some(day), _) => When::On(day),
        (None, Some(day)) => When::OnceOffline(day),
        (None, None) => When::NotWithin(text(map.get("kept_then")?).unwrap_or_default()),
    };
    let others = duplicate.get("others")?.read_lock::<Array>()?;
    let rows = map.get("rows")?.read_lock::<Array>()?;
    let asked = rows.iter().map(|row| {
        let [function, answer, value] = row
            .read_lock::<Array>()?
            .iter()
            .map(Dynamic::to_string)
            .collect::<Vec<_>>()
            .try_into()
            .ok()?;
        Some(Asked {
            function,
            answer,
            value,
        })
    });
    Some(OfPolicy {
        asked: asked.collect::<Option<_>>()?,
        why: text(map.get("why")?),
        held: text(map.get("held")?),
        when,
        duplicate: Duplicate {
            why: text(duplicate.get("why")?),
            survivor: text(duplicate.get("survivor")?),
            gets: text(duplicate.get("gets")?),
            others: others.iter().map(Dynamic::to_string).collect(),
        },
    })
}

/// Returns the text that a value is; nothing for `()`.
fn text(value: &Dynamic) -> Option<String> {
    (!value.is_unit()).then(|| value.to_string())
}

fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// Returns the day so many days from a moment's; the last or the first of the calendar where it has none.
fn day_from(at: Timestamp, days: i64) -> Date {
    day_of(at).saturating_add(days.clamp(-DAYS * 1000, DAYS * 1000).days())
}

/// Returns the last moment of a day in UTC.
fn end_of(day: Date) -> Timestamp {
    let next = day.tomorrow().and_then(|next| next.to_zoned(TimeZone::UTC));
    next.map_or(Timestamp::MAX, |next| {
        next.timestamp() - SignedDuration::from_nanos(1)
    })
}
