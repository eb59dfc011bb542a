//! Rate limits: how often sessions may be made and invitations sent. The vendor's numbers are not known.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::refusal::Refusal;

use crate::held::held;

/// A burst, and how fast it comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many requests may come at once.
    pub burst: u32,
    /// After how long one more may come.
    pub every: Duration,
}

/// The limits of the two operations that have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimits {
    /// For making sessions.
    pub sessions: Rate,
    /// For inviting members.
    pub invitations: Rate,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            sessions: Rate {
                burst: 30,
                every: Duration::from_secs(1),
            },
            invitations: Rate {
                burst: 20,
                every: Duration::from_secs(2),
            },
        }
    }
}

/// Counts the requests of one operation: a bucket that holds `burst` tokens and gets one back in `every`.
#[derive(Debug)]
pub struct Bucket {
    rate: Option<Rate>,
    /// When the bucket will be full again. It is one `every` later with each request.
    full_at: Mutex<Instant>,
}

impl Bucket {
    /// Makes a full bucket; without a rate it never runs dry.
    pub fn new(rate: Option<Rate>) -> Self {
        Self {
            rate,
            full_at: Mutex::new(Instant::now()),
        }
    }

    /// Lets a request through, or refuses it with 429 and when to come again.
    pub fn take(&self, now: Instant) -> Result<(), Refusal> {
        let Some(rate) = self.rate else {
            return Ok(());
        };
        let mut full_at = held(&self.full_at);
        let next = (*full_at).max(now) + rate.every;
        let wait = next.saturating_duration_since(now + rate.every * rate.burst);
        if wait.is_zero() {
            *full_at = next;
            return Ok(());
        }
        // Whole seconds, rounded up: whoever comes back then is let through.
        Err(Refusal::too_many(
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_goes_through_and_the_next_one_is_told_when_to_come_again() {
        let bucket = Bucket::new(Some(Rate {
            burst: 2,
            every: Duration::from_secs(10),
        }));
        let now = Instant::now() + Duration::from_secs(1);
        assert_eq!(bucket.take(now), Ok(()));
        assert_eq!(bucket.take(now), Ok(()));
        assert_eq!(bucket.take(now), Err(Refusal::too_many(10)));
        let later = now + Duration::from_millis(2500);
        assert_eq!(bucket.take(later), Err(Refusal::too_many(8)));
        assert_eq!(bucket.take(now + Duration::from_secs(10)), Ok(()));
    }

    #[test]
    fn without_a_rate_nothing_is_refused() {
        let bucket = Bucket::new(None);
        assert!((0..1000).all(|_| bucket.take(Instant::now()).is_ok()));
    }
}
