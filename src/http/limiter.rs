//! One limit for all requests of an account: what the vendor tells one of them, the others heed.
//!
//! As long as no vendor asks to slow down, everything goes through at once. When one does, all requests wait for as long as it
//! asks, and then go one after the other at half the rate that was too much. While nothing is turned away the rate rises again,
//! by more each time, until it is above what is used; then there is no limit any more.

use std::sync::Mutex;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::held::held;

use self::meter::Meter;

mod meter;
#[cfg(test)]
mod tests;

/// The lowest rate, in requests per second: whoever is told to wait longer is told so by `Retry-After`.
const FLOOR: f64 = 1.0;

/// How long nothing must be turned away before the rate rises.
const QUIET: Duration = Duration::from_secs(2);

/// The part of the rate that is used by requests which the limit holds back; a timer that wakes late makes it less than one.
const HELD_BACK: f64 = 0.75;

/// How late a request may go without those behind it going later too. Timers are late by a millisecond or so, which at
/// hundreds of requests per second would be the larger part of the time between them.
const LATE: Duration = Duration::from_millis(20);

/// How an account is being slowed down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Throttle {
    /// How long nothing is sent from now on, because the vendor asked for it; zero once it is over.
    pub pause: Duration,
    /// How many requests go in a second after that, at most.
    pub per_second: f64,
}

/// A request's leave to go, and what has to be known of it if it is turned away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    /// How often the rate had been cut by then.
    cuts: u64,
    /// How many requests went in that second.
    per_second: f64,
}

/// The limit of an account, shared by all its requests.
#[derive(Debug, Default)]
pub(super) struct Limiter {
    state: Mutex<State>,
    /// Held by the first of those that wait; the others stand behind it in the order in which they came. Whoever is
    /// dropped leaves the line, and takes nothing along.
    line: tokio::sync::Mutex<()>,
}

impl Limiter {
    /// Waits until a request may go: no time at all without a limit.
    pub(super) async fn turn(&self) -> Turn {
        if let Some(turn) = held(&self.state).free(Instant::now()) {
            return turn;
        }
        let _first = self.line.lock().await;
        loop {
            let next = match held(&self.state).enter(Instant::now()) {
                Ok(turn) => return turn,
                Err(next) => next,
            };
            sleep_until(next).await;
        }
    }

    /// Heeds that the vendor turned a request away and asked for a pause. Returns the new limit if the rate was cut: once for
    /// all those that were on their way together.
    pub(super) fn slow_down(&self, turn: Turn, pause: Duration) -> Option<Throttle> {
        held(&self.state).slow_down(turn, pause, Instant::now())
    }

    /// Returns the present limit, if there is one.
    pub(super) fn throttle(&self) -> Option<Throttle> {
        held(&self.state).throttle(Instant::now())
    }
}

#[derive(Debug, Default)]
struct State {
    meter: Meter,
    cuts: u64,
    limit: Option<Limit>,
}

#[derive(Debug)]
struct Limit {
    per_second: f64,
    /// By how much the rate rises next.
    step: f64,
    /// When the next request may go.
    next: Instant,
    /// Since when nothing has been turned away: the end of the pause, or of the last rise. May lie ahead.
    quiet_since: Instant,
    /// How many requests have gone since then.
    sent: u32,
}

impl State {
    /// Lets a request go, unless there is a limit.
    fn free(&mut self, now: Instant) -> Option<Turn> {
        self.ease(now);
        self.limit.is_none().then(|| self.go(now))
    }

    /// Lets the first of those that wait go, or tells when to ask again.
    fn enter(&mut self, now: Instant) -> Result<Turn, Instant> {
        self.ease(now);
        if let Some(limit) = &mut self.limit {
            if now < limit.next {
                return Err(limit.next);
            }
            let on_time = now.saturating_duration_since(limit.next) <= LATE;
            let from = if on_time { limit.next } else { now };
            limit.next = from + Duration::from_secs_f64(1.0 / limit.per_second);
            limit.sent += 1;
        }
        Ok(self.go(now))
    }

    fn go(&mut self, now: Instant) -> Turn {
        self.meter.count(now);
        Turn {
            cuts: self.cuts,
            per_second: self.meter.per_second(now),
        }
    }

    /// Raises the rate after a quiet time, or drops the limit where it has held nobody back. Steps double: far below what
    /// the vendor takes, after a disturbance that has passed, even steps would take minutes.
    fn ease(&mut self, now: Instant) {
        let Some(limit) = &mut self.limit else {
            return;
        };
        let quiet = now.saturating_duration_since(limit.quiet_since);
        if quiet < QUIET {
            return;
        }
        // With the one that is about to go: between two of them, time has passed that the count does not show.
        if f64::from(limit.sent + 1) / quiet.as_secs_f64() < limit.per_second * HELD_BACK {
            self.limit = None;
            return;
        }
        limit.per_second += limit.step;
        limit.step *= 2.0;
        limit.quiet_since = now;
        limit.sent = 0;
    }

    fn slow_down(&mut self, turn: Turn, pause: Duration, now: Instant) -> Option<Throttle> {
        let resume = now + pause;
        let first = self.limit.is_none();
        // The answer may be late: what counts is how many went when this request did.
        let used = self.meter.per_second(now).max(turn.per_second);
        let limit = self.limit.get_or_insert(Limit {
            per_second: used,
            step: FLOOR,
            next: resume,
            quiet_since: resume,
            sent: 0,
        });
        limit.next = limit.next.max(resume);
        limit.quiet_since = limit.quiet_since.max(resume);
        limit.sent = 0;
        if !first && turn.cuts != self.cuts {
            return None;
        }
        limit.per_second = (limit.per_second / 2.0).max(FLOOR);
        limit.step = (limit.per_second / 4.0).max(FLOOR);
        self.cuts += 1;
        Some(limit.throttle(now))
    }

    fn throttle(&mut self, now: Instant) -> Option<Throttle> {
        self.ease(now);
        self.limit.as_ref().map(|limit| limit.throttle(now))
    }
}

impl Limit {
    fn throttle(&self, now: Instant) -> Throttle {
        Throttle {
            pause: self.quiet_since.saturating_duration_since(now),
            per_second: self.per_second,
        }
    }
}
