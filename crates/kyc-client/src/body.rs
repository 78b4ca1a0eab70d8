//! The body of a request: it can be taken once, it says when that happened, and it is zeroed afterwards.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use zeroize::Zeroizing;

/// The bytes of a request, shared by its attempts without a copy and zeroed with the last of them.
#[derive(Clone)]
pub(crate) struct Payload(Bytes);

impl Payload {
    pub(crate) fn new(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(Bytes::from_owner(bytes))
    }

    /// The body of one attempt, and the mark that tells whether it was taken.
    pub(crate) fn once(&self) -> (reqwest::Body, Taken) {
        let taken = Taken(Arc::new(AtomicBool::new(false)));
        // A wrapped body is one that `reqwest` cannot clone. That alone keeps every layer of it from sending twice.
        let body = reqwest::Body::wrap(OnceBody { bytes: Some(self.0.clone()), taken: taken.clone() });
        (body, taken)
    }
}

/// Whether the body of an attempt was handed to the HTTP library.
///
/// Without it the vendor has at most a head that announces a body, and nothing that it could act on. With it the
/// bytes may still be in a buffer here: the mark errs towards "may have been sent".
#[derive(Clone, Debug)]
pub(crate) struct Taken(Arc<AtomicBool>);

impl Taken {
    pub(crate) fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

struct OnceBody {
    bytes: Option<Bytes>,
    taken: Taken,
}

impl Body for OnceBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = self.bytes.take();
        self.taken.0.store(true, Ordering::Release);
        Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    /// Exact, so that it travels with a `Content-Length` and a cut one cannot pass for whole.
    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, Bytes::len) as u64)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    #[tokio::test]
    async fn it_can_be_taken_once_and_marks_it() {
        let payload = Payload::new(Zeroizing::new(b"{}".to_vec()));
        let (mut body, taken) = payload.once();
        assert_eq!(body.size_hint().exact(), Some(2));
        assert!(!taken.get());
        let first = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await;
        assert_eq!(first.unwrap().unwrap().into_data().unwrap(), Bytes::from_static(b"{}"));
        assert!(taken.get());
        assert!(poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await.is_none());
    }

    #[test]
    fn no_library_can_copy_it() {
        let (body, _) = Payload::new(Zeroizing::new(b"{}".to_vec())).once();
        let mut request = reqwest::Request::new(reqwest::Method::POST, "https://a.example/".parse().unwrap());
        *request.body_mut() = Some(body);
        assert!(request.try_clone().is_none());
    }
}
