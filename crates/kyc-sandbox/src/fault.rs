//! Bodies that no server should send: cut off, or far too large.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use http_body::Frame;

/// Size of the body of the `huge` scenario in bytes, apart from a few that open it.
pub const HUGE_BYTES: usize = 64 * 1024 * 1024;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const CHUNK: &[u8] = &[b'x'; 64 * 1024];

/// Announces the whole text, sends half of it, then ends the connection.
pub(crate) fn cut_off(text: String) -> (HeaderMap, Body) {
    let mut bytes = Bytes::from(text);
    let headers =
        HeaderMap::from_iter([(CONTENT_TYPE, JSON), (CONTENT_LENGTH, HeaderValue::from(bytes.len()))]);
    bytes.truncate(bytes.len() / 2);
    (headers, Body::new(CutOff { first: Some(bytes), flushed: false }))
}

/// The beginning of a JSON object whose last string hardly ends.
pub(crate) fn huge() -> (HeaderMap, Body) {
    let opening = br#"{"message":"Token created successfully","authToken":""#;
    let body = Huge { opening: Some(Bytes::from_static(opening)), left: HUGE_BYTES };
    (HeaderMap::from_iter([(CONTENT_TYPE, JSON)]), Body::new(body))
}

struct CutOff {
    first: Option<Bytes>,
    flushed: bool,
}

impl http_body::Body for CutOff {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(bytes) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        // The server flushes what it has when the body is not ready; without this pause nothing would leave.
        if !self.flushed {
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
    }
}

struct Huge {
    opening: Option<Bytes>,
    left: usize,
}

impl http_body::Body for Huge {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(opening) = self.opening.take() {
            return Poll::Ready(Some(Ok(Frame::data(opening))));
        }
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left = self.left.saturating_sub(CHUNK.len());
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(CHUNK)))))
    }
}
