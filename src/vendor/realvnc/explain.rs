//! What the transport reports, in the administrator's words: what happened, why, and what to do now.
//!
//! The vendor documents no body for its errors. The kind follows from status and operation alone, and the body
//! is shown among the causes.

use std::time::Duration;

use crate::fleet::{Error, Kind};
use crate::http::{self, ConnectCause};

use super::permissions::{permission, purpose};

const PRODUCT: &str = "RealVNC Connect";
const KEYS: &str = "RealVNC Connect portal > Add-ons > API Access Keys";

/// Explains why an operation failed. `about` names its object ("computer `x`"), and is empty where it has none.
pub(super) fn explain(error: &http::Error, operation: &'static str, about: &str) -> Error {
    let mut explained = match error {
        http::Error::Status {
            status, retry_after, ..
        } => status_says(*status, operation, about, *retry_after).status(*status),
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

fn doing(operation: &'static str) -> &'static str {
    purpose(operation).unwrap_or(operation)
}

fn status_says(status: u16, operation: &'static str, about: &str, retry_after: Option<Duration>) -> Error {
    let doing = doing(operation);
    match status {
        400 | 401 | 403 if operation == "createSession" => Error::new(
            Kind::Auth,
            format!("{PRODUCT} refused the access key"),
        )
        .hint(format!(
            "check the key's id and secret; a key that was revoked or has expired cannot be used, and API access is an add-on to the plan: {KEYS}"
        )),
        401 => Error::new(Kind::Auth, format!("{PRODUCT} refused a session that it had just granted"))
            .hint(format!("the access key may have been revoked meanwhile: {KEYS}")),
        403 => forbidden(operation, doing),
        404 if about.is_empty() => Error::new(
            Kind::Vendor,
            format!("could not {doing}: there is no such operation at this address"),
        )
        .hint("check the `url` of the profile"),
        404 => Error::new(Kind::NotFound, format!("the team has no {about}"))
            .hint("it may have been removed meanwhile; list again"),
        400 | 422 => Error::new(Kind::Invalid, format!("{PRODUCT} did not accept the request to {doing}")),
        407 => Error::new(Kind::Network, "the proxy asks for a name and a password")
            .hint("put them into the proxy's URL: HTTPS_PROXY=http://name:password@host:port"),
        409 if operation == "updateEntry" => Error::new(
            Kind::Conflict,
            "could not rename: the name is already used in the team",
        )
        .hint("the API does not say why it refuses, and this is the only reason that is known; rename or remove the other computer first"),
        409 => Error::new(Kind::Conflict, format!("could not {doing}: it clashes with what is there")),
        412 => Error::new(
            Kind::Conflict,
            format!("could not {doing}: somebody else has changed it since it was read"),
        )
        .hint("read it again and decide again"),
        428 => Error::new(
            Kind::Conflict,
            format!("could not {doing}: {PRODUCT} wants to know which version the change rests on"),
        ),
        429 => rate_limited(doing, retry_after),
        _ => Error::new(
            Kind::Vendor,
            format!("could not {doing}: {PRODUCT} answered with status {status}"),
        ),
    }
}

fn forbidden(operation: &'static str, doing: &str) -> Error {
    let Some(permission) = permission(operation) else {
        return Error::new(Kind::Permission, format!("the access key may not {doing}"))
            .hint(format!("see what it may do: {KEYS}"));
    };
    let besides = match operation {
        "listEntryPresence" => "; it may also be that the team's plan does not include presence",
        "updateMemberRoles" | "removeMember" | "inviteMember" => {
            "; it may also be that the user is an administrator or the owner, whom the API cannot change"
        }
        _ => "",
    };
    Error::new(
        Kind::Permission,
        format!("the access key may not {doing}: this needs the permission {permission}"),
    )
    .hint(format!("use a key that has {permission}: {KEYS}{besides}"))
}

fn rate_limited(doing: &str, retry_after: Option<Duration>) -> Error {
    let error = Error::new(
        Kind::RateLimited,
        format!("could not {doing}: {PRODUCT} takes no more requests for now"),
    );
    match retry_after {
        Some(wait) => error.hint(format!("try again in {} s", wait.as_secs().max(1))),
        None => error.hint("try again in some minutes; how many requests it takes is not published"),
    }
}

fn unconnected(origin: &str, proxy: Option<&str>, cause: &ConnectCause) -> Error {
    let error = Error::new(Kind::Network, format!("could not reach {origin}"));
    let hint = match (cause, proxy) {
        (ConnectCause::Certificate { .. }, _) => {
            "where a proxy inspects the traffic, name the certificate that it signs with: --ca-file FILE; else check this computer's clock and the `url` of the profile"
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
    let doing = doing(operation);
    let explained = Error::new(
        Kind::Vendor,
        format!("could not {doing}: the answer cannot be used"),
    );
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

    fn answered(status: u16, operation: &'static str, about: &str) -> Error {
        let error = http::Error::Status {
            operation,
            origin: "https://vendor.test".to_owned(),
            status,
            body: "no way".to_owned(),
            retry_after: (status == 429).then_some(Duration::from_secs(77)),
            delivery: Delivery::NotCarriedOut,
            attempts: 1,
        };
        explain(&error, operation, about)
    }

    #[test]
    fn each_status_has_its_kind() {
        let kinds = [
            (400, Kind::Invalid),
            (401, Kind::Auth),
            (403, Kind::Permission),
            (404, Kind::NotFound),
            (407, Kind::Network),
            (409, Kind::Conflict),
            (412, Kind::Conflict),
            (428, Kind::Conflict),
            (429, Kind::RateLimited),
            (500, Kind::Vendor),
            (503, Kind::Vendor),
        ];
        for (status, kind) in kinds {
            let error = answered(status, "updateEntry", "computer `x`");
            assert_eq!((error.kind, error.status), (kind, Some(status)));
            assert_eq!(error.operation, Some("updateEntry"));
        }
    }

    #[test]
    fn a_missing_permission_is_named_with_the_place_to_grant_it() {
        let error = answered(403, "updateEntry", "computer `x`");
        assert_eq!(
            error.message,
            "the access key may not rename a computer: this needs the permission UPDATE_ENTRY"
        );
        assert!(error.hint.unwrap().contains("Add-ons > API Access Keys"));
    }

    #[test]
    fn presence_that_is_refused_may_be_a_matter_of_the_plan() {
        assert!(
            answered(403, "listEntryPresence", "")
                .hint
                .unwrap()
                .contains("plan")
        );
    }

    #[test]
    fn a_refused_key_is_told_from_a_refused_session() {
        let key = answered(401, "createSession", "");
        let session = answered(401, "listEntries", "");
        assert_eq!((key.kind, session.kind), (Kind::Auth, Kind::Auth));
        assert_ne!(key.message, session.message);
    }

    #[test]
    fn what_the_answer_says_stands_beneath_the_error() {
        let error = answered(404, "readEntry", "computer `x`");
        assert_eq!(error.message, "the team has no computer `x`");
        assert_eq!(
            error.causes,
            ["readEntry: https://vendor.test answered 404 Not Found: no way"]
        );
    }

    #[test]
    fn a_rate_limit_says_how_long_to_wait() {
        assert_eq!(
            answered(429, "inviteMember", "").hint.unwrap(),
            "try again in 77 s"
        );
    }

    #[test]
    fn a_list_that_is_not_found_points_to_the_address() {
        let error = answered(404, "listEntries", "");
        assert_eq!(error.kind, Kind::Vendor);
        assert!(error.hint.unwrap().contains("url"));
    }

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
    fn each_way_of_not_connecting_has_its_hint() {
        let why = String::new();
        for (cause, proxy, hint) in [
            (ConnectCause::Unresolved { why: why.clone() }, None, "`url`"),
            (ConnectCause::Certificate { why: why.clone() }, None, "--ca-file"),
            (
                ConnectCause::Certificate { why: why.clone() },
                Some("http://p"),
                "--ca-file",
            ),
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
