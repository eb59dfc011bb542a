//! A point in time as an administrator writes it: an ISO 8601 date (a whole day) or timestamp (a moment).
//!
//! A date is a day in some zone, so that whoever needs moments has to name one. Dates by the custom of a country are
//! refused: `01/02/2024` is January to one reader and February to another.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// What is expected, for messages.
pub const EXPECTED: &str =
    "an ISO 8601 date such as `2024-02-01`, or a timestamp with its zone such as `2024-02-01T08:30:00Z`";

/// A whole day, or one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// All of a day, in a zone that the reader of the value chooses.
    Day(Date),
    /// One moment.
    Moment(Timestamp),
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// There is no text.
    #[error("a date is missing")]
    Empty,
    /// Day and month cannot be told apart.
    #[error("`{0}` can be read in two ways; write year, month and day: `2024-02-01`")]
    Ambiguous(String),
    /// A time of day stands without a zone.
    #[error("`{0}` has a time of day but no zone; add `Z` for UTC or an offset such as `+02:00`")]
    NoZone(String),
    /// The text looks right but there is no such day or time.
    #[error("`{0}` is not in the calendar")]
    NoSuchDay(String),
    /// The text is nothing like a date.
    #[error("`{0}` is not a date")]
    Nonsense(String),
}

impl When {
    /// Returns the first moment: the start of the day in `zone`, or the moment itself.
    pub fn start(self, zone: &TimeZone) -> Result<Timestamp, WhenError> {
        match self {
            Self::Moment(at) => Ok(at),
            Self::Day(day) => self.midnight(day, zone),
        }
    }

    /// Returns the first moment that is no longer in it: the start of the next day in `zone`, or the moment itself.
    pub fn end(self, zone: &TimeZone) -> Result<Timestamp, WhenError> {
        match self {
            Self::Moment(at) => Ok(at),
            Self::Day(day) => {
                let next = day
                    .tomorrow()
                    .map_err(|_| WhenError::NoSuchDay(self.to_string()))?;
                self.midnight(next, zone)
            }
        }
    }

    fn midnight(self, day: Date, zone: &TimeZone) -> Result<Timestamp, WhenError> {
        day.to_zoned(zone.clone())
            .map(|z| z.timestamp())
            .map_err(|_| WhenError::NoSuchDay(self.to_string()))
    }
}

impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        let text = text.trim();
        let owned = || text.to_owned();
        if text.is_empty() {
            return Err(WhenError::Empty);
        }
        if by_custom(text) {
            return Err(WhenError::Ambiguous(owned()));
        }
        if !iso_shaped(text) {
            return Err(WhenError::Nonsense(owned()));
        }
        if text.len() == 10 {
            return text
                .parse()
                .map(Self::Day)
                .map_err(|_| WhenError::NoSuchDay(owned()));
        }
        if let Ok(moment) = text.parse() {
            return Ok(Self::Moment(moment));
        }
        match text.parse::<DateTime>() {
            Ok(_) => Err(WhenError::NoZone(owned())),
            Err(_) if text[..10].parse::<Date>().is_err() => Err(WhenError::NoSuchDay(owned())),
            Err(_) => Err(WhenError::Nonsense(owned())),
        }
    }
}

/// Tells whether the text is two or three short numbers with `/`, `.` or `-` between, and not the year first.
fn by_custom(text: &str) -> bool {
    let first = text.split([' ', 'T', ',']).next().unwrap_or_default();
    ['/', '.', '-'].iter().any(|sign| {
        let parts: Vec<&str> = first.split(*sign).collect();
        let numbers = parts
            .iter()
            .all(|p| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit()));
        (2..=3).contains(&parts.len()) && numbers && (*sign == '/' || parts[0].len() <= 2)
    })
}

/// Tells whether the text begins with four, two and two digits between hyphens.
fn iso_shaped(text: &str) -> bool {
    text.len() >= 10
        && text.is_char_boundary(10)
        && text.bytes().take(10).enumerate().all(|(i, b)| {
            if i == 4 || i == 7 {
                b == b'-'
            } else {
                b.is_ascii_digit()
            }
        })
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Moment(at) => at.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_the_whole_day_and_its_end_includes_it() {
        let day: When = "2024-02-29".parse().unwrap();
        assert_eq!(
            day.start(&TimeZone::UTC).unwrap().to_string(),
            "2024-02-29T00:00:00Z"
        );
        assert_eq!(
            day.end(&TimeZone::UTC).unwrap().to_string(),
            "2024-03-01T00:00:00Z"
        );
    }

    #[test]
    fn a_timestamp_is_one_moment() {
        let moment: When = "2024-02-01T08:30:00+02:00".parse().unwrap();
        assert_eq!(
            moment.start(&TimeZone::UTC).unwrap().to_string(),
            "2024-02-01T06:30:00Z"
        );
        assert_eq!(moment.start(&TimeZone::UTC), moment.end(&TimeZone::UTC));
    }

    #[test]
    fn a_date_by_custom_is_refused_with_the_form_to_use() {
        for text in ["01/02/2024", "1.2.2024", "01-02-2024", "2024/01/02", "1/2/24"] {
            let error = text.parse::<When>().unwrap_err();
            assert!(matches!(error, WhenError::Ambiguous(_)), "{text}: {error}");
            assert!(error.to_string().contains("2024-02-01"));
        }
    }

    #[test]
    fn a_time_without_a_zone_and_days_that_are_not_are_refused() {
        assert!(matches!(
            "2024-02-01T08:30:00".parse::<When>(),
            Err(WhenError::NoZone(_))
        ));
        assert!(matches!(
            "2024-02-30".parse::<When>(),
            Err(WhenError::NoSuchDay(_))
        ));
        assert!(matches!(
            "2024-02-30T10:00:00Z".parse::<When>(),
            Err(WhenError::NoSuchDay(_))
        ));
        assert!(matches!("yesterday".parse::<When>(), Err(WhenError::Nonsense(_))));
        assert!(matches!(
            "2024-02-0é and more".parse::<When>(),
            Err(WhenError::Nonsense(_))
        ));
        assert!(matches!("".parse::<When>(), Err(WhenError::Empty)));
    }
}
