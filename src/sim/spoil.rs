//! How the effects of faults come about.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use http_body::Frame;
use serde_json::Value;

use super::connection::Scissors;
use super::faults::Effect;
use super::server::Closing;

/// The size of a piece of a huge answer.
const PIECE: usize = 64 << 10;

/// Waits, but not for longer than the server lives.
pub async fn pause(time: Duration, closing: &Closing) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        () = closing.wait() => {}
    }
}

/// Answers in the place of the operation, for effects under which it is not carried out.
pub async fn before(effect: &Effect, scissors: Option<&Scissors>, closing: &Closing) -> Option<Response> {
    Some(match effect {
        Effect::Status { status, retry_after } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let response = plain(status, "text/plain", Body::from("ordered by a fault"));
            match retry_after {
                Some(text) => with_header(response, header::RETRY_AFTER, text),
                None => response,
            }
        }
        Effect::Answer { status, body } => plain(
            StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            "application/json",
            Body::from(body.to_string()),
        ),
        Effect::Redirect(to) => with_header(
            plain(StatusCode::FOUND, "text/plain", Body::empty()),
            header::LOCATION,
            to,
        ),
        Effect::CutBefore => cut(scissors, 0, Response::default()),
        Effect::Hang => {
            closing.wait().await;
            cut(scissors, 0, Response::default())
        }
        Effect::Html => plain(
            StatusCode::OK,
            "text/html; charset=utf-8",
            Body::from(
                "<!DOCTYPE html>\n<html><head><title>Sign in to the guest network</title></head></html>\n",
            ),
        ),
        Effect::Huge { bytes } => plain(
            StatusCode::OK,
            "application/json",
            Body::new(Flood {
                left: *bytes,
                piece: Bytes::from(vec![b' '; PIECE]),
            }),
        ),
        Effect::Latency(time) => {
            pause(*time, closing).await;
            return None;
        }
        Effect::CutAfter
        | Effect::CutMidway
        | Effect::HangAfter
        | Effect::TruncatedJson
        | Effect::Member { .. }
        | Effect::LinkToItself
        | Effect::LinkTo(_) => return None,
    })
}

/// Spoils the answer of an operation that was carried out.
pub async fn after(
    effect: &Effect,
    response: Response,
    asked: &Uri,
    scissors: Option<&Scissors>,
    closing: &Closing,
) -> Response {
    match effect {
        Effect::CutAfter => cut(scissors, 0, response),
        Effect::HangAfter => {
            closing.wait().await;
            cut(scissors, 0, response)
        }
        Effect::CutMidway => {
            let (parts, body) = response.into_parts();
            let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
            // The head is longer than a hundred bytes or so; half of the body on top of it is never all of it.
            cut(
                scissors,
                64 + whole.len() / 2,
                Response::from_parts(parts, Body::from(whole)),
            )
        }
        Effect::TruncatedJson => {
            let (mut parts, body) = response.into_parts();
            let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(whole.slice(..whole.len() / 2)))
        }
        Effect::Member { pointer, value } => {
            let (mut parts, body) = response.into_parts();
            let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(with_member(&whole, pointer, value)))
        }
        Effect::LinkToItself => {
            let itself = asked.path_and_query().map_or("/", |p| p.as_str());
            with_header(response, header::LINK, &format!("<{itself}>; rel=next"))
        }
        Effect::LinkTo(address) => with_header(response, header::LINK, &format!("<{address}>; rel=\"next\"")),
        Effect::Status { .. }
        | Effect::Answer { .. }
        | Effect::Redirect(_)
        | Effect::CutBefore
        | Effect::Hang
        | Effect::Latency(_)
        | Effect::Html
        | Effect::Huge { .. } => response,
    }
}

/// Puts a value into JSON; what is no JSON stays as it is.
fn with_member(text: &Bytes, pointer: &str, value: &Value) -> Bytes {
    let Ok(mut whole) = serde_json::from_slice::<Value>(text) else {
        return text.clone();
    };
    if let Some(place) = whole.pointer_mut(pointer) {
        place.clone_from(value);
    }
    whole.to_string().into()
}

fn cut(scissors: Option<&Scissors>, bytes: usize, response: Response) -> Response {
    if let Some(scissors) = scissors {
        scissors.cut_after(bytes);
    }
    response
}

fn plain(status: StatusCode, content_type: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    with_header(response, header::CONTENT_TYPE, content_type)
}

fn with_header(mut response: Response, name: header::HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// A body of spaces, which JSON allows before a value that never comes.
struct Flood {
    left: u64,
    piece: Bytes,
}

impl HttpBody for Flood {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left = self.left.saturating_sub(PIECE as u64);
        Poll::Ready(Some(Ok(Frame::data(self.piece.clone()))))
    }
}
