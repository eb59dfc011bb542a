//! The session: an access key turned into a token, renewed before it ends, shared by all requests.
//!
//! At most one request for a session is under way at a time; whoever needs a token meanwhile waits for it, and shares
//! its failure too, so that a refused key is sent once and not once per waiting request. Dropping the task that
//! asks for a token lets the next one in line ask. The vendor has no way to end a session.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::fleet::{self, Error, Kind};
use crate::http::{self, Method, Replay, Request, Transport};
use crate::secret::{Redactor, Secret};

use super::explain::explain;

const OPERATION: &str = "createSession";

/// The longest time before its end at which a token is replaced; a tenth of its life if that is shorter.
const LONGEST_MARGIN: Duration = Duration::from_secs(60);

/// An access key of a team: it is the team's administrator, as far as its permissions go.
#[derive(Clone)]
pub struct AccessKey {
    /// The key's identifier (`accessKeyId`).
    pub id: String,
    /// The key itself (`accessKey`).
    pub secret: Secret,
}

/// Leaves the id out as well: it is half of a credential.
impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey").finish_non_exhaustive()
    }
}

/// The vendor's answer to a request for a session.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewSession {
    /// The token, opaque.
    token: String,
    /// How long it lives, in seconds.
    expires_in: Option<i64>,
}

/// A token and its lifetime.
pub(super) struct Pass {
    token: Secret,
    number: u64,
    /// Absent where the vendor names no lifetime: the token is then used until it is refused.
    life: Option<Life>,
}

struct Life {
    renew: Instant,
    end: Instant,
}

impl Pass {
    pub(super) fn token(&self) -> &Secret {
        &self.token
    }

    /// Tells whether the token has ended by our clock, so that its refusal says nothing about the key.
    pub(super) fn has_ended(&self) -> bool {
        self.life.as_ref().is_some_and(|life| Instant::now() >= life.end)
    }

    fn is_fresh(&self) -> bool {
        self.life.as_ref().is_none_or(|life| Instant::now() < life.renew)
    }
}

#[derive(Default)]
struct State {
    pass: Option<Arc<Pass>>,
    made: u64,
    /// What came of the last request for a session, if it failed.
    failure: Option<fleet::Error>,
}

impl State {
    /// Takes note of what came of a request for a session, and returns it.
    fn keep(&mut self, outcome: fleet::Result<Pass>) -> fleet::Result<Arc<Pass>> {
        match outcome {
            Ok(pass) => {
                let pass = Arc::new(pass);
                self.made += 1;
                self.pass = Some(Arc::clone(&pass));
                self.failure = None;
                Ok(pass)
            }
            Err(error) => {
                self.failure = Some(error.clone());
                Err(error)
            }
        }
    }
}

/// Gives out passes.
pub(super) struct Session {
    transport: Transport,
    key: AccessKey,
    redactor: Redactor,
    failures: AtomicU64,
    state: Mutex<State>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    pub(super) fn new(transport: Transport, key: AccessKey, redactor: Redactor) -> Self {
        redactor.learn(&key.secret);
        Self {
            transport,
            key,
            redactor,
            failures: AtomicU64::new(0),
            state: Mutex::default(),
        }
    }

    /// Returns a pass that is not about to end.
    pub(super) async fn pass(&self) -> fleet::Result<Arc<Pass>> {
        self.another_than(None).await
    }

    /// Returns another pass than the one that the vendor refused: a new one, unless somebody has renewed it already.
    pub(super) async fn renew(&self, refused: &Pass) -> fleet::Result<Arc<Pass>> {
        self.another_than(Some(refused.number)).await
    }

    async fn another_than(&self, refused: Option<u64>) -> fleet::Result<Arc<Pass>> {
        let failures_before = self.failures.load(Ordering::SeqCst);
        // Held while the request is under way: this is what makes it the only one.
        let mut state = self.state.lock().await;
        if let Some(pass) = &state.pass
            && pass.is_fresh()
            && refused != Some(pass.number)
        {
            return Ok(Arc::clone(pass));
        }
        if let Some(failure) = &state.failure
            && self.failures.load(Ordering::SeqCst) != failures_before
        {
            return Err(failure.clone());
        }
        let outcome = self.create(state.made + 1).await;
        if outcome.is_err() {
            self.failures.fetch_add(1, Ordering::SeqCst);
        }
        state.keep(outcome)
    }

    async fn create(&self, number: u64) -> fleet::Result<Pass> {
        let body = json!({ "accessKeyId": self.key.id, "accessKey": self.key.secret.expose() });
        let request = Request::new(OPERATION, Method::POST, ["1.0", "sessions"])
            .json(body)
            .replay(Replay::Safe);
        let unmade = |error: http::Error| explain(&error, OPERATION, "");
        let response = self.transport.send(request).await.map_err(unmade)?;
        let answer: NewSession = response.json().map_err(unmade)?;
        let sendable = !answer.token.is_empty() && !answer.token.chars().any(char::is_control);
        let token = Secret::new(answer.token);
        self.redactor.learn(&token);
        if !sendable {
            let message =
                "could not start a session: its token is empty or holds characters that cannot be sent";
            return Err(Error::new(Kind::Vendor, message).operation(OPERATION).hint(
                "something between here and the vendor may have answered; check the `url` of the profile",
            ));
        }
        Ok(Pass {
            token,
            number,
            life: answer.expires_in.and_then(life),
        })
    }
}

/// Counts from the arrival of the answer; the margin has room for the time that it took.
fn life(seconds: i64) -> Option<Life> {
    let whole = Duration::from_secs(u64::try_from(seconds).ok().filter(|s| *s > 0)?);
    let margin = LONGEST_MARGIN.min(whole / 10);
    let now = Instant::now();
    Some(Life {
        renew: now.checked_add(whole.saturating_sub(margin))?,
        end: now.checked_add(whole)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_token_is_replaced_a_minute_before_it_ends_or_a_tenth_of_its_life() {
        for (lifetime, margin) in [(3600, 60_000), (600, 60_000), (599, 59_900), (5, 500), (1, 100)] {
            let life = life(lifetime).unwrap();
            assert_eq!((life.end - life.renew).as_millis(), margin, "{lifetime}");
        }
    }

    #[test]
    fn a_session_that_is_made_clears_the_failure_before_it() {
        let mut state = State::default();
        let refused = || Error::new(Kind::Auth, "no");
        assert!(state.keep(Err(refused())).is_err());
        assert_eq!(state.failure, Some(refused()));
        let pass = Pass {
            token: Secret::new("token-1"),
            number: 1,
            life: None,
        };
        assert_eq!(state.keep(Ok(pass)).unwrap().number, 1);
        assert_eq!((state.failure.as_ref(), state.made), (None, 1));
        // What is there stays in use where a further request for a session fails.
        assert!(state.keep(Err(refused())).is_err());
        assert!(state.pass.is_some() && state.failure.is_some());
    }

    #[test]
    fn a_key_shows_neither_of_its_halves() {
        let key = AccessKey {
            id: "key-id".to_owned(),
            secret: Secret::new("key-secret"),
        };
        let shown = format!("{key:?}");
        assert!(
            !shown.contains("key-id") && !shown.contains("key-secret"),
            "{shown}"
        );
    }

    #[test]
    fn a_lifetime_that_makes_no_sense_is_taken_for_none() {
        for seconds in [0, -1, i64::MIN, i64::MAX] {
            assert!(life(seconds).is_none(), "{seconds}");
        }
    }
}
