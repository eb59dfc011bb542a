//! The time of day as a value that is handed in, so that a test, a demo or a screenshot can stop it.

use jiff::Timestamp;

/// Tells the time: the system's, or one that stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The system's clock.
    System,
    /// A clock that always says the same.
    Frozen(Timestamp),
}

impl Clock {
    /// Returns the present moment.
    pub fn now(self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Frozen(at) => at,
        }
    }
}
