//! Follows a list from page to page, by the `Link` headers of its answers.
//!
//! Targets are resolved by RFC 3986 against the address of the page and otherwise left as they are: what looks like
//! an encoded name in them is the vendor's cursor, and is never decoded and encoded again.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use reqwest::header::LINK;
use url::Url;

use super::link::{self, Link};
use super::shown::one_line;
use super::{BaseUrl, Error, Response};

/// No list of this field has as many pages.
const MOST_PAGES: usize = 10_000;

/// The pages of one list that were read so far.
#[derive(Debug, Clone)]
pub struct Pages {
    base: BaseUrl,
    /// What stands for each page's address: a link can be as long as all headers together, and there are many.
    seen: HashSet<u64>,
    keys: RandomState,
    most: usize,
}

impl Pages {
    /// Starts at a list's first page, below `base`.
    pub fn new(base: &BaseUrl) -> Self {
        Self {
            base: base.clone(),
            seen: HashSet::new(),
            keys: RandomState::new(),
            most: MOST_PAGES,
        }
    }

    /// Returns the address of the page after `response`, or nothing after the last one.
    ///
    /// A link to another origin, a link that cannot be read, a page that was read before and a list without an end are
    /// errors: what was read so far is not the whole list.
    pub fn next(&mut self, response: &Response) -> Result<Option<Url>, Error> {
        self.seen.insert(self.key(&response.url));
        let Some(target) = next_target(response)? else {
            return Ok(None);
        };
        let url = response.url.join(&target).map_err(|_| bad(response, &target))?;
        if url.origin() != self.base.as_url().origin() {
            return Err(Error::ForeignLink {
                operation: response.operation,
                from: self.base.origin(),
                to: url.origin().ascii_serialization(),
            });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad(response, "it contains a name or password"));
        }
        if self.seen.len() >= self.most {
            return Err(endless(
                response,
                format!("there are more than {} pages", self.most),
            ));
        }
        if !self.seen.insert(self.key(&url)) {
            return Err(endless(
                response,
                format!("{} leads back to a page that was read before", url.path()),
            ));
        }
        Ok(Some(url))
    }

    /// What makes two addresses the same page. A fragment is never sent. Among as many pages as may be, two have the
    /// same number by chance once in a hundred thousand million lists.
    fn key(&self, url: &Url) -> u64 {
        let mut url = url.clone();
        url.set_fragment(None);
        self.keys.hash_one(url.as_str())
    }
}

/// Returns the one target of `rel=next` in all `Link` headers.
fn next_target(response: &Response) -> Result<Option<String>, Error> {
    let mut found: Option<String> = None;
    for header in response.headers.get_all(LINK) {
        let text = String::from_utf8_lossy(header.as_bytes());
        let links: Vec<Link> = link::parse(&text).ok_or_else(|| bad(response, &text))?;
        for link in links.into_iter().filter(|l| l.is("next")) {
            let unclear = link.target.is_empty() || link.target.contains(char::REPLACEMENT_CHARACTER);
            if unclear || found.as_ref().is_some_and(|f| *f != link.target) {
                return Err(bad(response, &text));
            }
            found = Some(link.target);
        }
    }
    Ok(found)
}

fn bad(response: &Response, link: &str) -> Error {
    Error::BadLink {
        operation: response.operation,
        link: one_line(&response.redactor.redact(link), 200),
    }
}

