//! A request as an operation sees it.

use axum::body::to_bytes;
use axum::extract::{FromRequestParts, Path, Query, Request};
use axum::http::{HeaderMap, header};
use jiff::Timestamp;

/// The largest body that a request may have.
const LARGEST_BODY: usize = 1 << 20;

/// A request, its body read whole, and the rules that a vendor's operations are held to.
#[derive(Debug)]
pub struct Call<R> {
    pub path: Vec<(String, String)>,
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub now: Timestamp,
    pub rules: R,
}

impl<R> Call<R> {
    /// Reads a request, or says why it cannot be read.
    pub async fn read(request: Request, now: Timestamp, rules: R) -> Result<Self, String> {
        let (mut parts, body) = request.into_parts();
        let body = to_bytes(body, LARGEST_BODY)
            .await
            .map_err(|e| format!("the body cannot be read: {e}"))?;
        let Path(path) = Path::from_request_parts(&mut parts, &())
            .await
            .map_err(|e| e.to_string())?;
        let Query(query) = Query::try_from_uri(&parts.uri).map_err(|e| e.to_string())?;
        Ok(Self {
            path,
            query,
            headers: parts.headers,
            body: body.to_vec(),
            now,
            rules,
        })
    }

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

    /// Returns the token after `Bearer `, written exactly so.
    pub fn bearer(&self) -> Option<&str> {
        self.header(header::AUTHORIZATION)?.strip_prefix("Bearer ")
    }

    /// Tells whether the body is called JSON; if not, what it is called instead.
    pub fn is_json(&self) -> Result<(), &str> {
        let content_type = self.header(header::CONTENT_TYPE).unwrap_or_default();
        let kind = content_type.split(';').next().unwrap_or_default().trim();
        if kind.eq_ignore_ascii_case("application/json") {
            Ok(())
        } else {
            Err(content_type)
        }
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}
