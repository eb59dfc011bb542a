//! How a simulated team is to be.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::limits::RateLimits;
use super::permission::Permission;
use crate::clock::Clock;
use crate::sim::Error;
use crate::sim::options::{DEFAULT_SEED, DEFAULT_SIZE, check_size};
use crate::suggest;

/// How a simulated team is to be, and the server in front of it.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the team is made from: the same seed, day and size make the same team.
    pub seed: u64,
    /// How many computers the team has.
    pub size: usize,
    /// The day on whose 00:00 UTC the team's dates hang.
    pub day: Timestamp,
    /// Stamps what requests change.
    pub clock: Clock,
    /// How long each answer is held back.
    pub latency: Duration,
    /// How long a session token lives, at most.
    pub token_ttl: Duration,
    /// The permissions that the key lacks, in the vendor's words.
    pub deny: Vec<String>,
    /// Where the team is kept between runs. What the file holds wins over seed, size and day.
    pub state_file: Option<PathBuf>,
    /// The port on 127.0.0.1; 0 for any free one.
    pub port: u16,
    /// How much goes on a page.
    pub pages: PageSizes,
    /// The rate limits; `None` for none.
    pub rate_limits: Option<RateLimits>,
    /// Whether reading an entry tells its version (`ETag`): the vendor's prose says so, its contract does not.
    pub entry_etag: bool,
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
            token_ttl: Duration::from_secs(3600),
            deny: Vec::new(),
            state_file: None,
            port: 0,
            pages: PageSizes::default(),
            rate_limits: Some(RateLimits::default()),
            entry_etag: true,
        }
    }

    /// Reads the denied permissions.
    pub fn denied(&self) -> Result<Vec<Permission>, Error> {
        self.deny
            .iter()
            .map(|word| {
                Permission::from_word(word).ok_or_else(|| {
                    let known = Permission::ALL.map(Permission::as_str);
                    let list = format!("there are {}", known.join(", "));
                    Error::UnknownPermission {
                        word: word.clone(),
                        hint: match suggest::did_you_mean(word, known) {
                            Some(question) => format!("{question} {list}"),
                            None => list,
                        },
                    }
                })
            })
            .collect()
    }

    /// Checks what no type can hold off.
    pub fn check(&self) -> Result<(), Error> {
        check_size(self.size)?;
        if self.token_ttl.is_zero() {
            return Err(Error::BadOption {
                option: "the life of a session token",
                value: "0 s".to_owned(),
                allowed: "no request could use it; a second is the least".to_owned(),
            });
        }
        Ok(())
    }
}

/// How many items go on a page. The vendor's numbers are not known, but for presence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSizes {
    /// Entries.
    pub entries: usize,
    /// Members.
    pub members: usize,
    /// Presence, where the request does not say.
    pub presence: usize,
    /// Presence, whatever the request says.
    pub largest_presence: usize,
    /// Audit events; a page may be longer, so that it does not end between events of one millisecond.
    pub events: usize,
}

impl PageSizes {
    /// Puts this many items on every page.
    pub fn all(items: usize) -> Self {
        Self {
            entries: items,
            members: items,
            presence: items,
            largest_presence: items,
            events: items,
        }
    }
}

impl Default for PageSizes {
    fn default() -> Self {
        Self {
            entries: 50,
            members: 25,
            presence: 100,
            largest_presence: 500,
            events: 100,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_permission_is_named_with_those_there_are() {
        let mut options = Options::new(Clock::Frozen(Timestamp::UNIX_EPOCH));
        options.deny = vec!["LIST_PRESENCE".to_owned(), "LIST_PRESENTS".to_owned()];
        let error = options.denied().unwrap_err().to_string();
        assert!(
            error.starts_with("`LIST_PRESENTS` is no permission; did you mean `LIST_PRESENCE`? there are "),
            "{error}"
        );
        for permission in Permission::ALL {
            assert!(error.contains(permission.as_str()), "{error}");
        }
        options.deny[1] = "EVERYTHING".to_owned();
        let error = options.denied().unwrap_err().to_string();
        assert!(
            error.starts_with("`EVERYTHING` is no permission; there are "),
            "{error}"
        );
        options.deny.pop();
        assert_eq!(options.denied().unwrap(), [Permission::ListPresence]);
    }

    #[test]
    fn a_token_without_life_is_refused() {
        let mut options = Options::new(Clock::Frozen(Timestamp::UNIX_EPOCH));
        options.token_ttl = Duration::from_millis(1);
        assert!(options.check().is_ok());
        options.token_ttl = Duration::ZERO;
        let refusal = options.check().unwrap_err().to_string();
        assert!(refusal.contains("a second is the least"), "{refusal}");
    }
}
