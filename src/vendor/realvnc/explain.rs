//! What the transport reports, in the administrator's words: what happened, why, and what to do now.
//!
//! The vendor documents no body for its errors. The kind follows from status and operation alone, and the body
//! is shown among the causes.

use crate::fleet::{Error, Kind};
use crate::http::{self, ConnectCause};

use super::status::{self, doing};

/// Explains why an operation failed. `about` names its object ("computer `x`"), and is empty where it has none.
pub(super) fn explain(error: &http::Error, operation: &'static str, about: &str) -> Error {
    let mut explained = match error {
        http::Error::Status {
            status, retry_after, ..
        } => status::says(*status, operation, about, *retry_after).status(*status),
        http::Error::BadUrl { .. } | http::Error::BadSetting { .. } | http::Error::BadRequest { .. } => {
            Error::new(Kind::Invalid, error.to_string())
        }
        http::Error::Connect {
            origin,
            proxy,
            source,
            ..
        } => unconnected(origin, proxy.as_deref(), source),
        http::Error::Timeout { origin, .. } => Error::new(
            Kind::Network,
            format!("could not {}: {origin} did not answer in time", doing(operation)),
        ),
        http::Error::Broken { origin, .. } => Error::new(
            Kind::Network,
            format!("could not {}: the connection to {origin} broke", doing(operation)),
        ),
        _ => unusable(error, operation),
    };
    explained = explained.operation(operation).caused_by(error);
    // The text of the error itself is the message already in some of the cases.
    let message = explained.message.clone();
    explained.causes.retain(|cause| *cause != message);
    explained
}

/// Explains that a page of a list came without the list. `why` says what it had instead.
pub(super) fn listless(operation: &'static str, why: &str) -> Error {
    let mut error = unused(operation).operation(operation).hint(
        "if it happens again, the vendor has changed its format, or something between here and the vendor has answered",
    );
    error.causes.push(format!("{operation}: {why}"));
    error
}

fn unused(operation: &'static str) -> Error {
    Error::new(
        Kind::Vendor,
        format!("could not {}: the answer cannot be used", doing(operation)),
    )
}

fn unconnected(origin: &str, proxy: Option<&str>, cause: &ConnectCause) -> Error {
    let error = Error::new(Kind::Network, format!("could not reach {origin}"));
    let hint = match (cause, proxy) {
        (ConnectCause::Certificate { advice, .. }, _) => advice,
        (ConnectCause::NoTls, None) => {
            "check scheme and port in the `url` of the profile; plain http is only for this machine"
        }
        (_, Some(_)) => {
            "check the proxy (HTTPS_PROXY, ALL_PROXY; NO_PROXY names hosts to reach without it) and the `url` of the profile"
        }
        (ConnectCause::Unresolved { .. }, None) => {
            "check the `url` of the profile and this computer's network"
        }
        (ConnectCause::Refused, None) => "check the `url` of the profile and whether something listens there",
        (ConnectCause::TooSlow { .. } | ConnectCause::Other { .. }, None) => {
            "check the network; where the way out is a proxy, set HTTPS_PROXY"
        }
    };
    error.hint(hint)
}

fn unusable(error: &http::Error, operation: &'static str) -> Error {
    let explained = unused(operation);
    match error {
        http::Error::NotJson { .. } => explained.hint(
            "something between here and the vendor may have answered, such as a proxy or a login page; check the `url` of the profile",
        ),
        http::Error::Redirect { .. } => {
            explained.hint("check the `url` of the profile; a network that asks for a login redirects too")
        }
        http::Error::BadJson { .. } => {
            explained.hint("if it happens again, the answer ends early or the vendor has changed its format")
        }
        _ => explained,
    }
}

#[cfg(test)]
mod tests {
    use crate::http::Delivery;

    use super::*;

    fn not_connected(cause: ConnectCause, proxy: Option<&str>) -> Error {
        let error = http::Error::Connect {
            origin: "https://vendor.test".to_owned(),
            proxy: proxy.map(str::to_owned),
            delivery: Delivery::NotCarriedOut,
            source: cause,
        };
        explain(&error, "listEntries", "")
    }

    #[test]
    fn what_the_answer_says_stands_beneath_the_error() {
        let error = http::Error::Status {
            operation: "readEntry",
            origin: "https://vendor.test".to_owned(),
            status: 404,
            body: "no way".into(),
            retry_after: None,
            delivery: Delivery::NotCarriedOut,
            attempts: 1,
        };
        let error = explain(&error, "readEntry", "computer `x`");
        assert_eq!(error.message, "the team has no computer `x`");
        assert_eq!((error.status, error.operation), (Some(404), Some("readEntry")));
        assert_eq!(
            error.causes,
            ["readEntry: https://vendor.test answered 404 Not Found: no way"]
        );
    }

    #[test]
    fn each_way_of_not_connecting_has_its_hint() {
        let why = String::new();
        for (cause, proxy, hint) in [
            (ConnectCause::Unresolved { why: why.clone() }, None, "`url`"),
            (
                ConnectCause::Certificate {
                    why: why.clone(),
                    advice: "--ca-file FILE",
                },
                Some("http://p"),
                "--ca-file",
            ),
            (ConnectCause::NoTls, None, "port"),
            (ConnectCause::NoTls, Some("http://p"), "NO_PROXY"),
            (ConnectCause::Other { why }, Some("http://p"), "NO_PROXY"),
            (ConnectCause::Refused, None, "listens"),
        ] {
            let error = not_connected(cause, proxy);
            assert_eq!(error.kind, Kind::Network);
            assert!(error.hint.as_deref().unwrap().contains(hint), "{error:?}");
            assert!(error.causes.len() == 2, "{error:?}");
        }
    }

    #[test]
    fn an_answer_that_cannot_be_used_is_the_vendors_fault() {
        let page = http::Error::NotJson {
            operation: "listEntries",
            origin: "https://vendor.test".to_owned(),
            content_type: "text/html".to_owned(),
            start: "<html>".to_owned(),
        };
        let error = explain(&page, "listEntries", "");
        assert_eq!(error.kind, Kind::Vendor);
        assert_eq!(
            error.message,
            "could not list computers: the answer cannot be used"
        );
        assert_eq!(
            error.causes,
            ["listEntries: https://vendor.test answered with text/html instead of JSON: <html>"]
        );
        assert!(error.hint.unwrap().contains("proxy"));
    }

    #[test]
    fn an_address_that_cannot_be_used_is_an_invalid_argument() {
        let error = http::Error::BadUrl {
            url: "ftp://x".to_owned(),
            why: "because".to_owned(),
        };
        let error = explain(&error, "listEntries", "");
        assert_eq!((error.kind, error.causes.len()), (Kind::Invalid, 0));
    }
}
