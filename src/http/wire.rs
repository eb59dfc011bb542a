//! A request in the form in which it is sent, the same for every attempt.

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, IF_MATCH};
use reqwest::{Client, Method, RequestBuilder};
use url::Url;

use super::{BaseUrl, Error, Request, address};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// What goes over the wire.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) method: Method,
    pub(super) url: Url,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl Wire {
    /// Puts a request into its final form.
    pub(super) fn new(base: &BaseUrl, request: &Request) -> Result<Self, Error> {
        let bad = |why: String| Error::BadRequest {
            operation: request.operation,
            why,
        };
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, JSON);
        if let Some(token) = &request.bearer {
            let mut value = HeaderValue::try_from(format!("Bearer {}", token.expose()))
                .map_err(|_| bad("its token contains characters that a header cannot hold".to_owned()))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        if let Some(tag) = &request.if_match {
            let value = HeaderValue::from_bytes(tag.as_bytes())
                .map_err(|_| bad("its version contains characters that a header cannot hold".to_owned()))?;
            headers.insert(IF_MATCH, value);
        }
        let body = match &request.body {
            Some(json) => Some(serde_json::to_vec(json).map_err(|e| bad(e.to_string()))?),
            None => None,
        };
        if body.is_some() || request.says_json {
            headers.insert(CONTENT_TYPE, JSON);
        }
        Ok(Self {
            method: request.method.clone(),
            url: address::resolve(base, request)?,
            headers,
            body,
        })
    }

    /// Hands the request to a client.
    pub(super) fn on(&self, client: &Client) -> RequestBuilder {
        let builder = client
            .request(self.method.clone(), self.url.clone())
            .headers(self.headers.clone());
        match &self.body {
            Some(body) => builder.body(body.clone()),
            None => builder,
        }
    }

    /// Returns the path and the names of the query parameters; their values may be nobody else's business.
    pub(super) fn path(&self) -> String {
        let mut path = self.url.path().to_owned();
        for (index, pair) in self
            .url
            .query()
            .into_iter()
            .flat_map(|q| q.split('&'))
            .enumerate()
        {
            let name = pair.split_once('=').map_or(pair, |(name, _)| name);
            path.push(if index == 0 { '?' } else { '&' });
            path.push_str(name);
            path.push_str("=…");
        }
        path
    }

    /// Returns the names of the headers that deskhand sets.
    pub(super) fn header_names(&self) -> Vec<&str> {
        self.headers
            .keys()
            .map(reqwest::header::HeaderName::as_str)
            .collect()
    }

    /// Returns the size of the body in bytes.
    pub(super) fn body_size(&self) -> usize {
        self.body.as_ref().map_or(0, Vec::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::ETag;
    use crate::secret::Secret;

    fn base() -> BaseUrl {
        BaseUrl::parse("https://vendor.example").unwrap()
    }

    #[test]
    fn a_path_is_shown_without_the_values_of_its_query() {
        let request = Request::new("listMembers", Method::GET, ["1.0", "members"])
            .query("from", "me@example.com")
            .query("state", "INVITED");
        assert_eq!(
            Wire::new(&base(), &request).unwrap().path(),
            "/1.0/members?from=…&state=…"
        );
    }

    #[test]
    fn a_token_is_not_in_the_debug_form() {
        let request = Request::new("op", Method::GET, ["x"]).bearer(&Secret::new("tok-123456"));
        let wire = Wire::new(&base(), &request).unwrap();
        assert!(!format!("{wire:?} {request:?}").contains("tok-123456"));
    }

    #[test]
    fn a_token_or_version_that_no_header_can_hold_is_refused_without_showing_it() {
        let token = Request::new("op", Method::GET, ["x"]).bearer(&Secret::new("tok\n123456"));
        let error = Wire::new(&base(), &token).unwrap_err().to_string();
        assert!(
            error.starts_with("op: the request cannot be sent: its token"),
            "{error}"
        );
        assert!(!error.contains("123456"), "{error}");
        let version = Request::new("op", Method::GET, ["x"]).if_match(ETag::new("\"1\r\n\""));
        assert!(Wire::new(&base(), &version).is_err());
    }
}
