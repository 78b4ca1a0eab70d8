//! A vendor that answers every token request alike: what the others are measured in front of.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

/// What stands in a recorded answer where the number of the session goes: of the same length as the number.
const NUMBER: &[u8] = b"000000000000";

/// A recorded answer. No two sessions of a vendor share a reference, so each copy has a number of its own in the
/// token and in the reference; nothing else differs.
#[derive(Debug)]
pub struct Answer {
    text: Vec<u8>,
    /// Where the number goes.
    places: Vec<usize>,
    given: AtomicU64,
}

impl Answer {
    /// An answer in which twelve zeros in a row are the number of the session.
    pub fn recorded(text: Vec<u8>) -> Self {
        let found = |place: &usize| text[*place..].starts_with(NUMBER);
        let places: Vec<usize> = (0..text.len()).filter(found).collect();
        assert!(places.len() >= 2, "token and reference have a number");
        Self { text, places, given: AtomicU64::new(0) }
    }

    fn next(&self) -> Bytes {
        let number = format!("{:012}", self.given.fetch_add(1, Ordering::Relaxed));
        let mut text = self.text.clone();
        for place in &self.places {
            text[*place..*place + NUMBER.len()].copy_from_slice(number.as_bytes());
        }
        text.into()
    }
}

/// Serves on the listener for ever, `delay` late.
pub async fn stand_in(listener: TcpListener, answer: Answer, delay: Duration) {
    let answer = Arc::new(answer);
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        // Without this every second small answer waits for an acknowledgement.
        let _ = stream.set_nodelay(true);
        let answer = Arc::clone(&answer);
        let service = service_fn(move |request: Request<Incoming>| {
            let answer = Arc::clone(&answer);
            async move {
                let _ = request.into_body().collect().await;
                if !delay.is_zero() {
                    tokio::time::sleep(delay).await;
                }
                let mut response = Response::new(Full::new(answer.next()));
                *response.status_mut() = StatusCode::CREATED;
                response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                Ok::<_, Infallible>(response)
            }
        });
        tokio::spawn(async move {
            let server = http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), service);
            // A caller that leaves is no failure.
            let _ = server.await;
        });
    }
}
