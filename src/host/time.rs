//! Moments and periods in scripts.
//!
//! A comparison of a moment with anything but a moment throws: `!(c.last_seen > cutoff)` must not condemn a computer
//! of which nobody knows when it was last seen.

use std::cmp::Ordering;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use rhai::{Dynamic, Engine, EvalAltResult, INT};

use crate::fleet::{Error, Kind, Result};
use crate::period::Period;
use crate::when::When;

use super::arguments::Arguments;
use super::errors::raise;
use super::function::{Effect, Function};
use super::value::type_name;

/// A moment, as scripts hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub Timestamp);

/// The functions about time.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "now",
        parameters: &[],
        returns: "Timestamp",
        about: "Returns the present moment.",
        example: "now() > ago(\"1d\")",
        operations: &[],
        effect: Effect::None,
        body: |call| Ok(Dynamic::from(Moment(call.fleet.world().now()))),
    },
    Function {
        name: "ago",
        parameters: &[("period", "Period|string")],
        returns: "Timestamp",
        about: "Returns the moment that lies a period before now: \"90d\", \"3M\" (months), \"P1Y\"; a bare number is seconds. \
                Months and years follow the calendar in UTC.",
        example: "ago(\"90d\") < now()",
        operations: &[],
        effect: Effect::None,
        body: |call| {
            let now = call.fleet.world().now();
            let at = period(call, 0)?
                .before(now)
                .map_err(|e| Error::new(Kind::Invalid, e.to_string()))?;
            Ok(Dynamic::from(Moment(at)))
        },
    },
    Function {
        name: "time",
        parameters: &[("text", "string|date")],
        returns: "Timestamp",
        about: "Reads a moment from an ISO 8601 timestamp with a zone, such as \"2026-01-31T08:30:00Z\"; of a date, the first \
                moment of the day in UTC.",
        example: "time(\"2026-01-31T08:30:00Z\") < now()",
        operations: &[],
        effect: Effect::None,
        body: |call| {
            let when = match call.values[0].clone().try_cast::<When>() {
                Some(when) => Ok(when),
                None => call.text(0)?.parse::<When>(),
            };
            let at = when.and_then(|when| when.start(&TimeZone::UTC)).map_err(|e| {
                Error::new(Kind::Invalid, e.to_string()).hint(format!("write {}", crate::when::EXPECTED))
            })?;
            Ok(Dynamic::from(Moment(at)))
        },
    },
];

fn period(call: &Arguments<'_>, index: usize) -> Result<Period> {
    if let Some(period) = call.values[index].clone().try_cast::<Period>() {
        return Ok(period);
    }
    let text = call.text(index)?;
    text.parse().map_err(|e: crate::period::PeriodError| {
        Error::new(Kind::Invalid, e.to_string()).hint(format!("write {}", crate::period::EXPECTED))
    })
}

/// Registers the types and how they compare, print and count.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Moment>("Timestamp");
    engine.register_fn("to_string", |moment: Moment| moment.0.to_string());
    engine.register_fn("to_debug", |moment: Moment| moment.0.to_string());
    engine.register_fn("days_until", |from: Moment, to: Moment| days(from, to));
    engine.register_fn("==", |a: Moment, b: Moment| a == b);
    engine.register_fn("!=", |a: Moment, b: Moment| a != b);
    engine.register_fn("<", |a: Moment, b: Moment| a < b);
    engine.register_fn("<=", |a: Moment, b: Moment| a <= b);
    engine.register_fn(">", |a: Moment, b: Moment| a > b);
    engine.register_fn(">=", |a: Moment, b: Moment| a >= b);
    for (operator, holds) in OPERATORS {
        engine.register_fn(operator, move |moment: Moment, day: When| {
            compare(moment, day).map(holds)
        });
        engine.register_fn(operator, move |day: When, moment: Moment| {
            compare(moment, day).map(|order| holds(order.reverse()))
        });
        if matches!(operator, "==" | "!=") {
            continue;
        }
        engine.register_fn(operator, move |_: Moment, other: Dynamic| {
            incomparable(operator, &other)
        });
        engine.register_fn(operator, move |other: Dynamic, _: Moment| {
            incomparable(operator, &other)
        });
    }
}

/// An operator, and what it makes of an order.
type Operator = (&'static str, fn(Ordering) -> bool);

/// The operators that compare.
const OPERATORS: [Operator; 6] = [
    ("==", Ordering::is_eq),
    ("!=", Ordering::is_ne),
    ("<", Ordering::is_lt),
    ("<=", Ordering::is_le),
    (">", Ordering::is_gt),
    (">=", Ordering::is_ge),
];

/// Tells where a moment lies to a date: before its day in UTC, within it (which counts as equal), or after it.
fn compare(moment: Moment, when: When) -> std::result::Result<Ordering, Box<EvalAltResult>> {
    let edge = |edge: std::result::Result<Timestamp, crate::when::WhenError>| {
        edge.map_err(|e| raise(&Error::new(Kind::Invalid, e.to_string())))
    };
    let (start, end) = (edge(when.start(&TimeZone::UTC))?, edge(when.end(&TimeZone::UTC))?);
    Ok(match moment.0 {
        at if at < start => Ordering::Less,
        at if at == start || at < end => Ordering::Equal,
        _ => Ordering::Greater,
    })
}

/// Whole days from one moment to the other, rounded towards zero.
fn days(from: Moment, to: Moment) -> INT {
    from.0
        .until((Unit::Hour, to.0))
        .map_or(0, |span| INT::from(span.get_hours()) / 24)
}

fn incomparable(operator: &str, other: &Dynamic) -> std::result::Result<bool, Box<EvalAltResult>> {
    let (what, hint) = if other.is_unit() {
        (
            "nothing: the vendor did not say".to_owned(),
            "ask first whether it is known: `c.last_seen != () && …`, or `last_seen != () && …` in --where",
        )
    } else {
        (
            format!("a value of type {}", type_name(other)),
            "compare it with a moment: now(), ago(\"90d\"), time(\"…\")",
        )
    };
    Err(raise(
        &Error::new(
            Kind::Invalid,
            format!("`{operator}` cannot compare a moment with {what}"),
        )
        .hint(hint),
    ))
}
