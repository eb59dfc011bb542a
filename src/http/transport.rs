//! Sends requests.

use crate::secret::Redactor;

use super::{Error, Request, Response, Settings};

/// The way to one vendor. Clones share connections and limits.
#[derive(Debug, Clone)]
pub struct Transport {
    settings: std::sync::Arc<Settings>,
}

impl Transport {
    /// Makes the way to a vendor; nothing is sent yet. What `redactor` knows is taken out of every message.
    pub fn new(settings: Settings, redactor: Redactor) -> Result<Self, Error> {
        let _ = redactor;
        Ok(Self {
            settings: std::sync::Arc::new(settings),
        })
    }

    /// Sends a request, again if it may be, and returns the answer if it is a success.
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        let _ = (&self.settings, request);
        Err(Error::BadUrl {
            url: String::new(),
            why: "skeleton".to_owned(),
        })
    }
}
