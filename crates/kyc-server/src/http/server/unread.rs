//! Answers that are given before the whole body has come: nothing else can be read from the connection, which ends with
//! them. They say so, or the caller would send its next request there in vain.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use http::header::CONNECTION;
use http::{HeaderValue, Response};
use http_body::{Body, Frame, SizeHint};

/// A body that remembers whether it was read to its end.
pub(super) struct Watched<B> {
    body: B,
    read: Read,
}

/// Whether a body was read to its end, told to whoever has not got the body any more.
#[derive(Clone)]
pub(super) struct Read(Arc<AtomicBool>);

impl<B: Body> Watched<B> {
    pub(super) fn new(body: B) -> (Self, Read) {
        let read = Read(Arc::new(AtomicBool::new(body.is_end_stream())));
        (Self { body, read: read.clone() }, read)
    }
}

impl Read {
    /// Announces in an answer that the connection ends, if that is so.
    pub(super) fn announce_in<T>(&self, answer: &mut Response<T>) {
        if !self.0.load(Ordering::Relaxed) {
            answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
    }
}

impl<B: Body + Unpin> Body for Watched<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if matches!(polled, Poll::Ready(None)) || self.body.is_end_stream() {
            self.read.0.store(true, Ordering::Relaxed);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
