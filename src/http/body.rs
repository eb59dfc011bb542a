//! Takes in an answer's body, piece by piece and never more than is allowed.

use std::fmt;

use serde::de::DeserializeOwned;
use tokio::time::{Instant, timeout_at};

use super::shown::one_line;
use crate::secret::Redactor;

/// How much of an error's body is read. It is more than is shown, so that a secret is whole when it is looked for.
const READ: usize = 16 << 10;

/// How much of an error's body is shown, in bytes.
const SHOWN: usize = 200;

/// Memory that is set aside on the word of a `Content-Length` alone.
const TRUSTED: usize = 1 << 20;

/// The beginning of what came with a status that is no success.
///
/// It shows as one line, printable and redacted, which is empty where nothing came. What it says as JSON is as the
/// vendor sent it: whatever is shown of that goes through [`Transport::shown`](super::Transport::shown) first.
#[derive(Clone, Default)]
pub struct ErrorBody {
    line: String,
    bytes: Box<[u8]>,
}

impl ErrorBody {
    /// Makes one of the bytes that came.
    pub(super) fn new(bytes: Vec<u8>, redactor: &Redactor) -> Self {
        Self {
            line: one_line(&redactor.redact(&String::from_utf8_lossy(&bytes)), SHOWN),
            bytes: bytes.into(),
        }
    }

    /// Returns the line to show.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Reads it as JSON; `None` where it is none, does not have the shape, or was longer than 16 KiB.
    pub fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.bytes)).ok()
    }
}

/// Leaves out all but the line.
impl fmt::Debug for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ErrorBody").field(&self.line).finish()
    }
}

/// Takes a text that holds no secret for the body.
impl From<&str> for ErrorBody {
    fn from(text: &str) -> Self {
        Self::new(text.into(), &Redactor::default())
    }
}

/// Why a body was not taken in.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It is larger than the limit.
    TooLarge,
    /// It ended early, or cannot be decompressed.
    Broken(reqwest::Error),
}

/// Reads a whole body of at most `limit` bytes after decompression. One that announces more is not read at all.
pub(super) async fn whole(mut answer: reqwest::Response, limit: usize) -> Result<Vec<u8>, Refusal> {
    let announced = answer
        .content_length()
        .map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX));
    if announced > limit {
        return Err(Refusal::TooLarge);
    }
    let mut body = Vec::with_capacity(announced.min(TRUSTED));
    while let Some(piece) = answer.chunk().await.map_err(Refusal::Broken)? {
        if body.len() + piece.len() > limit {
            return Err(Refusal::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// Reads the beginning of an error's body. What cannot be read is left out, and so is what has not come by the deadline.
pub(super) async fn start(
    mut answer: reqwest::Response,
    redactor: &Redactor,
    deadline: Instant,
) -> ErrorBody {
    let mut body = Vec::new();
    while let Ok(Ok(Some(piece))) = timeout_at(deadline, answer.chunk()).await {
        body.extend_from_slice(&piece[..piece.len().min(READ - body.len())]);
        if body.len() >= READ {
            break;
        }
    }
    ErrorBody::new(body, redactor)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::secret::Secret;

    #[test]
    fn the_body_of_an_error_is_read_whole_and_shown_as_a_line_without_secrets() {
        let redactor = Redactor::default();
        redactor.learn(&Secret::new("tok-123456"));
        let sent = json!({ "a": "tok-123456", "b": "x".repeat(400) });
        let body = ErrorBody::new(sent.to_string().into_bytes(), &redactor);
        assert_eq!(body.json::<Value>(), Some(sent));
        for shown in [body.line().to_owned(), format!("{body:?}")] {
            assert!(shown.contains("[redacted]") && shown.len() < 300, "{shown}");
            assert!(!shown.contains("123456"), "{shown}");
        }
    }

    #[test]
    fn the_body_of_an_error_may_be_anything() {
        for (text, read) in [
            ("\u{feff}{\"a\": 1}", Some(json!({ "a": 1 }))),
            ("<html>", None),
            ("{\"a\": ", None),
            ("", None),
        ] {
            assert_eq!(ErrorBody::from(text).json::<Value>(), read, "{text}");
        }
        // Deeper than any parser should follow.
        let deep = "[".repeat(READ);
        assert_eq!(ErrorBody::from(deep.as_str()).json::<Value>(), None);
    }
}
