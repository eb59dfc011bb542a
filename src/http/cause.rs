//! Why no connection could be made, in plain words.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use rustls::InvalidMessage;

use super::certificate;

/// What stood in the way of a connection. None of these ever sent a request.
#[derive(Debug, thiserror::Error)]
pub enum ConnectCause {
    /// The name of the vendor, or of the proxy, has no address.
    #[error("could not resolve the host name: {why}")]
    Unresolved {
        /// What the resolver said.
        why: String,
    },
    /// Nothing listens there.
    #[error("the connection was refused: nothing listens there, or a firewall is in the way")]
    Refused,
    /// The connection was not made in time.
    #[error("no connection within {after:?}: the host does not answer, or its name cannot be looked up")]
    TooSlow {
        /// The deadline for making a connection.
        after: Duration,
    },
    /// The other side could not prove who it is.
    #[error("the certificate is not accepted: {why}")]
    Certificate {
        /// What is wrong with it.
        why: String,
        /// What to do about it.
        advice: &'static str,
    },
    /// The other side answers with something else than TLS.
    #[error("the other side does not speak TLS, so that it is no https server")]
    NoTls,
    /// Anything else that the network, TLS or a proxy said.
    #[error("{why}")]
    Other {
        /// The innermost reason.
        why: String,
    },
}

impl ConnectCause {
    /// Reads the cause out of an error that says [`is_connect`](reqwest::Error::is_connect). `ca_file` tells whether
    /// there is one.
    pub(super) fn of(error: &reqwest::Error, deadline: Duration, ca_file: bool) -> Self {
        match find::<rustls::Error>(error) {
            Some(rustls::Error::InvalidCertificate(fault)) => {
                let (why, advice) = certificate::plain(fault, ca_file);
                return Self::Certificate { why, advice };
            }
            Some(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)) => return Self::NoTls,
            _ => {}
        }
        if error.is_dns() {
            return Self::Unresolved { why: root(error) };
        }
        if error.is_timeout() {
            return Self::TooSlow { after: deadline };
        }
        if find::<io::Error>(error).is_some_and(|e| e.kind() == io::ErrorKind::ConnectionRefused) {
            return Self::Refused;
        }
        Self::Other { why: root(error) }
    }

    /// Returns how many attempts are worth making: a wrong certificate does not get right, a slow peer is slow again.
    pub(super) fn most_attempts(&self) -> u32 {
        match self {
            Self::Certificate { .. } | Self::NoTls => 1,
            Self::TooSlow { .. } => 2,
            Self::Unresolved { .. } | Self::Refused | Self::Other { .. } => 3,
        }
    }
}

/// Returns the next error inward. An `io::Error` names the source of what it wraps, and so hides the wrapped error itself.
fn inward<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    if let Some(wrapped) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        return Some(wrapped);
    }
    error.source()
}

fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    std::iter::successors(Some(error), |e| inward(*e)).find_map(|e| e.downcast_ref())
}

/// Returns what the innermost error says.
pub(super) fn root(error: &(dyn StdError + 'static)) -> String {
    std::iter::successors(Some(error), |e| inward(*e))
        .last()
        .map(ToString::to_string)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_inside_an_io_error_is_found() {
        let inner = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        let outer = io::Error::new(io::ErrorKind::InvalidData, io::Error::other(inner));
        assert!(find::<rustls::Error>(&outer).is_some());
        assert!(root(&outer).contains("Expired"), "{}", root(&outer));
    }
}
