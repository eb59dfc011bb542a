//! An answer that is a success.

use reqwest::header::{ETAG, HeaderMap};
use serde::de::DeserializeOwned;
use url::Url;

use crate::secret::Redactor;

use super::{ETag, Error, json};

/// An answer with a 2xx status, read whole and within the limits.
#[derive(Debug)]
pub struct Response {
    pub(super) operation: &'static str,
    pub(super) url: Url,
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) deepest: usize,
    pub(super) redactor: Redactor,
}

impl Response {
    /// Returns the vendor's name of the operation that was answered.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the HTTP status, from 200 to 299.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Reads the body as JSON. A page of a proxy, an empty body, too deep nesting and JSON that ends early or has
    /// another shape are each an error of their own.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        json::read(self)
    }

    /// Returns the object's version, byte for byte.
    pub fn etag(&self) -> Option<ETag> {
        self.headers.get(ETAG).map(|tag| ETag::new(tag.as_bytes()))
    }

    /// Returns the first header of a name, if it is plain ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns scheme, host and port of who answered.
    pub(super) fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }
}
