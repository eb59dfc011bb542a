//! How many requests go in a second, reckoned from two counters.

use std::time::Duration;

use tokio::time::Instant;

const SECOND: Duration = Duration::from_secs(1);

/// Counts what goes, by the second.
#[derive(Debug, Default)]
pub(super) struct Meter {
    /// When the present second began; absent before the first count.
    since: Option<Instant>,
    present: u32,
    last: u32,
}

impl Meter {
    /// Counts one.
    pub(super) fn count(&mut self, now: Instant) {
        let Some(since) = self.since else {
            (self.since, self.present) = (Some(now), 1);
            return;
        };
        let passed = now.saturating_duration_since(since);
        if passed >= SECOND * 2 {
            (self.since, self.present, self.last) = (Some(now), 0, 0);
        } else if passed >= SECOND {
            (self.since, self.present, self.last) = (Some(since + SECOND), 0, self.present);
        }
        self.present += 1;
    }

    /// Returns how many went in the second before this moment, taking those of the last counter as evenly spread.
    pub(super) fn per_second(&self, now: Instant) -> f64 {
        let passed = self
            .since
            .map_or(Duration::MAX, |since| now.saturating_duration_since(since));
        // The part of the second that lies in the time of each counter, where it has not gone by altogether.
        let part = |of: u32, age: Duration| f64::from(of) * (1.0 - age.as_secs_f64()).clamp(0.0, 1.0);
        part(self.present, passed.saturating_sub(SECOND)) + part(self.last, passed)
    }
}
