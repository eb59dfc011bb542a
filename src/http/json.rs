//! Reads JSON out of an answer, and says what is wrong with one that is none.

use serde::de::DeserializeOwned;

use super::shown::one_line;
use super::{Error, Response};

/// How much of an answer that is no JSON is shown, in bytes.
const SHOWN: usize = 200;

/// Reads the body of an answer.
pub(super) fn read<T: DeserializeOwned>(response: &Response) -> Result<T, Error> {
    let operation = response.operation;
    let body = response
        .body
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&response.body);
    let Some(first) = body.iter().find(|b| !b.is_ascii_whitespace()) else {
        return Err(Error::Empty {
            operation,
            origin: response.origin(),
            status: response.status,
        });
    };
    if !may_be_json(response, *first) {
        return Err(not_json(response, body));
    }
    if deeper_than(body, response.deepest) {
        return Err(Error::TooDeep {
            operation,
            limit: response.deepest,
        });
    }
    serde_json::from_slice(body).map_err(|source| Error::BadJson { operation, source })
}

/// Tells whether an answer is worth reading as JSON. Its first character counts too: what calls itself JSON may be a
/// proxy's page, and what calls itself text may be JSON.
fn may_be_json(response: &Response, first: u8) -> bool {
    let content_type = response
        .header("content-type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if first == b'<' || essence.contains("html") {
        return false;
    }
    let says_json = essence == "application/json" || essence.ends_with("+json");
    says_json
        || matches!(
            first,
            b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n'
        )
}

fn not_json(response: &Response, body: &[u8]) -> Error {
    let content_type = response
        .header("content-type")
        .unwrap_or("content of no declared type");
    // Far more than is shown, and far less than a page may have.
    let start = String::from_utf8_lossy(&body[..body.len().min(SHOWN * 20)]);
    Error::NotJson {
        operation: response.operation,
        origin: response.origin(),
        content_type: one_line(content_type, SHOWN),
        start: one_line(&response.redactor.redact(&start), SHOWN),
    }
}

/// Tells whether JSON is nested deeper than `limit`, without parsing it: a parser could run out of stack.
fn deeper_than(body: &[u8], limit: usize) -> bool {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for byte in body {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth += 1;
                if depth > limit {
                    return true;
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
    use serde_json::{Value, json};
    use url::Url;

    use super::*;
    use crate::secret::{Redactor, Secret};

    fn answer(content_type: Option<&'static str>, body: &[u8]) -> Response {
        let mut headers = HeaderMap::new();
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        Response {
            operation: "listEntries",
            url: Url::parse("https://vendor.example/x").unwrap(),
            status: 200,
            headers,
            body: body.to_vec(),
            deepest: 8,
            redactor: Redactor::default(),
        }
    }

    fn json(body: &[u8]) -> Result<Value, Error> {
        answer(Some("application/json; charset=utf-8"), body).json()
    }

    #[test]
    fn json_is_read_with_and_without_a_byte_order_mark() {
        assert_eq!(json(b"{\"a\":1}").unwrap(), json!({"a": 1}));
        assert_eq!(json(b"\xef\xbb\xbf {\"a\":1}").unwrap(), json!({"a": 1}));
    }

    #[test]
    fn the_declared_type_matters_less_than_the_content() {
        for content_type in [
            None,
            Some("text/plain"),
            Some("application/octet-stream"),
            Some("application/hal+json"),
        ] {
            assert_eq!(
                answer(content_type, b"[1]").json::<Value>().unwrap(),
                json!([1]),
                "{content_type:?}"
            );
        }
    }

    #[test]
    fn a_page_is_not_json_whatever_it_calls_itself() {
        for content_type in [
            "text/html",
            "application/json",
            "text/plain",
            "application/xhtml+xml",
        ] {
            let error = answer(Some(content_type), b"\n<html><body>Sign\nin</body>")
                .json::<Value>()
                .unwrap_err();
            let Error::NotJson { start, .. } = &error else {
                panic!("{content_type}: {error}");
            };
            assert_eq!(start, "<html><body>Sign in</body>");
        }
        let error = answer(None, b"Bad gateway").json::<Value>().unwrap_err();
        assert!(matches!(error, Error::NotJson { .. }), "{error}");
    }

    #[test]
    fn a_secret_in_a_page_is_not_shown() {
        let answer = answer(Some("text/html"), b"<p>token tok-123456</p>");
        answer.redactor.learn(&Secret::new("tok-123456"));
        let error = answer.json::<Value>().unwrap_err().to_string();
        assert!(error.ends_with("<p>token [redacted]</p>"), "{error}");
    }

    #[test]
    fn truncated_json_names_line_and_column() {
        let error = json(b"{\"a\": [\n  1, 2").unwrap_err();
        assert!(matches!(error, Error::BadJson { .. }), "{error}");
        assert!(
            error
                .source()
                .unwrap()
                .to_string()
                .ends_with("at line 2 column 6")
        );
    }

    #[test]
    fn an_empty_body_says_so() {
        for body in [&b""[..], b"  \n", b"\xef\xbb\xbf"] {
            let error = json(body).unwrap_err().to_string();
            assert!(error.contains("answered 200 with an empty body"), "{error}");
        }
    }

    #[test]
    fn nesting_is_limited_before_parsing() {
        let nested = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
        assert!(json(&nested(8)).is_ok());
        assert!(matches!(json(&nested(9)), Err(Error::TooDeep { limit: 8, .. })));
        assert!(matches!(
            json(&b"[{\"a\":".repeat(1_000_000)),
            Err(Error::TooDeep { .. })
        ));
    }

    #[test]
    fn brackets_in_strings_are_no_nesting() {
        assert!(json(br#"["[[[[[[[[[[", "\"[[[[[[[[[[", "\\"]"#).is_ok());
    }
}
