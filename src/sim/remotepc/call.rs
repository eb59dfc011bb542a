//! A request as RemotePC's operations see it.

use serde::de::DeserializeOwned;

use super::options::{Paging, Removal};
use super::refusal::Refusal;
use crate::sim::call;

/// A request: authorised, its body read whole.
pub type Call = call::Call<Rules>;

/// What differs from one simulated account to another.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Where the server is.
    pub base_url: String,
    pub paging: Paging,
    pub sso: bool,
    pub removal: Removal,
}

impl Call {
    /// Reads the body. One that is no JSON, or has a member of another name or type than the page's, is a 400.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        serde_json::from_slice(&self.body).map_err(Refusal::invalid)
    }
}