fn endless(response: &Response, why: String) -> Error {
    Error::EndlessList {
        operation: response.operation,
        why,
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderValue};

    use super::*;
    use crate::secret::Redactor;

    const FIRST: &str = "https://vendor.example/1.0/entries";

    fn pages() -> Pages {
        Pages::new(&BaseUrl::parse("https://vendor.example").unwrap())
    }

    fn page(url: &str, links: &[&'static str]) -> Response {
        let mut headers = HeaderMap::new();
        for link in links {
            headers.append(LINK, HeaderValue::from_static(link));
        }
        Response {
            operation: "listEntries",
            url: Url::parse(url).unwrap(),
            status: 200,
            headers,
            body: Vec::new(),
            deepest: 64,
            redactor: Redactor::default(),
        }
    }

    fn after_first(links: &[&'static str]) -> Result<Option<String>, Error> {
        Ok(pages().next(&page(FIRST, links))?.map(String::from))
    }

    #[test]
    fn a_page_without_a_link_is_the_last() {
        assert_eq!(after_first(&[]).unwrap(), None);
        assert_eq!(after_first(&["</1.0/entries>; rel=first"]).unwrap(), None);
    }

    #[test]
    fn references_of_every_form_are_resolved() {
        for link in [
            "</1.0/entries?from=a>; rel=next",
            "<?from=a>; rel=\"next\"",
            "<entries?from=a>; rel=next",
            "<//vendor.example/1.0/entries?from=a>; rel=next",
            "<https://vendor.example:443/1.0/entries?from=a>; rel=next",
        ] {
            assert_eq!(
                after_first(&[link]).unwrap().as_deref(),
                Some("https://vendor.example/1.0/entries?from=a"),
                "{link}"
            );
        }
    }

    #[test]
    fn percent_escapes_are_left_alone() {
        assert_eq!(
            after_first(&["</s/1.0/entries?from=Server%20Name%2fx&m=user%40example.com+1%7e>; rel=next"])
                .unwrap(),
            Some(
                "https://vendor.example/s/1.0/entries?from=Server%20Name%2fx&m=user%40example.com+1%7e"
                    .to_owned()
            )
        );
    }

    #[test]
    fn the_link_may_be_in_any_of_several_headers() {
        assert_eq!(
            after_first(&["</1.0/x>; rel=last", "</1.0/entries?from=a>; rel=next"])
                .unwrap()
                .as_deref(),
            Some("https://vendor.example/1.0/entries?from=a")
        );
    }

    #[test]
    fn another_origin_is_refused_by_name() {
        for link in [
            "<https://evil.example/x>; rel=next",
            "<//evil.example/x>; rel=next",
            "<http://vendor.example/x>; rel=next",
        ] {
            let error = after_first(&[link]).unwrap_err();
            assert!(matches!(error, Error::ForeignLink { .. }), "{link}: {error}");
        }
        let error = after_first(&["<//evil.example/x>; rel=next"])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("https://evil.example") && error.contains("https://vendor.example"),
            "{error}"
        );
    }

    #[test]
    fn a_password_in_a_link_is_refused() {
        let error = after_first(&["<https://me:pw@vendor.example/x>; rel=next"]).unwrap_err();
        assert!(matches!(error, Error::BadLink { .. }), "{error}");
    }

    #[test]
    fn two_different_next_pages_are_refused() {
        let error = after_first(&["</a>; rel=next, </b>; rel=next"]).unwrap_err();
        assert!(matches!(error, Error::BadLink { .. }), "{error}");
        assert!(
            after_first(&["</a>; rel=next, </a>; rel=next"])
                .unwrap()
                .is_some()
        );
    }

    #[test]
    fn a_page_that_links_to_itself_is_no_loop() {
        for link in [
            "</1.0/entries>; rel=next",
            "<https://vendor.example/1.0/entries#x>; rel=next",
            "<#>; rel=next",
        ] {
            let error = after_first(&[link]).unwrap_err();
            assert!(matches!(error, Error::EndlessList { .. }), "{link}: {error}");
        }
    }

    #[test]
    fn a_list_that_leads_back_is_no_loop() {
        let mut pages = pages();
        let second = pages
            .next(&page(FIRST, &["<?from=b>; rel=next"]))
            .unwrap()
            .unwrap();
        let third = pages
            .next(&page(second.as_str(), &["<?from=c>; rel=next"]))
            .unwrap()
            .unwrap();
        for back in ["<?from=b>; rel=next", "</1.0/entries>; rel=next"] {
            let error = pages.clone().next(&page(third.as_str(), &[back])).unwrap_err();
            assert!(matches!(error, Error::EndlessList { .. }), "{back}: {error}");
        }
    }

    #[test]
    fn a_list_that_always_goes_on_is_given_up() {
        let mut pages = Pages { most: 3, ..pages() };
        let mut url = Url::parse(FIRST).unwrap();
        for link in ["<?from=b>; rel=next", "<?from=c>; rel=next"] {
            url = pages.next(&page(url.as_str(), &[link])).unwrap().unwrap();
        }
        let error = pages
            .next(&page(url.as_str(), &["<?from=d>; rel=next"]))
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "listEntries: the list does not end: there are more than 3 pages"
        );
    }

    #[test]
    fn a_list_may_have_ten_thousand_pages() {
        let mut pages = pages();
        let mut at = Url::parse(FIRST).unwrap();
        let mut read = 1;
        let error = loop {
            let mut page = page(at.as_str(), &[]);
            let link = format!("<?from={read}>; rel=next");
            page.headers.append(LINK, HeaderValue::try_from(link).unwrap());
            match pages.next(&page) {
                Ok(next) => at = next.unwrap(),
                Err(error) => break error,
            }
            read += 1;
        };
        assert_eq!(read, 10_000);
        assert!(
            error.to_string().ends_with("there are more than 10000 pages"),
            "{error}"
        );
    }

    #[test]
    fn an_unreadable_link_is_shown_on_one_line() {
        let error = after_first(&["nonsense; rel=next"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "listEntries: the link to the next page cannot be read: nonsense; rel=next"
        );
    }
}
