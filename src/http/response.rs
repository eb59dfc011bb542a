//! An answer that is a success.

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use url::Url;

use super::{ETag, Error};

/// An answer with a 2xx status, read whole and within the limits.
#[derive(Debug)]
pub struct Response {
    pub(super) operation: &'static str,
    pub(super) url: Url,
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) attempts: u32,
}
