//! A length of time as an administrator writes it: `90d`, `1M`, `P1Y2M`, `3600`.
//!
//! A bare number is seconds. The units are `s m h d w M y`; case matters, `m` is a minute and `M` a month. What starts
//! with `P` is an ISO 8601 duration. Months and years follow the calendar, reckoned in UTC. Fractions, signs and
//! nothing at all are refused, and so is zero: "older than nothing" means everything.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use jiff::{Span, SpanFieldwise, Timestamp};

/// The units from the longest to the shortest, in the order in which they may be written.
const UNITS: [(char, &str); 7] = [
    ('y', "years"),
    ('M', "months"),
    ('w', "weeks"),
    ('d', "days"),
    ('h', "hours"),
    ('m', "minutes"),
    ('s', "seconds"),
];

/// What is expected, for messages.
pub const EXPECTED: &str = "a number of seconds, or numbers with s, m (minutes), h, d, w, M (months) or y, e.g. `90d`, or ISO 8601, e.g. `P3M`";

/// A length of time longer than zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period(SpanFieldwise);

/// Why a text is not a period, or why a period leads out of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// There is no text.
    #[error("a period is missing")]
    Empty,
    /// The period has a sign.
    #[error("`{0}` has a sign; a period is a length and has none")]
    Signed(String),
    /// The period has a fraction.
    #[error("`{0}` has a fraction; whole numbers only")]
    Fraction(String),
    /// A unit is not one of those that are known.
    #[error("`{unit}` in `{text}` is not a unit of time{hint}")]
    Unit {
        /// The whole text.
        text: String,
        /// The unit as written.
        unit: String,
        /// "; did you mean …?" or nothing.
        hint: String,
    },
    /// Units are repeated or a shorter one stands before a longer one.
    #[error("the units of `{0}` must go from the longest to the shortest, each once")]
    Order(String),
    /// The text is nothing like a period.
    #[error("`{0}` is not a period")]
    Nonsense(String),
    /// The period is longer than the calendar.
    #[error("`{0}` is too long")]
    TooLong(String),
    /// The period is zero.
    #[error("`{0}` is no time at all")]
    Zero(String),
}

impl Period {
    /// Returns the moment that lies this period before `at`, by the calendar in UTC.
    pub fn before(self, at: Timestamp) -> Result<Timestamp, PeriodError> {
        at.to_zoned(TimeZone::UTC)
            .checked_sub(self.0.0)
            .map(|z| z.timestamp())
            .map_err(|_| PeriodError::TooLong(self.to_string()))
    }

    /// Returns the moment that lies this period after `at`, by the calendar in UTC.
    pub fn after(self, at: Timestamp) -> Result<Timestamp, PeriodError> {
        at.to_zoned(TimeZone::UTC)
            .checked_add(self.0.0)
            .map(|z| z.timestamp())
            .map_err(|_| PeriodError::TooLong(self.to_string()))
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PeriodError::Empty);
        }
        if text.starts_with(['-', '+', '−']) {
            return Err(PeriodError::Signed(text.to_owned()));
        }
        let span = if text.starts_with(['P', 'p']) {
            iso(text)?
        } else {
            counted(text)?
        };
        if span.is_zero() {
            return Err(PeriodError::Zero(text.to_owned()));
        }
        Ok(Self(span.fieldwise()))
    }
}

fn iso(text: &str) -> Result<Span, PeriodError> {
    let nonsense = || PeriodError::Nonsense(text.to_owned());
    if text.contains(['.', ',']) {
        return Err(PeriodError::Fraction(text.to_owned()));
    }
    // jiff would take a sign inside, too, and its own friendly format.
    if !text
        .chars()
        .all(|c| c.is_ascii_digit() || "PTYMWDHSptymwdhs".contains(c))
    {
        return Err(nonsense());
    }
    text.parse::<Span>().map_err(|_| {
        if text.len() > 12 && text.chars().any(|c| c.is_ascii_digit()) {
            PeriodError::TooLong(text.to_owned())
        } else {
            nonsense()
        }
    })
}

fn counted(text: &str) -> Result<Span, PeriodError> {
    let owned = || text.to_owned();
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(PeriodError::Nonsense(owned()));
    }
    let mut span = Span::new();
    let mut rest = text;
    let mut longest_allowed = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let ends = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (unit, next) = after.split_at(ends);
        if unit.contains(['.', ',']) {
            return Err(PeriodError::Fraction(owned()));
        }
        let place = if unit.is_empty() && number == text {
            UNITS.len() - 1
        } else {
            place_of(unit, text)?
        };
        if place < longest_allowed {
            return Err(PeriodError::Order(owned()));
        }
        longest_allowed = place + 1;
        let count: i64 = number.parse().map_err(|_| PeriodError::TooLong(owned()))?;
        span = with_unit(span, UNITS[place].0, count).map_err(|_| PeriodError::TooLong(owned()))?;
        rest = next;
    }
    Ok(span)
}

