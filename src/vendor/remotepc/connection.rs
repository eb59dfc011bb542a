//! Sends operations with the key, and takes their answers out of the envelope.

use serde_json::Value;

use crate::fleet::{self, Error};
use crate::http::{self, Delivery, Method, Request, Transport};
use crate::secret::{Redactor, Secret};
use crate::vendor::explain::{self, unused};
use crate::vendor::{Failure, address};

use super::envelope::Envelope;
use super::operations::doing;
use super::paging::Pager;
use super::refusal::{Refusal, Subject};
use super::{ApiKey, Settings};

/// Where the API is, below the host.
const ROOT: [&str; 3] = ["rpcnew", "api", "msp"];

/// The way to one account.
#[derive(Debug)]
pub(super) struct Connection {
    transport: Transport,
    key: ApiKey,
    redactor: Redactor,
    profile: String,
    /// How lists are read.
    pub(super) pager: Pager,
}

impl Connection {
    pub(super) fn new(
        transport: Transport,
        key: ApiKey,
        settings: Settings,
        redactor: Redactor,
        profile: String,
    ) -> Self {
        redactor.learn(&key.0);
        Self {
            transport,
            key,
            redactor,
            profile,
            pager: Pager::new(settings),
        }
    }

    pub(super) fn profile(&self) -> &str {
        &self.profile
    }

    /// Has a secret taken out of every text from now on.
    pub(super) fn keep_secret(&self, secret: &Secret) {
        self.redactor.learn(secret);
    }

    /// Returns a text of the vendor's as it may be shown.
    pub(super) fn shown(&self, text: &str) -> String {
        self.transport.shown(text)
    }

    /// Sends an operation and returns the message of its answer, if that is a success in all three places, HTTP
    /// status, word and code, and nothing is said to be wrong.
    pub(super) async fn send(
        &self,
        request: Request,
        subject: Subject<'_>,
    ) -> Result<Option<Value>, Failure> {
        match self.transport.send(request.bearer(&self.key.0).says_json()).await {
            Ok(response) => self.unwrap(&response, subject),
            Err(error) => Err(self.failed(&error, subject)),
        }
    }

    /// Sends an operation that writes.
    pub(super) async fn write(
        &self,
        subject: Subject<'_>,
        path: &[&str],
        body: Value,
    ) -> Result<Option<Value>, Failure> {
        let request = request(subject.operation, Method::POST, path)
            .map_err(Failure::unsent)?
            .json(body);
        self.send(request, subject).await
    }

    /// Sends an operation whose success has nothing more to tell. Other words than the documented `SUCCESS` are taken
    /// for it as well, but not `FAILED`.
    pub(super) async fn carry_out(
        &self,
        subject: Subject<'_>,
        path: &[&str],
        body: Value,
    ) -> Result<(), Failure> {
        let operation = subject.operation;
        let message = self.write(subject, path, body).await?;
        let failed = |word: &str| word.trim().eq_ignore_ascii_case("FAILED");
        if message.as_ref().and_then(Value::as_str).is_some_and(failed) {
            let mut error = unused(doing(operation)).operation(operation).status(200);
            error.causes.push(format!(
                "{operation}: the answer is a success with the message FAILED"
            ));
            return Err(Failure {
                delivery: Delivery::Unknown,
                error,
            });
        }
        Ok(())
    }

    fn unwrap(&self, response: &http::Response, subject: Subject<'_>) -> Result<Option<Value>, Failure> {
        let operation = subject.operation;
        let answer: Value = response
            .json()
            .map_err(|e| Failure::unread(&e, self.explained(&e, subject)))?;
        let Some(envelope) = Envelope::read(answer) else {
            let mut error = unused(doing(operation)).operation(operation).hint(
                "something between here and the vendor may have answered; check the `url` of the profile",
            );
            error
                .causes
                .push(format!("{operation}: the answer has no `status` and no `code`"));
            return Err(Failure {
                delivery: Delivery::Unknown,
                error,
            });
        };
        if envelope.is_success() {
            return Ok(envelope.message);
        }
        let refusal = Refusal::new(subject, response.status(), Some(&envelope), None);
        let mut error = refusal.explain(&self.transport);
        error.causes.push(format!(
            "{operation}: answered {} with {}",
            response.status(),
            envelope.numbers(|word| self.shown(word))
        ));
        Err(Failure {
            delivery: refusal.delivery(),
            error,
        })
    }

    /// Explains a request that failed. What an earlier try may have done outweighs what the last one says.
    fn failed(&self, error: &http::Error, subject: Subject<'_>) -> Failure {
        let delivery = match error {
            http::Error::Status { status, body, .. } if error.delivery() == Delivery::NotCarriedOut => {
                let envelope = body.json().and_then(Envelope::read);
                Refusal::new(subject, *status, envelope.as_ref(), None).delivery()
            }
            _ => error.delivery(),
        };
        Failure {
            delivery,
            error: self.explained(error, subject),
        }
    }

    fn explained(&self, error: &http::Error, subject: Subject<'_>) -> Error {
        let operation = subject.operation;
        let answered = |status, retry_after, body: &http::ErrorBody| {
            let envelope = body.json().and_then(Envelope::read);
            Refusal::new(subject, status, envelope.as_ref(), retry_after).explain(&self.transport)
        };
        explain::explain(error, operation, doing(operation), answered)
    }
}

/// Starts a request for an operation at `path`, below the root of the API.
pub(super) fn request(operation: &'static str, method: Method, path: &[&str]) -> fleet::Result<Request> {
    address::request(operation, method, &ROOT, path)
}
