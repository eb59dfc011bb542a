//! Takes in an answer's body, piece by piece and never more than is allowed.

use tokio::time::{Instant, timeout_at};

use super::shown::one_line;
use crate::secret::Redactor;

/// How much of an error's body is read. It is more than is shown, so that a secret is whole when it is looked for.
const READ: usize = 16 << 10;

/// How much of an error's body is shown, in bytes.
const SHOWN: usize = 200;

/// Memory that is set aside on the word of a `Content-Length` alone.
const TRUSTED: usize = 1 << 20;

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

/// Reads the beginning of an error's body: one printable line without secrets. What cannot be read is left out, and so
/// is what has not come by the deadline.
pub(super) async fn start(mut answer: reqwest::Response, redactor: &Redactor, deadline: Instant) -> String {
    let mut body = Vec::new();
    while let Ok(Ok(Some(piece))) = timeout_at(deadline, answer.chunk()).await {
        body.extend_from_slice(&piece[..piece.len().min(READ - body.len())]);
        if body.len() >= READ {
            break;
        }
    }
    one_line(&redactor.redact(&String::from_utf8_lossy(&body)), SHOWN)
}
