//! Pages, and the `Link` that leads to the next.
//!
//! The vendor writes `rel` with quotes in one place and without in another, and so do we. The address is absolute in its
//! path and has no host.

use axum::http::header;
use url::form_urlencoded;

use crate::sim::reply::Reply;

/// How `rel` is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rel {
    /// `rel=next`.
    Bare,
    /// `rel="next"`.
    Quoted,
}

/// Returns the items from `start` on that go on a page, and the place of the first that does not, if any.
pub fn cut<T>(items: &[T], start: usize, size: usize) -> (&[T], Option<usize>) {
    let rest = items.get(start..).unwrap_or_default();
    let page = rest.get(..size.max(1)).unwrap_or(rest);
    let next = start + page.len();
    (page, (next < items.len()).then_some(next))
}

impl Reply {
    /// Adds the link to the next page: the same path with these parameters; those without a value are left out.
    #[must_use]
    pub fn next(self, path: &str, rel: Rel, parameters: &[(&str, Option<&str>)]) -> Self {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in parameters {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        // `+` for a space is a custom of forms; the contract's examples have `%20`.
        let query = query.finish().replace('+', "%20");
        self.header(header::LINK, link(&format!("{path}?{query}"), rel))
    }
}

/// Writes a link to the next page.
pub fn link(target: &str, rel: Rel) -> String {
    match rel {
        Rel::Bare => format!("<{target}>; rel=next"),
        Rel::Quoted => format!("<{target}>; rel=\"next\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_escaped_in_the_link() {
        let reply = Reply::nothing().next(
            "/1.0/entries",
            Rel::Bare,
            &[("from", Some("Dock 4, <b>+é\u{1b}")), ("state", None)],
        );
        let link = "</1.0/entries?from=Dock%204%2C%20%3Cb%3E%2B%C3%A9%1B>; rel=next";
        assert_eq!(reply.headers, [(header::LINK, link.to_owned())]);
    }

    #[test]
    fn pages_meet_without_a_gap() {
        assert_eq!(cut(&[1, 2, 3], 0, 2), (&[1, 2][..], Some(2)));
        assert_eq!(cut(&[1, 2, 3], 2, 2), (&[3][..], None));
        assert_eq!(cut(&[1, 2], 0, 2), (&[1, 2][..], None));
        assert_eq!(cut(&[1, 2], 9, 2), (&[][..], None));
    }
}
