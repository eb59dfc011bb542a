//! What can go wrong with a request.

use std::time::Duration;

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
    /// No connection could be made.
    #[error("could not connect to {origin}")]
    Connect {
        /// Where to.
        origin: String,
        /// What the network said.
        #[source]
        source: reqwest::Error,
    },
    /// A deadline passed.
    #[error("{operation}: no answer from {origin} within {}", seconds(*after))]
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
    #[error("{operation}: {origin} answered {status}{}", reason(*status))]
    Status {
        /// The vendor's name of the operation.
        operation: &'static str,
        /// Who answered.
        origin: String,
        /// The HTTP status.
        status: u16,
        /// The beginning of the answer, one line, made printable and redacted; empty where there was none.
        body: String,
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
        /// The origin that it points to.
        to: String,
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
            Self::BadUrl { .. } | Self::BadSetting { .. } | Self::Connect { .. } | Self::Redirect { .. } => {
                Delivery::NotCarriedOut
            }
            Self::Timeout { delivery, .. }
            | Self::Broken { delivery, .. }
            | Self::Status { delivery, .. } => *delivery,
            Self::TooLarge { .. }
            | Self::TooDeep { .. }
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
}

fn seconds(duration: Duration) -> String {
    format!("{:?}", duration)
}

fn reason(status: u16) -> String {
    reqwest::StatusCode::from_u16(status)
        .ok()
        .and_then(|s| s.canonical_reason())
        .map(|r| format!(" {r}"))
        .unwrap_or_default()
}
