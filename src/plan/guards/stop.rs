//! Rule 14: when a run stops. The executor tells it what came of each change, and sends nothing more once it says so.
//!
//! What was not sent counts neither way: what was so already, what drifted, what the user interrupted.

use std::fmt;

use crate::fleet::{Kind, Outcome};

const IN_A_ROW: usize = 5;
const SHARE_PERCENT: usize = 20;
/// A share of fewer changes says nothing.
const OF_AT_LEAST: usize = 20;

/// Why a run has stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// The key is refused, and a new session does not help.
    Auth,
    /// The key may not make a change.
    Permission,
    /// So many changes failed one after the other.
    InARow(usize),
    /// So many changes failed of so many.
    Share {
        /// How many failed.
        failed: usize,
        /// Of how many.
        of: usize,
    },
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auth => f.write_str("stopped: the key is refused, and so would be all that follows"),
            Self::Permission => f.write_str("stopped: the key may not make such a change"),
            Self::InARow(count) => write!(f, "stopped after {count} failures in a row"),
            Self::Share { failed, of } => {
                write!(
                    f,
                    "stopped: {failed} of {of} changes failed, which is {SHARE_PERCENT} % or more"
                )
            }
        }
    }
}

/// Watches what comes of the changes of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stop {
    in_a_row: usize,
    failed: usize,
    sent: usize,
    stopped: Option<Stopped>,
}

impl Stop {
    /// Takes in what came of a change; returns why the run is to stop, and goes on returning it.
    pub fn after(&mut self, outcome: &Outcome) -> Option<Stopped> {
        let stopped = match outcome {
            Outcome::Done(_) | Outcome::Issued(_) => {
                self.sent += 1;
                self.in_a_row = 0;
                self.by_share()
            }
            Outcome::Failed(error) | Outcome::Unknown(error) => match error.kind {
                Kind::Cancelled => None,
                kind => {
                    self.sent += 1;
                    self.failed += 1;
                    self.in_a_row += 1;
                    self.at_once(kind, matches!(outcome, Outcome::Failed(_)))
                }
            },
            Outcome::AlreadySo | Outcome::Planned | Outcome::Drifted { .. } => None,
        };
        self.stopped = self.stopped.or(stopped);
        self.stopped
    }

    /// Returns why the run has stopped, if it has.
    pub fn stopped(&self) -> Option<Stopped> {
        self.stopped
    }

    fn at_once(&self, kind: Kind, surely_failed: bool) -> Option<Stopped> {
        match kind {
            Kind::Auth => Some(Stopped::Auth),
            // Of a change that may have been made, it was the reading back that was not allowed.
            Kind::Permission if surely_failed => Some(Stopped::Permission),
            _ if self.in_a_row >= IN_A_ROW => Some(Stopped::InARow(self.in_a_row)),
            _ => self.by_share(),
        }
    }

    fn by_share(&self) -> Option<Stopped> {
        let (failed, of) = (self.failed, self.sent);
        (of >= OF_AT_LEAST && failed * 100 >= of * SHARE_PERCENT).then_some(Stopped::Share { failed, of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::Error;

    fn failed(kind: Kind) -> Outcome {
        Outcome::Failed(Error::new(kind, "no"))
    }

    /// What is said after each of `+` (done), `-` (failed), `=` (so already) and `~` (drifted).
    fn after(signs: &str) -> Vec<Option<Stopped>> {
        let mut stop = Stop::default();
        let outcome = |sign| match sign {
            '+' => Outcome::Done(None),
            '-' => failed(Kind::Vendor),
            '=' => Outcome::AlreadySo,
            _ => Outcome::Drifted {
                was: "a".to_owned(),
                now: "b".to_owned(),
            },
        };
        signs.chars().map(|sign| stop.after(&outcome(sign))).collect()
    }

    fn end(signs: &str) -> Option<Stopped> {
        *after(signs).last().unwrap()
    }

    #[test]
    fn at_once_where_the_key_is_refused_or_may_not() {
        assert_eq!(Stop::default().after(&failed(Kind::Auth)), Some(Stopped::Auth));
        assert_eq!(
            Stop::default().after(&failed(Kind::Permission)),
            Some(Stopped::Permission)
        );
        let unread = |kind| Outcome::Unknown(Error::new(kind, "?"));
        assert_eq!(Stop::default().after(&unread(Kind::Auth)), Some(Stopped::Auth));
        assert_eq!(Stop::default().after(&unread(Kind::Permission)), None);
    }

    #[test]
    fn after_five_failures_in_a_row() {
        assert_eq!(end("----"), None);
        assert_eq!(end("-----"), Some(Stopped::InARow(5)));
        assert_eq!(end("----+----"), None);
        // What was not sent does not break a row, and is no part of it.
        assert_eq!(end("--=~--"), None);
        assert_eq!(end("--=~---"), Some(Stopped::InARow(5)));
    }

    #[test]
    fn at_a_fifth_of_at_least_twenty() {
        let three_of_20 = format!("-+-+-+{}", "+".repeat(14));
        assert_eq!(end(&three_of_20), None);
        let four_of_19 = format!("-+-+-+-{}", "+".repeat(12));
        assert_eq!(end(&four_of_19), None);
        assert_eq!(
            end(&format!("{four_of_19}+")),
            Some(Stopped::Share { failed: 4, of: 20 })
        );
        assert_eq!(end(&format!("{four_of_19}=")), None);
        assert_eq!(end(&format!("{three_of_20}+-")), None);
    }

    #[test]
    fn what_the_user_interrupted_is_no_failure() {
        let mut stop = Stop::default();
        for _ in 0..9 {
            assert_eq!(stop.after(&failed(Kind::Cancelled)), None);
        }
    }

    #[test]
    fn what_has_stopped_stays_so() {
        let mut stop = Stop::default();
        stop.after(&failed(Kind::Auth));
        assert_eq!(stop.after(&Outcome::Done(None)), Some(Stopped::Auth));
        assert_eq!(stop.stopped(), Some(Stopped::Auth));
    }

    #[test]
    fn the_reason_is_told() {
        assert_eq!(
            Stopped::InARow(5).to_string(),
            "stopped after 5 failures in a row"
        );
        assert_eq!(
            Stopped::Share { failed: 4, of: 20 }.to_string(),
            "stopped: 4 of 20 changes failed, which is 20 % or more"
        );
    }
}
