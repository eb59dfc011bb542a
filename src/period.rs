//! A length of time as an administrator writes it: `90d`, `1M`, `P1Y2M`, `3600`.
//!
//! A bare number is seconds. The units are `s m h d w M y`; case matters, `m` is a minute and `M` a month. What starts
//! with `P` is an ISO 8601 duration. Months and years follow the calendar, reckoned in UTC. Fractions, signs and
//! nothing at all are refused, and so is zero: "older than nothing" means everything.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, SpanFieldwise, Timestamp};

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

impl Period {
    /// Returns the first day, in UTC, on which what happened at `at` lies more than this period back.
    pub fn over_on(self, at: Timestamp) -> Result<Date, PeriodError> {
        /// By the calendar a month before a day and a month after one differ by so many days at most.
        const AROUND: i64 = 4;
        let too_long = |_| PeriodError::TooLong(self.to_string());
        let about = self.after(at)?.to_zoned(TimeZone::UTC).date();
        for days in -AROUND..=AROUND {
            let day = about.checked_add(Span::new().days(days)).map_err(too_long)?;
            let next = day.tomorrow().and_then(|next| next.to_zoned(TimeZone::UTC));
            // Not the moment after it, which the calendar may lead further back than all of the day.
            let last = next.map_err(too_long)?.timestamp() - SignedDuration::from_nanos(1);
            if self.before(last)? > at {
                return Ok(day);
            }
        }
        Err(PeriodError::TooLong(self.to_string()))
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
mod tests;