fn place_of(unit: &str, text: &str) -> Result<usize, PeriodError> {
    let mut letters = unit.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && let Some(place) = UNITS.iter().position(|(u, _)| *u == letter)
    {
        return Ok(place);
    }
    let wanted = unit.trim();
    // `90D`, `90 days` and `3mo` are guessed; an `m` for a month cannot be.
    let guess = match wanted.to_lowercase().as_str() {
        "mo" | "mon" | "month" | "months" => Some('M'),
        "min" | "mins" | "minute" | "minutes" => Some('m'),
        other => UNITS
            .iter()
            .find(|(u, name)| other == u.to_string() || (other.len() > 1 && name.starts_with(other)))
            .map(|(u, _)| *u),
    };
    let hint = guess.map_or_else(String::new, |g| {
        format!("; did you mean `{}`?", text.replacen(unit, &g.to_string(), 1))
    });
    Err(PeriodError::Unit {
        text: text.to_owned(),
        unit: wanted.to_owned(),
        hint,
    })
}

fn with_unit(span: Span, unit: char, count: i64) -> Result<Span, jiff::Error> {
    match unit {
        'y' => span.try_years(count),
        'M' => span.try_months(count),
        'w' => span.try_weeks(count),
        'd' => span.try_days(count),
        'h' => span.try_hours(count),
        'm' => span.try_minutes(count),
        _ => span.try_seconds(count),
    }
}

impl fmt::Display for Period {
    /// Writes the period so that it can be read back: `1y2M`, `90d`, `3600s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = self.0.0;
        let counts = [
            i64::from(span.get_years()),
            i64::from(span.get_months()),
            i64::from(span.get_weeks()),
            i64::from(span.get_days()),
            i64::from(span.get_hours()),
            span.get_minutes(),
            span.get_seconds(),
        ];
        for (count, (unit, _)) in counts.into_iter().zip(UNITS) {
            if count != 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(period: &str, at: &str) -> String {
        let period: Period = period.parse().unwrap();
        period.before(at.parse().unwrap()).unwrap().to_string()
    }

    #[test]
    fn a_bare_number_is_seconds() {
        assert_eq!(before("90", "2026-03-01T00:01:30Z"), "2026-03-01T00:00:00Z");
    }

    #[test]
    fn the_case_of_m_tells_minutes_from_months() {
        assert_eq!(before("1m", "2026-03-31T00:00:00Z"), "2026-03-30T23:59:00Z");
        assert_eq!(before("1M", "2026-03-31T00:00:00Z"), "2026-02-28T00:00:00Z");
    }

    #[test]
    fn years_follow_the_calendar() {
        assert_eq!(before("1y", "2024-02-29T12:00:00Z"), "2023-02-28T12:00:00Z");
    }

    #[test]
    fn iso_durations_are_read_as_iso() {
        assert_eq!(before("P1M", "2026-03-31T00:00:00Z"), "2026-02-28T00:00:00Z");
        assert_eq!(before("PT90M", "2026-03-31T01:30:00Z"), "2026-03-31T00:00:00Z");
    }

    #[test]
    fn a_period_is_written_as_it_can_be_read() {
        for text in ["1y2M", "90d", "3600s", "2w1h5m"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        assert_eq!("3600".parse::<Period>().unwrap().to_string(), "3600s");
    }

    #[test]
    fn what_is_no_period_is_refused_with_its_reason() {
        let refused = |text: &str| text.parse::<Period>().unwrap_err().to_string();
        assert_eq!(
            refused("90D"),
            "`D` in `90D` is not a unit of time; did you mean `90d`?"
        );
        assert_eq!(
            refused("90 days"),
            "`days` in `90 days` is not a unit of time; did you mean `90d`?"
        );
        assert_eq!(refused("90x"), "`x` in `90x` is not a unit of time");
        assert!(refused("-90d").contains("sign"));
        assert!(refused("P-1D").contains("not a period"));
        assert!(refused("1.5d").contains("fraction"));
        assert!(refused("PT1.5H").contains("fraction"));
        assert!(refused("").contains("missing"));
        assert!(refused("soon").contains("not a period"));
        assert!(refused("1d1d").contains("each once"));
        assert!(refused("1h2d").contains("longest to the shortest"));
        assert!(refused("1d5").contains("not a unit"));
        assert!(refused("0d").contains("no time at all"));
        assert!(refused("PT0S").contains("no time at all"));
        assert!(refused("P").contains("not a period"));
    }

    #[test]
    fn what_does_not_fit_is_too_long() {
        for text in [
            "99999999999999999999d",
            "9000000000000000000",
            "99999y",
            "P9999999999999Y",
        ] {
            assert!(
                matches!(text.parse::<Period>(), Err(PeriodError::TooLong(_))),
                "{text}"
            );
        }
        let long: Period = "9000y".parse().unwrap();
        let at: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(
            long.before(at).unwrap(),
            "-006974-01-01T00:00:00Z".parse().unwrap()
        );
        assert!(matches!(
            "19000y".parse::<Period>().unwrap().before(at),
            Err(PeriodError::TooLong(_))
        ));
    }
}
