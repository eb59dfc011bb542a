//! What a status says, by operation: its kind, what happened, and what to do now.

use std::time::Duration;

use crate::fleet::{Error, Kind};
use crate::vendor::explain::{no_operation, rate_limited};

use super::permissions::{permission, purpose};

const PRODUCT: &str = "RealVNC Connect";
const KEYS: &str = "RealVNC Connect portal > Add-ons > API Access Keys";

/// Explains a status that is no success. `about` is the object of the operation, or empty.
pub(super) fn says(
    status: u16,
    operation: &'static str,
    about: &str,
    retry_after: Option<Duration>,
) -> Error {
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
        404 if about.is_empty() => no_operation(doing),
        404 => Error::new(Kind::NotFound, format!("the team has no {about}"))
            .hint("it may have been removed meanwhile; list again"),
        400 | 422 => Error::new(Kind::Invalid, format!("{PRODUCT} did not accept the request to {doing}")),
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
        429 => rate_limited(PRODUCT, doing, retry_after),
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

/// Returns what an operation is for, to follow "could not".
pub(super) fn doing(operation: &'static str) -> &'static str {
    purpose(operation).unwrap_or(operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, operation: &'static str, about: &str) -> Error {
        says(status, operation, about, Some(Duration::from_secs(77)))
    }

    #[test]
    fn each_status_has_its_kind() {
        let kinds = [
            (400, Kind::Invalid),
            (401, Kind::Auth),
            (403, Kind::Permission),
            (404, Kind::NotFound),
            (409, Kind::Conflict),
            (412, Kind::Conflict),
            (428, Kind::Conflict),
            (429, Kind::RateLimited),
            (500, Kind::Vendor),
            (503, Kind::Vendor),
        ];
        for (status, kind) in kinds {
            assert_eq!(
                answered(status, "updateEntry", "computer `x`").kind,
                kind,
                "{status}"
            );
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
    fn a_list_that_is_not_found_points_to_the_address() {
        let error = answered(404, "listEntries", "");
        assert_eq!(error.kind, Kind::Vendor);
        assert!(error.hint.unwrap().contains("url"));
    }
}
