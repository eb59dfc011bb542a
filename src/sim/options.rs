//! What every simulated company is asked for: a seed, a day, a size.

use jiff::Timestamp;

use super::Error;

/// The seed of the demo.
pub const DEFAULT_SEED: u64 = 1;
/// How many computers the demo has.
pub const DEFAULT_SIZE: usize = 200;
/// The largest company: more computers than any vendor's customer has, and still made in seconds.
pub const LARGEST_SIZE: usize = 200_000;

/// Returns 00:00 UTC of a day.
pub fn midnight(day: Timestamp) -> Timestamp {
    let second = day.as_second();
    Timestamp::from_second(second - second.rem_euclid(24 * 60 * 60)).unwrap_or(day)
}

/// Checks a size.
pub fn check_size(size: usize) -> Result<(), Error> {
    if size <= LARGEST_SIZE {
        return Ok(());
    }
    Err(Error::BadOption {
        option: "the size of a simulated team",
        value: size.to_string(),
        allowed: format!("{LARGEST_SIZE} computers is the most"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_utc() {
        let at: Timestamp = "2026-11-20T17:23:11.5Z".parse().unwrap();
        assert_eq!(midnight(at).to_string(), "2026-11-20T00:00:00Z");
        let early: Timestamp = "1969-12-31T23:59:59Z".parse().unwrap();
        assert_eq!(midnight(early).to_string(), "1969-12-31T00:00:00Z");
    }

    #[test]
    fn a_company_beyond_all_bounds_is_refused() {
        assert!(check_size(LARGEST_SIZE).is_ok());
        assert_eq!(
            check_size(LARGEST_SIZE + 1).unwrap_err().to_string(),
            "the size of a simulated team cannot be 200001; 200000 computers is the most"
        );
    }
}
