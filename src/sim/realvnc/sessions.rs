//! Sessions: an access key for a token, and the token for a look at what the key may do.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::call::Call;
use super::operation::Operation;
use super::permission::Permission;
use super::refusal::Refusal;
use super::world::World;
use crate::sim::reply::Reply;

/// The longest life of a token that a request may ask for.
const LONGEST: Duration = Duration::from_secs(3600);

/// The tokens that are alive, and what their key may not do.
#[derive(Debug)]
pub struct Sessions {
    ttl: Duration,
    denied: Vec<Permission>,
    alive: HashMap<String, Instant>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CreateSession {
    access_key_id: String,
    access_key: String,
    expiry: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    token: String,
    expires_in: u64,
}

impl Sessions {
    /// Makes sessions that live no longer than `ttl`.
    pub fn new(ttl: Duration, denied: Vec<Permission>) -> Self {
        Self {
            ttl,
            denied,
            alive: HashMap::new(),
        }
    }

    /// Answers `createSession`.
    pub fn create(&mut self, call: &Call, world: &World, now: Instant) -> Result<Reply, Refusal> {
        let request: CreateSession = call.json()?;
        let asked = match &request.expiry {
            Some(text) => read_expiry(text)?,
            None => LONGEST,
        };
        if request.access_key_id != world.access_key_id || request.access_key != world.access_key {
            return Err(Refusal::new(401, "access key not recognised"));
        }
        let ttl = asked.min(self.ttl);
        let token = token();
        self.alive.retain(|_, end| *end > now);
        self.alive.insert(token.clone(), now + ttl);
        let session = Session {
            token,
            expires_in: ttl.as_secs(),
        };
        Ok(Reply::json(&session)?.status(201))
    }

    /// Lets a request through whose token is alive and whose key may do it: 401, or 403.
    pub fn admit(&self, call: &Call, operation: Operation, now: Instant) -> Result<(), Refusal> {
        let alive = call
            .bearer()
            .and_then(|token| self.alive.get(token))
            .is_some_and(|end| *end > now);
        if !alive {
            return Err(Refusal::new(401, "no valid session token"));
        }
        match operation.permission() {
            Some(needed) if self.denied.contains(&needed) => {
                Err(Refusal::forbidden("the access key does not permit this"))
            }
            _ => Ok(()),
        }
    }

    /// Ends all sessions at once, as when the vendor forgets them.
    pub fn forget(&mut self) {
        self.alive.clear();
    }
}

/// Makes a token that looks like the vendor's, and that no other run of the simulator made.
fn token() -> String {
    let part = |length| -> String {
        std::iter::repeat_with(fastrand::alphanumeric)
            .take(length)
            .collect()
    };
    format!("eyJ{}.{}.{}", part(33), part(120), part(43))
}

/// Reads an ISO 8601 duration of at most an hour. What the vendor does with a longer one is not known; we refuse it.
fn read_expiry(text: &str) -> Result<Duration, Refusal> {
    let bad = || Refusal::bad(format!("'{text}' is no ISO 8601 duration of at most 1 hour"));
    let iso = text.starts_with("PT") && text.chars().all(|c| c.is_ascii_digit() || "PTHMS".contains(c));
    let duration: jiff::SignedDuration = text.parse().ok().filter(|_| iso).ok_or_else(bad)?;
    let duration = Duration::try_from(duration).map_err(|_| bad())?;
    if duration > LONGEST {
        Err(bad())
    } else {
        Ok(duration)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expiry_is_an_iso_duration_of_at_most_an_hour() {
        let seconds = |text| read_expiry(text).map(|d| d.as_secs()).ok();
        assert_eq!(seconds("PT30M"), Some(1800));
        assert_eq!(seconds("PT1H"), Some(3600));
        assert_eq!(seconds("PT3600S"), Some(3600));
        assert_eq!(seconds("PT1M30S"), Some(90));
        for bad in [
            "PT61M",
            "PT2H",
            "30 minutes",
            "P1D",
            "PT",
            "",
            "-PT5M",
            "PT1H1S",
            "pt5m",
        ] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }

    #[test]
    fn no_two_tokens_are_alike() {
        assert_ne!(token(), token());
    }
}
