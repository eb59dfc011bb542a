//! Where a request goes: the base URL and the target put together, never another origin.

use url::{Url, form_urlencoded};

use super::request::Target;
use super::{BaseUrl, Error, Request};

/// Returns the URL of a request. Segments and query values are percent-encoded; a link is taken verbatim.
pub(super) fn resolve(base: &BaseUrl, request: &Request) -> Result<Url, Error> {
    match &request.target {
        Target::Path(segments) => below(base, segments, request),
        Target::Link(url) => linked(base, url, request),
    }
}

fn below(base: &BaseUrl, segments: &[String], request: &Request) -> Result<Url, Error> {
    let mut url = base.as_url().clone();
    for segment in segments {
        check(segment).map_err(|why| Error::BadRequest {
            operation: request.operation,
            why: format!("`{}` cannot be part of an address: {why}", segment.escape_debug()),
        })?;
    }
    // Only a URL without a host has no path segments, and a base URL always has one.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    if !request.query.is_empty() {
        // A plus sign for a space is a convention of HTML forms that not every server shares; %20 means the same everywhere.
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&request.query)
            .finish()
            .replace('+', "%20");
        url.set_query(Some(&query));
    }
    Ok(url)
}

/// Refuses what a URL cannot hold as one segment: it would silently become another address.
fn check(segment: &str) -> Result<(), &'static str> {
    if segment.is_empty() {
        return Err("it is empty");
    }
    if segment == "." || segment == ".." {
        return Err("it stands for another path");
    }
    if segment.chars().any(char::is_control) {
        return Err("it contains a control character");
    }
    Ok(())
}

fn linked(base: &BaseUrl, url: &Url, request: &Request) -> Result<Url, Error> {
    if url.origin() != base.as_url().origin() {
        return Err(Error::ForeignLink {
            operation: request.operation,
            from: base.origin(),
            to: url.origin().ascii_serialization(),
        });
    }
    if !request.query.is_empty() {
        return Err(Error::BadRequest {
            operation: request.operation,
            why: "the link to a page is sent as it is, without further parameters".to_owned(),
        });
    }
    Ok(url.clone())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use reqwest::Method;

    use super::*;

    fn base() -> BaseUrl {
        BaseUrl::parse("https://vendor.example/rpc/").unwrap()
    }

    fn entry(id: &str) -> Result<Url, Error> {
        resolve(
            &base(),
            &Request::new("readEntry", Method::GET, ["1.0", "entries", id]),
        )
    }

    #[test]
    fn a_path_goes_below_the_base() {
        assert_eq!(
            entry("e1").unwrap().as_str(),
            "https://vendor.example/rpc/1.0/entries/e1"
        );
    }

    #[test]
    fn an_opaque_id_stays_one_segment() {
        assert_eq!(
            entry("a/b?c#d %2F\\").unwrap().path(),
            "/rpc/1.0/entries/a%2Fb%3Fc%23d%20%252F%5C"
        );
        assert_eq!(entry("%2e%2e").unwrap().path(), "/rpc/1.0/entries/%252e%252e");
    }

    #[test]
    fn an_id_that_would_become_another_path_is_refused() {
        for id in ["", ".", "..", "a\tb", "a\nb"] {
            assert!(matches!(entry(id), Err(Error::BadRequest { .. })), "{id:?}");
        }
    }

    #[test]
    fn a_query_is_encoded_without_plus_signs() {
        let request = Request::new("listMembers", Method::GET, ["m"]).query("from", "a+b c@d&e");
        assert_eq!(
            resolve(&base(), &request).unwrap().query(),
            Some("from=a%2Bb%20c%40d%26e")
        );
    }

    #[test]
    fn a_link_is_taken_verbatim() {
        let link = "https://vendor.example/1.0/entries?from=Server%20Name%2fx&b=%7E+1";
        let url = resolve(&base(), &Request::page("listEntries", Url::parse(link).unwrap())).unwrap();
        assert_eq!(url.as_str(), link);
    }

    #[test]
    fn a_link_to_another_origin_is_refused() {
        for link in [
            "https://evil.example/x",
            "http://vendor.example/x",
            "https://vendor.example:8443/x",
        ] {
            let error =
                resolve(&base(), &Request::page("listEntries", Url::parse(link).unwrap())).unwrap_err();
            assert!(matches!(error, Error::ForeignLink { .. }), "{link}: {error}");
        }
    }

    proptest! {
        #[test]
        fn every_segment_can_be_read_back(id in "[^\\p{Cc}]{1,20}") {
            prop_assume!(id != "." && id != "..");
            let url = entry(&id).unwrap();
            let segments: Vec<&str> = url.path_segments().unwrap().collect();
            prop_assert_eq!(segments.len(), 4);
            let decoded: Vec<(String, String)> = form_urlencoded::parse(
                format!("id={}", segments[3].replace('+', "%2B").replace('&', "%26")).as_bytes(),
            ).into_owned().collect();
            prop_assert_eq!(&decoded[0].1, &id);
            prop_assert_eq!(url.host_str(), Some("vendor.example"));
        }
    }
}
