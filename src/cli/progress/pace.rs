//! How far a plan has come, how fast it goes, and when it may be done.
//!
//! The rate is that of the last while, not of the whole: a vendor that slows down is to be seen. All moments are times
//! since the plan was begun, which the caller measures.

use std::collections::VecDeque;
use std::time::Duration;

use crate::fleet::Outcome;

/// The while that the rate is taken from.
const WINDOW: Duration = Duration::from_secs(20);

/// Before this much has gone by nobody can say how fast it goes.
const TOO_EARLY: Duration = Duration::from_secs(2);

/// Up to here what is left is told in seconds, and in minutes up to as many of those.
const FINE: u64 = 90;

/// How far a plan has come.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    all: usize,
    came: usize,
    failed: usize,
    unknown: usize,
    /// When how many had come: the beginning of the last while, and what came in it.
    marks: VecDeque<(Duration, usize)>,
}

/// How far a plan has come, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// How many, how fast, and how long it may take.
    pub(super) way: String,
    /// What has gone wrong, if anything has.
    pub(super) trouble: Option<String>,
}

impl Pace {
    /// Starts with nothing of so many changes.
    pub(super) fn new(all: usize) -> Self {
        Self {
            all,
            came: 0,
            failed: 0,
            unknown: 0,
            marks: VecDeque::from([(Duration::ZERO, 0)]),
        }
    }

    /// Takes down that something came of a change.
    pub(super) fn came(&mut self, outcome: &Outcome, now: Duration) {
        self.came += 1;
        match outcome {
            Outcome::Failed(_) | Outcome::Drifted { .. } => self.failed += 1,
            Outcome::Unknown(_) => self.unknown += 1,
            Outcome::Done(_) | Outcome::Issued(_) | Outcome::AlreadySo | Outcome::Planned => {}
        }
        self.marks.push_back((now, self.came));
        // One that is older stays: it is where the while begins.
        while self.marks.get(1).is_some_and(|(at, _)| *at + WINDOW <= now) {
            self.marks.pop_front();
        }
    }

    /// Tells whether something came of all changes.
    pub(super) fn is_done(&self) -> bool {
        self.came >= self.all
    }

    /// Returns how much of so many is done.
    pub(super) fn share(&self, of: usize) -> usize {
        of * self.came.min(self.all) / self.all.max(1)
    }

    /// Says how far it is in so many columns, if there is a limit: what fits least goes first.
    pub(super) fn told(&self, now: Duration, width: Option<usize>) -> Told {
        let trouble = self.trouble();
        let room = width.map(|width| width.saturating_sub(trouble.as_ref().map_or(0, |t| t.len() + 2)));
        let count = format!("{} of {} changes", self.came, self.all);
        let rate = self.rate(now);
        let left = self.left(now);
        let ways = [
            [Some(&count), rate.as_ref(), left.as_ref()],
            [Some(&count), left.as_ref(), None],
            [Some(&count), None, None],
        ];
        let ways = ways.map(|parts| {
            parts
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect::<Vec<_>>()
        });
        let fits = |way: &String| room.is_none_or(|room| way.len() <= room);
        let short = format!("{}/{}", self.came, self.all);
        let way = ways.map(|parts| parts.join(", ")).into_iter().find(fits);
        Told {
            way: way.unwrap_or(short),
            trouble,
        }
    }

