//! Refusals.
//!
//! How the vendor words a refusal is not known: no error in its contract has a body. So each status has a shape of
//! its own here, among them an empty body, and no client can come to rely on one.

use axum::http::header;
use serde_json::json;

use crate::sim::reply::Reply;

/// Why a request was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub why: String,
    pub retry_after: Option<u64>,
}

impl Refusal {
    /// Refuses with a status.
    pub fn new(status: u16, why: impl Into<String>) -> Self {
        Self {
            status,
            why: why.into(),
            retry_after: None,
        }
    }

    /// Refuses a request that is not as it should be.
    pub fn bad(why: impl Into<String>) -> Self {
        Self::new(400, why)
    }

    /// Refuses what the key or the API may not do.
    pub fn forbidden(why: impl Into<String>) -> Self {
        Self::new(403, why)
    }

    /// Refuses because there is no such thing.
    pub fn absent() -> Self {
        Self::new(404, "there is no such thing")
    }

    /// Refuses because there were too many requests, for this many seconds.
    pub fn too_many(seconds: u64) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(429, "too many requests")
        }
    }

    fn body(&self) -> Option<serde_json::Value> {
        let why = &self.why;
        Some(match self.status {
            404 => return None,
            401 => json!({ "error": "unauthorized", "error_description": why }),
            403 => json!({ "code": "FORBIDDEN", "message": why }),
            409 => json!({ "error": { "code": "CONFLICT", "message": why } }),
            412 | 428 => json!({ "title": "Precondition", "status": self.status, "detail": why }),
            _ => json!({ "message": why, "errors": [] }),
        })
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Self::new(500, error.to_string())
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        let mut reply = Reply::nothing().status(refusal.status);
        if let Some(body) = refusal.body() {
            reply.body = body.to_string().into_bytes();
            reply = reply.header(header::CONTENT_TYPE, "application/json");
        }
        if let Some(seconds) = refusal.retry_after {
            reply = reply.header(header::RETRY_AFTER, seconds.to_string());
        }
        reply
    }
}
