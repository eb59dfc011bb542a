//! What can go wrong with a request.

use std::time::Duration;

use super::{ConnectCause, ErrorBody};

/// Whether a request that failed may have been carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// It was never sent, or the vendor says that it did nothing: nothing has changed.
    NotCarriedOut,
    /// It was sent, and what came of it is not known.
    Unknown,
}

/// A request that failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The base URL cannot be used.
    #[error("`{url}` cannot be used as the vendor's address: {why}")]
    BadUrl {
        /// The address as configured.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// A file of certificates, or a proxy address, cannot be used.
    #[error("{what} cannot be used: {why}")]
    BadSetting {
        /// The setting, such as `--ca-file /path`.
        what: String,
        /// What is wrong with it.
        why: String,
    },
    /// The request cannot be put into the form of HTTP.
    #[error("{operation}: the request cannot be sent: {why}")]
    BadRequest {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// No connection could be made.
    #[error("could not connect to {origin}{}", through(proxy.as_deref()))]
    Connect {
        /// Where to.
        origin: String,
        /// The proxy that is configured, without its password.
        proxy: Option<String>,
        /// Whether it may have been carried out: not by this attempt, but perhaps by one before it.
        delivery: Delivery,
        /// What stood in the way.
        #[source]
        source: ConnectCause,
    },
    /// A deadline passed.
    #[error("{operation}: no answer from {origin} within {after:?}")]
    Timeout {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// Who did not answer.
        origin: String,
        /// The deadline that passed.
        after: Duration,
        /// Whether it may have been carried out.
        delivery: Delivery,
    },
    /// The connection broke after the request was sent.
    #[error("{operation}: the connection to {origin} broke")]
    Broken {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// Whose connection.
        origin: String,
        /// Whether it may have been carried out.
        delivery: Delivery,
        /// What the network said.
        #[source]
        source: reqwest::Error,
    },
    /// The vendor answered with a status that is no success.
    #[error(
        "{operation}: {origin} answered {status}{}{}{}{}",
        reason(*status), repeated(*attempts), asked(*retry_after), quoted(body.line())
    )]
    Status {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// Who answered.
        origin: String,
        /// The HTTP status.
        status: u16,
        /// The beginning of the answer.
        body: ErrorBody,
        /// How long the vendor asks to wait.
        retry_after: Option<Duration>,
        /// Whether it may have been carried out.
        delivery: Delivery,
        /// How many times it was sent.
        attempts: u32,
    },
    /// The vendor answered with a redirect, which is never followed.
    #[error("{operation}: {from} redirects to {to}; deskhand does not follow redirects")]
    Redirect {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// The origin that was asked.
        from: String,
        /// The origin that it points to; with the path where it is the same.
        to: String,
        /// Whether it may have been carried out.
        delivery: Delivery,
    },
    /// The answer is larger than the limit.
    #[error("{operation}: the answer is larger than {limit} bytes")]
    TooLarge {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// The limit in bytes, after decompression.
        limit: usize,
    },
    /// The answer is nested deeper than the limit.
    #[error("{operation}: the answer is nested deeper than {limit} levels")]
    TooDeep {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// The limit in levels.
        limit: usize,
    },
    /// The answer has no content where some is documented.
    #[error("{operation}: {origin} answered {status} with an empty body where JSON was expected")]
    Empty {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// Who answered.
        origin: String,
        /// The HTTP status.
        status: u16,
    },
    /// The answer is not JSON at all, such as the page of a proxy.
    #[error("{operation}: {origin} answered with {content_type} instead of JSON: {start}")]
    NotJson {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// Who answered.
        origin: String,
        /// What the answer calls itself.
        content_type: String,
        /// The beginning of the answer, one line, made printable.
        start: String,
    },
    /// The answer is JSON that ends early or does not have the documented shape.
    #[error("{operation}: the answer cannot be read")]
    BadJson {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// Where and what.
        #[source]
        source: serde_json::Error,
    },
    /// A `Link` header points to another origin.
    #[error("{operation}: the link to the next page leads to {to}, away from {from}; it was not followed")]
    ForeignLink {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// The origin that was asked.
        from: String,
        /// The origin that the link leads to.
        to: String,
    },
    /// A `Link` header cannot be read.
    #[error("{operation}: the link to the next page cannot be read: {link}")]
    BadLink {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// The header, made printable.
        link: String,
    },
    /// A list leads back to a page that was read before, or does not end.
    #[error("{operation}: the list does not end: {why}")]
    EndlessList {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// What makes it endless.
        why: String,
    },
}

impl Error {
    /// Tells whether the request may have been carried out. An answer that arrived and cannot be read counts as unknown.
    pub fn delivery(&self) -> Delivery {
        match self {
            Self::BadUrl { .. } | Self::BadSetting { .. } | Self::BadRequest { .. } => {
                Delivery::NotCarriedOut
            }
            Self::Connect { delivery, .. }
            | Self::Timeout { delivery, .. }
            | Self::Broken { delivery, .. }
            | Self::Status { delivery, .. }
            | Self::Redirect { delivery, .. } => *delivery,
            Self::TooLarge { .. }
            | Self::TooDeep { .. }
            | Self::Empty { .. }
            | Self::NotJson { .. }
            | Self::BadJson { .. }
            | Self::ForeignLink { .. }
            | Self::BadLink { .. }
            | Self::EndlessList { .. } => Delivery::Unknown,
        }
    }

    /// Returns the HTTP status, where the vendor answered with one that is no success.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns how long the vendor asks to wait, where it said so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Notes that an earlier attempt may have been carried out, whatever this one says: a 404 to a repeated removal
    /// may well be the success of the first.
    pub(super) fn doubt(&mut self) {
        match self {
            Self::Connect { delivery, .. }
            | Self::Timeout { delivery, .. }
            | Self::Broken { delivery, .. }
            | Self::Status { delivery, .. }
            | Self::Redirect { delivery, .. } => *delivery = Delivery::Unknown,
            _ => {}
        }
    }
}

fn through(proxy: Option<&str>) -> String {
    proxy
        .map(|p| format!(" (a proxy is configured: {p})"))
        .unwrap_or_default()
}

fn reason(status: u16) -> String {
    reqwest::StatusCode::from_u16(status)
        .ok()
        .and_then(|s| s.canonical_reason())
        .map(|r| format!(" {r}"))
        .unwrap_or_default()
}

fn repeated(attempts: u32) -> String {
    if attempts > 1 {
        format!(", {attempts} times")
    } else {
        String::new()
    }
}

fn asked(retry_after: Option<Duration>) -> String {
    retry_after
        .map(|wait| format!(", and asks to wait {} s", wait.as_secs()))
        .unwrap_or_default()
}

fn quoted(body: &str) -> String {
    if body.is_empty() {
        String::new()
    } else {
        format!(": {body}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_error_says_all_that_is_known() {
        let error = Error::Status {
            operation: "listEntries",
            origin: "https://vendor.example".to_owned(),
            status: 429,
            body: "slow down".into(),
            retry_after: Some(Duration::from_secs(600)),
            delivery: Delivery::NotCarriedOut,
            attempts: 2,
        };
        assert_eq!(
            error.to_string(),
            "listEntries: https://vendor.example answered 429 Too Many Requests, 2 times, and asks to wait 600 s: slow down"
        );
    }

    #[test]
    fn doubt_outweighs_a_plain_no() {
        let mut error = Error::Redirect {
            operation: "removeEntry",
            from: String::new(),
            to: String::new(),
            delivery: Delivery::NotCarriedOut,
        };
        error.doubt();
        assert_eq!(error.delivery(), Delivery::Unknown);
    }
}
