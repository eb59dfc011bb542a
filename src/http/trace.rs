//! What a log says about requests: never a body, never a token, and everything through the redactor.

use std::time::{Duration, Instant};

use tracing::{debug, info, warn};

use crate::secret::Redactor;

use super::limiter::Throttle;
use super::wire::Wire;
use super::{Error, Response};

/// The target of every log line of this room.
const TARGET: &str = "deskhand::http";

/// One attempt on its way, for the log.
pub(super) struct Attempt<'a> {
    redactor: &'a Redactor,
    operation: &'static str,
    method: &'a str,
    origin: String,
    path: String,
    number: u32,
    since: Instant,
}

impl<'a> Attempt<'a> {
    /// Notes that an attempt starts.
    pub(super) fn start(
        redactor: &'a Redactor,
        operation: &'static str,
        wire: &'a Wire,
        number: u32,
    ) -> Self {
        let attempt = Self {
            redactor,
            operation,
            method: wire.method.as_str(),
            origin: wire.url.origin().ascii_serialization(),
            path: redactor.redact(&wire.path()),
            number,
            since: Instant::now(),
        };
        debug!(
            target: TARGET,
            operation,
            method = attempt.method,
            origin = attempt.origin,
            path = attempt.path,
            attempt = number,
            headers = wire.header_names().join(","),
            bytes = wire.body_size(),
            "sending"
        );
        attempt
    }

    /// Notes what came of it.
    pub(super) fn end(&self, outcome: &Result<Response, Error>) {
        let milliseconds = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (operation, attempt) = (self.operation, self.number);
        let (method, origin, path) = (self.method, &self.origin, &self.path);
        match outcome {
            Ok(response) => {
                let status = response.status;
                info!(target: TARGET, operation, method, origin, path, status, milliseconds, attempt, "answered");
                let headers: Vec<&str> = response
                    .headers
                    .keys()
                    .map(reqwest::header::HeaderName::as_str)
                    .collect();
                debug!(target: TARGET, operation, bytes = response.body.len(), headers = headers.join(","), "received");
            }
            Err(error) => {
                let status = error.status();
                // The body of an error may repeat what was sent; whoever prints the error shows it.
                let why = self.redactor.redact(&reason(error));
                info!(target: TARGET, operation, method, origin, path, status, milliseconds, attempt, why, "failed");
            }
        }
    }

    /// Notes that all requests go more slowly from now on, because this one was turned away.
    pub(super) fn slow_down(&self, throttle: &Throttle) {
        let milliseconds = u64::try_from(throttle.pause.as_millis()).unwrap_or(u64::MAX);
        let (operation, per_second) = (self.operation, throttle.per_second);
        warn!(target: TARGET, operation, milliseconds, per_second, "too many requests: all pause, and go on more slowly");
    }

    /// Notes that another attempt follows.
    pub(super) fn pause(&self, pause: Duration) {
        let milliseconds = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
        let (operation, attempt) = (self.operation, self.number);
        debug!(target: TARGET, operation, attempt, milliseconds, "sending again after a pause");
    }
}

/// Returns why an attempt failed, without the body of the answer.
fn reason(error: &Error) -> String {
    if let Error::Status { status, .. } = error {
        return format!("status {status}");
    }
    if let Error::NotJson { content_type, .. } = error {
        return format!("{content_type} instead of JSON");
    }
    let mut text = error.to_string();
    let mut inner = std::error::Error::source(error);
    while let Some(cause) = inner {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        inner = cause.source();
    }
    text
}
