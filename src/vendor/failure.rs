//! A write that failed, and whether it may have been carried out after all.

use crate::fleet::{self, Attempt};
use crate::http::{self, Delivery};

/// A write that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Whether it may have been carried out by any of its tries.
    pub delivery: Delivery,
    /// What happened.
    pub error: fleet::Error,
}

impl Failure {
    /// Makes the failure of a write that never left.
    pub(in crate::vendor) fn unsent(error: fleet::Error) -> Self {
        Self {
            delivery: Delivery::NotCarriedOut,
            error,
        }
    }

    /// Makes the failure of a write whose answer arrived and cannot be read.
    pub(in crate::vendor) fn unread(cause: &http::Error, error: fleet::Error) -> Self {
        Self {
            delivery: cause.delivery(),
            error,
        }
    }
}

impl From<Failure> for fleet::Error {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

impl From<Failure> for Attempt {
    fn from(failure: Failure) -> Self {
        match failure.delivery {
            Delivery::NotCarriedOut => Self::Failed(failure.error),
            Delivery::Unknown => Self::Unknown(failure.error),
        }
    }
}
