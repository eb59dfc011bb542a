//! A request as an operation sees it.

use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::options::PageSizes;
use super::reply::Refusal;

/// A request: authorised, its body read whole.
#[derive(Debug)]
pub struct Call {
    pub path: Vec<(String, String)>,
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub now: Timestamp,
    pub pages: PageSizes,
    pub entry_etag: bool,
}

impl Call {
    /// Returns a parameter of the path.
    pub fn segment(&self, name: &str) -> &str {
        find(&self.path, name).unwrap_or_default()
    }

    /// Returns a parameter of the query; of several equal ones the first.
    pub fn query(&self, name: &str) -> Option<&str> {
        find(&self.query, name)
    }

    /// Returns the text of a header, if it has one.
    pub fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Reads the body. A body that is no JSON, is not called JSON, lacks a member or has one too many is a 400.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        let content_type = self.header(header::CONTENT_TYPE).unwrap_or_default();
        let kind = content_type.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Refusal::bad(format!(
                "the body must be application/json, not '{content_type}'"
            )));
        }
        serde_json::from_slice(&self.body).map_err(|e| Refusal::bad(format!("the body cannot be used: {e}")))
    }

    /// Refuses with 412 if there is an `If-Match` that is not this version, byte for byte. There is no `*`.
    pub fn expect_version(&self, etag: &str) -> Result<(), Refusal> {
        match self.headers.get(header::IF_MATCH) {
            Some(expected) if expected.as_bytes() != etag.as_bytes() => {
                Err(Refusal::new(412, "the object was changed since that version"))
            }
            _ => Ok(()),
        }
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}
