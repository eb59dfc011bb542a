//! What the transport reports, in the administrator's words: what happened, why, and what to do now.
//!
//! Here is what is the same for every vendor: no connection, no answer, an answer that cannot be used. What a status
//! means is the vendor's own affair.

use std::time::Duration;

use crate::fleet::{Error, Kind};
use crate::http::{self, ConnectCause, ErrorBody};

/// Explains why an operation failed. `doing` says what it is for, to follow "could not"; `answered` explains a status that
/// is no success.
pub(super) fn explain(
    error: &http::Error,
    operation: &'static str,
    doing: &str,
    answered: impl FnOnce(u16, Option<Duration>, &ErrorBody) -> Error,
) -> Error {
    let mut explained = match error {
        http::Error::Status { status: 407, .. } => {
            Error::new(Kind::Network, "the proxy asks for a name and a password")
                .hint("put them into the proxy's URL: HTTPS_PROXY=http://name:password@host:port")
                .status(407)
        }
        http::Error::Status {
            status,
            retry_after,
            body,
            ..
        } => answered(*status, *retry_after, body).status(*status),
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
            format!("could not {doing}: {origin} did not answer in time"),
        ),
        http::Error::Broken { origin, .. } => Error::new(
            Kind::Network,
            format!("could not {doing}: the connection to {origin} broke"),
        ),
        _ => unusable(error, doing),
    };
    explained = explained.operation(operation).caused_by(error);
    // The text of the error itself is the message already in some of the cases.
    let message = explained.message.clone();
    explained.causes.retain(|cause| *cause != message);
    explained
}

/// Says that an answer arrived and cannot be used.
pub(super) fn unused(doing: &str) -> Error {
    Error::new(
        Kind::Vendor,
        format!("could not {doing}: the answer cannot be used"),
    )
}

/// Explains that the vendor takes no more requests. How many it takes, neither vendor publishes.
pub(super) fn rate_limited(product: &str, doing: &str, retry_after: Option<Duration>) -> Error {
    let error = Error::new(
        Kind::RateLimited,
        format!("could not {doing}: {product} takes no more requests for now"),
    );
    match retry_after {
        Some(wait) => error.hint(format!("try again in {} s", wait.as_secs().max(1))),
        None => error.hint("try again in some minutes; how many requests it takes is not published"),
    }
}

/// Explains that an operation without an object was not found.
pub(super) fn no_operation(doing: &str) -> Error {
    Error::new(
        Kind::Vendor,
        format!("could not {doing}: there is no such operation at this address"),
    )
    .hint("check the `url` of the profile")
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

fn unusable(error: &http::Error, doing: &str) -> Error {
    let explained = unused(doing);
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
        told(&error)
    }

    fn told(error: &http::Error) -> Error {
        explain(error, "listEntries", "list computers", |status, _, body| {
            Error::new(Kind::NotFound, format!("{status} {}", body.line()))
        })
    }

    fn answered(status: u16) -> Error {
        told(&http::Error::Status {
            operation: "listEntries",
            origin: "https://vendor.test".to_owned(),
            status,
            body: "no way".into(),
            retry_after: None,
            delivery: Delivery::NotCarriedOut,
            attempts: 1,
        })
    }

    #[test]
    fn what_the_answer_says_stands_beneath_the_error() {
        let error = answered(404);
        assert_eq!(error.message, "404 no way");
        assert_eq!((error.status, error.operation), (Some(404), Some("listEntries")));
        assert_eq!(
            error.causes,
            ["listEntries: https://vendor.test answered 404 Not Found: no way"]
        );
    }

    #[test]
    fn a_proxy_that_wants_to_know_who_asks_is_not_the_vendor() {
        let error = answered(407);
        assert_eq!((error.kind, error.status), (Kind::Network, Some(407)));
        assert!(error.hint.unwrap().contains("HTTPS_PROXY"));
    }

    #[test]
    fn a_rate_limit_says_how_long_to_wait() {
        let limited = |wait| rate_limited("X", "invite", wait).hint.unwrap();
        assert_eq!(limited(Some(Duration::from_secs(77))), "try again in 77 s");
        assert_eq!(limited(Some(Duration::ZERO)), "try again in 1 s");
        assert!(limited(None).contains("not published"));
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
        let error = told(&page);
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
        let error = told(&error);
        assert_eq!((error.kind, error.causes.len()), (Kind::Invalid, 0));
    }
}
