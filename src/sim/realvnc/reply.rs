//! Answers: what was asked for, or why not.
//!
//! How the vendor words a refusal is not known: no error in its contract has a body. So each status has a shape of
//! its own here, among them an empty body, and no client can come to rely on one.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;
use serde_json::json;

/// An answer to a request that was carried out.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: Vec<(HeaderName, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    /// Answers with JSON.
    pub fn json(body: &impl Serialize) -> Result<Self, Refusal> {
        let body = serde_json::to_vec(body).map_err(|e| Refusal::new(500, e.to_string()))?;
        Ok(Self {
            status: StatusCode::OK,
            headers: vec![(header::CONTENT_TYPE, "application/json".to_owned())],
            body,
        })
    }

    /// Answers 204.
    pub fn nothing() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Sets another status.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Returns the text of a header.
    pub fn find_header(&self, name: &HeaderName) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }
}

impl From<Reply> for Response {
    fn from(reply: Reply) -> Self {
        let mut response = Response::new(Body::from(reply.body));
        *response.status_mut() = reply.status;
        for (name, value) in reply.headers {
            // What cannot stand in a header is left out; nothing that we send is such.
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}

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

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut reply = Reply::nothing().status(status);
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