    fn trouble(&self) -> Option<String> {
        let parts = [(self.failed, "failed"), (self.unknown, "unknown")];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, what)| format!("{count} {what}")).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Returns how many came in how long, of late; nothing where none did, or where it is too early to say.
    fn of_late(&self, now: Duration) -> Option<(u32, Duration)> {
        let old = |(at, _): &&(Duration, usize)| *at + WINDOW <= now;
        let (since, before) = self.marks.iter().rev().find(old).or(self.marks.front())?;
        let time = now.checked_sub(*since).filter(|time| *time >= TOO_EARLY)?;
        let many = u32::try_from(self.came - before).ok().filter(|many| *many > 0)?;
        Some((many, time))
    }

    fn rate(&self, now: Duration) -> Option<String> {
        let (many, time) = self.of_late(now)?;
        let rate = f64::from(many) / time.as_secs_f64();
        Some(if rate >= 10.0 {
            format!("{rate:.0}/s")
        } else if rate >= 1.0 {
            format!("{rate:.1}/s")
        } else {
            format!("{:.0}/min", (rate * 60.0).max(1.0))
        })
    }

    fn left(&self, now: Duration) -> Option<String> {
        let (many, time) = self.of_late(now)?;
        let rest = u32::try_from(self.all.saturating_sub(self.came)).ok()?;
        let seconds = (time.checked_mul(rest)? / many).as_secs_f64().round();
        // Rounded and no longer than all Durations are: nothing is lost.
        let seconds = Duration::from_secs_f64(seconds).as_secs();
        let (minutes, hours) = (seconds.div_ceil(60), seconds.div_ceil(3600));
        match () {
            () if seconds == 0 => None,
            () if seconds <= FINE => Some(format!("about {seconds} s left")),
            () if minutes <= FINE => Some(format!("about {minutes} min left")),
            () => Some(format!("about {hours} h left")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::{Error, Kind};

    const DONE: Outcome = Outcome::Done(None);

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// Ten changes a second, for so many seconds.
    fn steady(all: usize, for_seconds: u64) -> Pace {
        let mut pace = Pace::new(all);
        for tenth in 1..=for_seconds * 10 {
            pace.came(&DONE, Duration::from_millis(tenth * 100));
        }
        pace
    }

    fn told(pace: &Pace, now: Duration, width: usize) -> String {
        let Told { way, trouble } = pace.told(now, Some(width));
        match trouble {
            Some(trouble) => format!("{way}, {trouble}"),
            None => way,
        }
    }

    #[test]
    fn it_says_how_many_how_fast_and_how_long() {
        let pace = steady(2000, 30);
        assert_eq!(
            told(&pace, seconds(30), 80),
            "300 of 2000 changes, 10/s, about 3 min left"
        );
        let pace = steady(700, 30);
        assert_eq!(
            told(&pace, seconds(30), 80),
            "300 of 700 changes, 10/s, about 40 s left"
        );
        let mut slow = Pace::new(100);
        slow.came(&DONE, seconds(4));
        assert_eq!(
            told(&slow, seconds(4), 80),
            "1 of 100 changes, 15/min, about 7 min left"
        );
        let mut fast = Pace::new(100_000);
        (0..3).for_each(|_| fast.came(&DONE, seconds(2)));
        assert_eq!(
            told(&fast, seconds(2), 80),
            "3 of 100000 changes, 1.5/s, about 19 h left"
        );
    }

    #[test]
    fn at_first_nobody_knows_how_fast_it_goes() {
        let mut pace = Pace::new(9);
        pace.came(&DONE, seconds(1));
        assert_eq!(told(&pace, seconds(1), 80), "1 of 9 changes");
    }

    #[test]
    fn a_vendor_that_slows_down_is_seen_and_one_that_stands_still_promises_nothing() {
        let mut pace = steady(2000, 30);
        for second in 31..=60 {
            pace.came(&DONE, seconds(second));
        }
        assert!(told(&pace, seconds(60), 80).contains(", 1.0/s, about 28 min left"));
        assert_eq!(told(&pace, seconds(90), 80), "330 of 2000 changes");
    }

    #[test]
    fn where_it_is_narrow_the_count_and_what_went_wrong_stay() {
        let mut pace = steady(700, 30);
        pace.came(&Outcome::Failed(Error::new(Kind::Vendor, "x")), seconds(30));
        pace.came(&Outcome::Unknown(Error::new(Kind::Network, "x")), seconds(30));
        for (width, expected) in [
            (
                70,
                "302 of 700 changes, 10/s, about 39 s left, 1 failed, 1 unknown",
            ),
            (60, "302 of 700 changes, about 39 s left, 1 failed, 1 unknown"),
            (45, "302 of 700 changes, 1 failed, 1 unknown"),
            (30, "302/700, 1 failed, 1 unknown"),
            (5, "302/700, 1 failed, 1 unknown"),
        ] {
            assert_eq!(told(&pace, seconds(30), width), expected);
        }
    }

    #[test]
    fn a_share_is_never_more_than_all() {
        let mut pace = Pace::new(3);
        assert_eq!((pace.share(20), pace.is_done()), (0, false));
        (0..4).for_each(|_| pace.came(&DONE, seconds(1)));
        assert_eq!((pace.share(20), pace.is_done()), (20, true));
        assert_eq!(Pace::new(0).share(20), 0);
    }
}
