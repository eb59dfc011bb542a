//! Sends requests: again if they may be, never longer than allowed, never too many at once or too fast.

use std::sync::Arc;
use std::time::SystemTime;

use reqwest::StatusCode;
use reqwest::header::LOCATION;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout_at};

use crate::secret::Redactor;

use super::body::{self, Refusal};
use super::client::Clients;
use super::limiter::{Limiter, Throttle};
use super::shown::one_line;
use super::trace::Attempt;
use super::wire::Wire;
use super::{BaseUrl, ConnectCause, Delivery, Error, Method, Replay, Request, Response, Settings, retry};

#[cfg(test)]
mod tests;

/// How much of a text from outside is shown, in bytes.
const LONGEST_SHOWN: usize = 200;

/// The way to one vendor. Clones share connections and limits.
#[derive(Debug, Clone)]
pub struct Transport {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    settings: Settings,
    redactor: Redactor,
    clients: Clients,
    permits: Semaphore,
    limiter: Limiter,
}

impl Transport {
    /// Makes the way to a vendor; nothing is sent yet. What `redactor` knows is taken out of every message.
    pub fn new(settings: Settings, redactor: Redactor) -> Result<Self, Error> {
        let clients = Clients::new(&settings, &redactor)?;
        let permits = Semaphore::new(settings.concurrency.clamp(1, Semaphore::MAX_PERMITS));
        Ok(Self {
            shared: Arc::new(Shared {
                settings,
                redactor,
                clients,
                permits,
                limiter: Limiter::default(),
            }),
        })
    }

    /// Returns where the vendor is.
    pub fn base(&self) -> &BaseUrl {
        &self.shared.settings.base
    }

    /// Returns a text of the vendor's as it may be shown: one printable line without secrets, and not a long one.
    pub fn shown(&self, text: &str) -> String {
        one_line(&self.shared.redactor.redact(text), LONGEST_SHOWN)
    }

    /// Returns how requests are being slowed down, if they are: the vendor turned some away for coming too fast.
    pub fn throttle(&self) -> Option<Throttle> {
        self.shared.limiter.throttle()
    }

    /// Sends a request, again if it may be, and returns the answer if it is a success.
    ///
    /// The total deadline starts when it is the request's turn, not while others are before it, and stands still while
    /// others of a slowed account go before it is sent again, which may take as long once more. Dropping the future closes the connection; whether the
    /// vendor carries the request out is then unknown.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        let shared = &*self.shared;
        let policy = &shared.settings.retry;
        let wire = Wire::new(&shared.settings.base, &request)?;
        // The semaphore is never closed, so that acquiring cannot fail.
        let mut permit = shared.permits.acquire().await.ok();
        let mut turn = shared.limiter.turn().await;
        let mut deadline = Instant::now() + shared.settings.timeouts.total;
        let mut doubtful = false;
        let mut number = 1;
        loop {
            let attempt = Attempt::start(&shared.redactor, request.operation, &wire, number);
            let outcome = timeout_at(deadline, shared.attempt(&request, &wire, number, deadline))
                .await
                .unwrap_or_else(|_| Err(shared.too_slow(&request)));
            attempt.end(&outcome);
            let mut error = match outcome {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            doubtful |= error.delivery() == Delivery::Unknown;
            if doubtful {
                error.doubt();
            }
            let pause = retry::pause(&error, request.replay, number, policy);
            let slow_down = retry::slow_down(&error, policy).map(|all| all.max(pause.unwrap_or_default()));
            if let Some(all) = slow_down
                && let Some(throttle) = shared.limiter.slow_down(turn, all)
            {
                attempt.slow_down(&throttle);
            }
            let Some(pause) = pause else {
                return Err(error);
            };
            let resume = Instant::now() + pause;
            if resume >= deadline {
                return Err(error);
            }
            attempt.pause(pause);
            // Where all are slowed down, the pause is waited for with the others, further below.
            if slow_down.is_none() {
                // Others may go while this request pauses.
                drop(permit.take());
                sleep(pause).await;
                let Ok(next) = timeout_at(deadline, shared.permits.acquire()).await else {
                    return Err(error);
                };
                permit = next.ok();
            }
            let ready = resume.max(Instant::now());
            // Behind others that are turned away again and again it would wait for too long.
            let Ok(next) = timeout_at(ready + shared.settings.timeouts.total, shared.limiter.turn()).await
            else {
                return Err(error);
            };
            turn = next;
            deadline += ready.elapsed();
            number += 1;
        }
    }
}

