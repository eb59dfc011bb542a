//! How a value reads to a person: one line, with nothing in it that a terminal would obey.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Cell;
use crate::text::visible;

/// Where a reader learns the zone of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// The heading says it.
    InHeading,
    /// The value says it.
    InValue,
}

/// Returns a value as a person reads it.
pub(super) fn words(cell: &Cell, zone: Zone) -> Cow<'_, str> {
    match cell {
        Cell::Null => Cow::Borrowed("-"),
        Cell::Bool(true) => Cow::Borrowed("yes"),
        Cell::Bool(false) => Cow::Borrowed("no"),
        Cell::Int(number) => Cow::Owned(number.to_string()),
        Cell::Float(number) => Cow::Owned(float(*number)),
        Cell::Text(text) => visible(text),
        Cell::Time(at) => Cow::Owned(minute(*at, zone)),
        Cell::List(items) => Cow::Owned(joined(items, zone)),
        Cell::Map(pairs) => Cow::Owned(named(pairs, zone)),
    }
}

/// Returns a number that is not whole, in the shortest form that is read back as the same number, always with a point
/// or an exponent: `1.0`, `1e300`.
pub(super) fn float(number: f64) -> String {
    format!("{number:?}")
}

/// Tells whether a value is a time, or a list with one in it.
pub(super) fn tells_time(cell: &Cell) -> bool {
    match cell {
        Cell::Time(_) => true,
        Cell::List(items) => items.iter().any(tells_time),
        Cell::Map(pairs) => pairs.iter().any(|(_, cell)| tells_time(cell)),
        _ => false,
    }
}

fn minute(at: Timestamp, zone: Zone) -> String {
    let at = at.to_zoned(TimeZone::UTC);
    match zone {
        Zone::InHeading => at.strftime("%Y-%m-%d %H:%M").to_string(),
        Zone::InValue => at.strftime("%Y-%m-%d %H:%M UTC").to_string(),
    }
}

fn joined(items: &[Cell], zone: Zone) -> String {
    items
        .iter()
        .map(|item| words(item, zone))
        .collect::<Vec<_>>()
        .join("; ")
}

fn named(pairs: &[(String, Cell)], zone: Zone) -> String {
    pairs
        .iter()
        .map(|(key, cell)| format!("{}: {}", visible(key), words(cell, zone)))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &Cell) -> String {
        words(cell, Zone::InValue).into_owned()
    }

    #[test]
    fn each_sort_of_value_has_its_words() {
        let at: Timestamp = "2026-11-20T08:12:59.9Z".parse().unwrap();
        assert_eq!(read(&Cell::Null), "-");
        assert_eq!(read(&Cell::Bool(true)), "yes");
        assert_eq!(read(&Cell::Bool(false)), "no");
        assert_eq!(read(&Cell::Int(-7)), "-7");
        assert_eq!(read(&Cell::Float(1.0)), "1.0");
        assert_eq!(read(&Cell::Time(at)), "2026-11-20 08:12 UTC");
        assert_eq!(words(&Cell::Time(at), Zone::InHeading), "2026-11-20 08:12");
    }

    #[test]
    fn lists_and_maps_fit_in_one_line() {
        let list = Cell::List(vec![Cell::text("a\nb"), Cell::Null, Cell::Int(3)]);
        assert_eq!(read(&list), r"a\u{a}b; -; 3");
        let map = Cell::Map(vec![("k\u{1b}".to_owned(), Cell::Int(1)), ("l".to_owned(), list)]);
        assert_eq!(read(&map), r"k\u{1b}: 1, l: a\u{a}b; -; 3");
        assert_eq!(read(&Cell::List(vec![])), "");
    }
}
