//! A request as RealVNC's operations see it.

use axum::http::header;
use serde::de::DeserializeOwned;

use super::options::PageSizes;
use super::refusal::Refusal;
use crate::sim::call;

/// A request: authorised, its body read whole.
pub type Call = call::Call<Rules>;

/// What differs from one simulated team to another.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    pub pages: PageSizes,
    pub entry_etag: bool,
}

impl Call {
    /// Reads the body. A body that is no JSON, is not called JSON, lacks a member or has one too many is a 400.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        self.is_json()
            .map_err(|called| Refusal::bad(format!("the body must be application/json, not '{called}'")))?;
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