impl Shared {
    /// Sends a request once and reads the answer. Whoever calls gives up at the deadline.
    async fn attempt(
        &self,
        request: &Request,
        wire: &Wire,
        number: u32,
        deadline: Instant,
    ) -> Result<Response, Error> {
        let client = match request.replay {
            Replay::Safe => &self.clients.pooled,
            Replay::OnlyUnsent => &self.clients.fresh,
        };
        let answer = wire
            .on(client)
            .send()
            .await
            .map_err(|e| self.unsent(request, e))?;
        let status = answer.status();
        if status.is_redirection() && answer.headers().contains_key(LOCATION) {
            return Err(self.redirect(request, wire, &answer));
        }
        if !status.is_success() {
            return Err(self.refused(request, answer, number, deadline).await);
        }
        let headers = answer.headers().clone();
        let limit = self.settings.largest_body;
        let body = body::whole(answer, limit)
            .await
            .map_err(|refusal| match refusal {
                Refusal::TooLarge => Error::TooLarge {
                    operation: request.operation,
                    limit,
                },
                Refusal::Broken(e) => self.broken(request, e),
            })?;
        Ok(Response {
            operation: request.operation,
            url: wire.url.clone(),
            status: status.as_u16(),
            headers,
            body,
            deepest: self.settings.deepest_body,
            redactor: self.redactor.clone(),
        })
    }

    fn origin(&self) -> String {
        self.settings.base.origin()
    }

    /// The total deadline passed while an attempt was under way.
    fn too_slow(&self, request: &Request) -> Error {
        Error::Timeout {
            operation: request.operation,
            origin: self.origin(),
            after: self.settings.timeouts.total,
            delivery: Delivery::Unknown,
        }
    }

    /// There is no answer. Only a failed connection proves that nothing was sent.
    fn unsent(&self, request: &Request, error: reqwest::Error) -> Error {
        if error.is_builder() {
            return Error::BadRequest {
                operation: request.operation,
                why: super::cause::root(&error.without_url()),
            };
        }
        if error.is_connect() {
            return Error::Connect {
                origin: self.origin(),
                proxy: self.clients.proxy.clone(),
                delivery: Delivery::NotCarriedOut,
                source: ConnectCause::of(
                    &error,
                    self.settings.timeouts.connect,
                    self.settings.ca_file.is_some(),
                ),
            };
        }
        self.broken(request, error)
    }

    /// The connection failed after it was made.
    fn broken(&self, request: &Request, error: reqwest::Error) -> Error {
        if error.is_timeout() {
            return Error::Timeout {
                operation: request.operation,
                origin: self.origin(),
                after: self.settings.timeouts.read,
                delivery: Delivery::Unknown,
            };
        }
        Error::Broken {
            operation: request.operation,
            origin: self.origin(),
            delivery: Delivery::Unknown,
            // The URL may hold what is nobody else's business.
            source: error.without_url(),
        }
    }

    /// The answer points elsewhere.
    fn redirect(&self, request: &Request, wire: &Wire, answer: &reqwest::Response) -> Error {
        let location = answer
            .headers()
            .get(LOCATION)
            .map(|l| String::from_utf8_lossy(l.as_bytes()));
        let location = location.unwrap_or_default();
        let to = match wire.url.join(&location) {
            Ok(url) if url.origin() == wire.url.origin() => format!("{}{}", self.origin(), url.path()),
            Ok(url) => url.origin().ascii_serialization(),
            Err(_) => location.into_owned(),
        };
        // Only these two ask to send the same request there instead; the others may point to what has been made or done.
        let instead = matches!(
            answer.status(),
            StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT
        );
        let delivery = if instead || request.method == Method::GET {
            Delivery::NotCarriedOut
        } else {
            Delivery::Unknown
        };
        Error::Redirect {
            operation: request.operation,
            from: self.origin(),
            to: one_line(&self.redactor.redact(&to), LONGEST_SHOWN),
            delivery,
        }
    }

    /// The answer says no.
    async fn refused(
        &self,
        request: &Request,
        answer: reqwest::Response,
        attempts: u32,
        deadline: Instant,
    ) -> Error {
        let patience = deadline.min(Instant::now() + self.settings.timeouts.refusal);
        let status = answer.status();
        let retry_after = retry::retry_after(answer.headers(), SystemTime::now());
        let delivery = if status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT {
            Delivery::NotCarriedOut
        } else {
            Delivery::Unknown
        };
        Error::Status {
            operation: request.operation,
            origin: self.origin(),
            status: status.as_u16(),
            body: body::start(answer, &self.redactor, patience).await,
            retry_after,
            delivery,
            attempts,
        }
    }
}
