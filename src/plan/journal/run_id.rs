//! The name of a run: `20261120T090000Z-acme-3f9a`.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// How much of a profile's name is taken over.
const LONGEST: usize = 32;

/// A run's name: sorts by time, can be read aloud, and is that of one run only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(String);

impl RunId {
    /// Names a run of a profile that starts now. What tells it from another of the same second is random; where even
    /// that is the same, [`Journal::create`](super::Journal::create) refuses.
    pub fn new(started: Timestamp, profile: &str) -> Self {
        Self::with_tail(started, profile, fastrand::u16(..))
    }

    pub(super) fn with_tail(started: Timestamp, profile: &str, tail: u16) -> Self {
        let second = started.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ");
        Self(format!("{second}-{}-{tail:04x}", file_name(profile)))
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns a profile's name in letters that may stand in the name of a file on any system. Two profiles may have the same.
pub(super) fn file_name(profile: &str) -> String {
    profile
        .chars()
        .take(LONGEST)
        .map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => c,
            _ => '-',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_named_after_its_second_and_its_profile() {
        let at: Timestamp = "2026-11-20T09:00:00.7Z".parse().unwrap();
        assert_eq!(
            RunId::with_tail(at, "acme", 0x3f9a).as_str(),
            "20261120T090000Z-acme-3f9a"
        );
        assert_eq!(
            RunId::with_tail(at, "../Köln west", 7).as_str(),
            "20261120T090000Z----K-ln-west-0007"
        );
        let long = RunId::with_tail(at, &"x".repeat(300), 7);
        assert_eq!(long.as_str().len(), "20261120T090000Z--0007".len() + LONGEST);
    }

    #[test]
    fn a_later_run_comes_later_in_the_alphabet() {
        let at = |text: &str| RunId::with_tail(text.parse().unwrap(), "acme", 0);
        assert!(at("2026-11-20T09:00:01Z") < at("2026-11-20T10:00:00Z"));
        assert!(at("2026-12-31T23:59:59Z") < at("2027-01-01T00:00:00Z"));
    }
}
