//! One connection: the TLS handshake if there is one, then request after request.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::header::HOST;
use http::{Request, Version};
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;
use tracing::debug;

use super::guard::Guard;
use super::limits::ConnectionLimits;
use super::phase::{Awaits, Phase};
use super::unread::Watched;

/// Serves `stream` by the first of `answers` until it ends, or until `stop` says so and the request in flight is answered.
/// Requests that do not name one host are answered by the second.
pub(super) async fn serve(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    answers: (Router, Router),
    limits: ConnectionLimits,
    stop: watch::Receiver<bool>,
) {
    // Answers are small and complete; waiting to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let Some(tls) = tls else { return requests(stream, answers, limits, stop).await };
    match timeout(limits.head_time, tls.accept(stream)).await {
        Ok(Ok(stream)) => requests(stream, answers, limits, stop).await,
        Ok(Err(error)) => debug!(%error, "a TLS handshake failed"),
        Err(_) => debug!("a TLS handshake took too long"),
    }
}

async fn requests<S>(
    stream: S,
    (app, hostless): (Router, Router),
    limits: ConnectionLimits,
    mut stop: watch::Receiver<bool>,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let phase = Phase::of_new_connection();
    let guard = Guard::new(stream, phase.clone(), limits);
    let service = service_fn(move |request: Request<Incoming>| {
        phase.set(Awaits::Service);
        let phase = phase.clone();
        let app = if names_one_host(&request) { app.clone() } else { hostless.clone() };
        let (head, body) = request.into_parts();
        let (body, read) = Watched::new(body);
        let answer = app.oneshot(Request::from_parts(head, Body::new(body)));
        async move {
            let mut answer = answer.await.map_err(|never: Infallible| never)?;
            phase.set(Awaits::Request);
            read.announce_in(&mut answer);
            Ok::<_, Infallible>(answer)
        }
    });
    let connection = Builder::new()
        .timer(TokioTimer::new())
        // The guard knows whether a head has begun; this one is for what it cannot see.
        .header_read_timeout(limits.idle_time + limits.head_time + Duration::from_secs(1))
        .max_headers(limits.headers)
        .max_buf_size(limits.head_size.max(ConnectionLimits::MIN_HEAD_SIZE))
        // One piece for head and body, in which the guard recognises refusals of the library.
        .writev(false)
        .serve_connection(TokioIo::new(guard), service);
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopped(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        // The error of a broken connection names no byte of it.
        debug!(%error, "a connection ended early");
    }
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // Without a sender nobody serves any more, which is the same.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// HTTP/1.1 wants exactly one (RFC 9112, section 3.2).
fn names_one_host(request: &Request<Incoming>) -> bool {
    request.version() < Version::HTTP_11 || request.headers().get_all(HOST).iter().count() == 1
}
