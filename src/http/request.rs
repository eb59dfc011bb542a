//! A request, before it is sent.

use std::fmt;

use serde_json::Value;
use url::Url;

use crate::secret::Secret;

pub use reqwest::Method;

/// When a request may be sent again after it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// Sending it twice does what sending it once does: reads, PUT, DELETE, creating a session.
    Safe,
    /// Only when it is sure that nothing was carried out: the connection was never made, or the answer was 429.
    OnlyUnsent,
}

/// A version of an object as the vendor named it, byte for byte, quotes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ETag(pub(super) Vec<u8>);

impl ETag {
    /// Wraps a version tag, byte for byte.
    pub fn new(tag: impl Into<Vec<u8>>) -> Self {
        Self(tag.into())
    }

    /// Returns the bytes to send back.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Where a request goes.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// Path segments below the base URL; each is percent-encoded on its own.
    Path(Vec<String>),
    /// A URL that the vendor gave in a `Link` header, taken verbatim.
    Link(Url),
}

/// One call of an operation.
#[derive(Clone)]
pub struct Request {
    pub(super) operation: &'static str,
    pub(super) method: Method,
    pub(super) target: Target,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) bearer: Option<Secret>,
    pub(super) if_match: Option<ETag>,
    pub(super) body: Option<Value>,
    pub(super) says_json: bool,
    pub(super) replay: Replay,
}

/// Leaves out the query and the fragment: they may hold a secret.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(segments) => f.debug_tuple("Path").field(segments).finish(),
            Self::Link(url) => f.debug_tuple("Link").field(&url.path()).finish(),
        }
    }
}

/// Leaves out the body and the values of the query: either may hold a secret.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("target", &self.target)
            .field(
                "query",
                &self.query.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            )
            .field("replay", &self.replay)
            .finish_non_exhaustive()
    }
}

impl Request {
    /// Starts a request for the vendor's `operation` at `path`, given as segments that are not yet encoded.
    /// GET, PUT and DELETE may be sent again; POST and PATCH only when nothing was carried out.
    pub fn new<S: Into<String>>(
        operation: &'static str,
        method: Method,
        path: impl IntoIterator<Item = S>,
    ) -> Self {
        let replay = if method == Method::POST || method == Method::PATCH {
            Replay::OnlyUnsent
        } else {
            Replay::Safe
        };
        Self {
            operation,
            method,
            target: Target::Path(path.into_iter().map(Into::into).collect()),
            query: Vec::new(),
            bearer: None,
            if_match: None,
            body: None,
            says_json: false,
            replay,
        }
    }

    /// Starts a GET of the next page, at the URL that [`Pages`](super::Pages) resolved.
    pub fn page(operation: &'static str, url: Url) -> Self {
        Self {
            operation,
            method: Method::GET,
            target: Target::Link(url),
            query: Vec::new(),
            bearer: None,
            if_match: None,
            body: None,
            says_json: false,
            replay: Replay::Safe,
        }
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    /// Sends the token as `Authorization: Bearer …`.
    #[must_use]
    pub fn bearer(mut self, token: &Secret) -> Self {
        self.bearer = Some(token.clone());
        self
    }

    /// Sends `If-Match` with the version, byte for byte.
    #[must_use]
    pub fn if_match(mut self, tag: ETag) -> Self {
        self.if_match = Some(tag);
        self
    }

    /// Sends a JSON body.
    #[must_use]
    pub fn json(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Sends `Content-Type: application/json` without a body too: a vendor may want it on every request.
    #[must_use]
    pub fn says_json(mut self) -> Self {
        self.says_json = true;
        self
    }

    /// Overrides when the request may be sent again.
    #[must_use]
    pub fn replay(mut self, replay: Replay) -> Self {
        self.replay = replay;
        self
    }

    /// Returns the vendor's name of the operation.
    pub fn operation(&self) -> &'static str {
        self.operation
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_to_a_page_is_shown_without_its_query() {
        let url = Url::parse("https://vendor.example/1.0/entries?from=tok-123456#x").unwrap();
        let shown = format!("{:?}", Request::page("listEntries", url));
        assert!(shown.contains("/1.0/entries") && !shown.contains('?'), "{shown}");
        assert!(!shown.contains("123456") && !shown.contains('#'), "{shown}");
    }
}
