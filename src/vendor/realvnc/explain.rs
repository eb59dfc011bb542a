//! What the transport reports of an operation of RealVNC Connect.
//!
//! The vendor documents no body for its errors. The kind follows from status and operation alone, and the body
//! is shown among the causes.

use crate::fleet::Error;
use crate::http;
use crate::vendor::explain;

use super::status::{self, doing};

/// Explains why an operation failed. `about` names its object ("computer `x`"), and is empty where it has none.
pub(super) fn explain(error: &http::Error, operation: &'static str, about: &str) -> Error {
    explain::explain(error, operation, doing(operation), |status, retry_after, _| {
        status::says(status, operation, about, retry_after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Delivery;

    #[test]
    fn a_status_is_told_by_its_operation_and_what_that_is_about() {
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
        assert_eq!(error.causes.len(), 1);
    }
}
