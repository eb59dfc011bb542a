//! How a simulated account is to be.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::Clock;
use crate::sim::Error;
use crate::sim::options::{DEFAULT_SEED, DEFAULT_SIZE, check_size};

/// How a simulated account is to be, and the server in front of it.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the account is made from: the same seed, day and size make the same account.
    pub seed: u64,
    /// How many computers the account has.
    pub size: usize,
    /// The day on whose 00:00 UTC the account's dates hang.
    pub day: Timestamp,
    /// The time of day.
    pub clock: Clock,
    /// How long each answer is held back.
    pub latency: Duration,
    /// Where the account is kept between runs. What the file holds wins over seed, size and day.
    pub state_file: Option<PathBuf>,
    /// The port on 127.0.0.1; 0 for any free one.
    pub port: u16,
    /// Where a list is told which page is wanted.
    pub paging: Paging,
    /// Whether the caller's address is on the account's list of those that may call.
    pub whitelisted: bool,
    /// Whether the account owner may use the API.
    pub standing: Standing,
    /// Whether single sign-on is set up on the account, so that it can be enabled for users.
    pub sso: bool,
    /// What becomes of a removal of which some computers are not offline.
    pub removal: Removal,
}

impl Options {
    /// Returns the options of the demo of today.
    pub fn new(clock: Clock) -> Self {
        Self {
            seed: DEFAULT_SEED,
            size: DEFAULT_SIZE,
            day: clock.now(),
            clock,
            latency: Duration::ZERO,
            state_file: None,
            port: 0,
            paging: Paging::Both,
            whitelisted: true,
            standing: Standing::Good,
            sso: false,
            removal: Removal::Whole,
        }
    }

    /// Checks what no type can hold off.
    pub fn check(&self) -> Result<(), Error> {
        check_size(self.size)
    }
}

/// Where a list is told which page is wanted. The page shows a JSON body in a GET, and nothing else; what gets through to the
/// vendor is not known. Whatever is not looked at is passed over in silence: the answer is page 1 of 500.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// In the JSON body.
    Body,
    /// In the query string.
    Query,
    /// In either; where both say something, the body counts.
    Both,
    /// In the query string, and a GET with a body is refused with 403, as some proxies do.
    RefuseBody,
}

/// What the vendor thinks of the user that the key belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing bad.
    Good,
    /// There is no such user (any more).
    NoUser,
    /// The user may not do this.
    NoPermission,
    /// The user's plan does not have this.
    NoPlan,
}

/// What becomes of a removal of which some computers are not offline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// It is refused whole.
    Whole,
    /// Those that are offline are removed, and the answer does not tell of the others.
    Partial,
}
