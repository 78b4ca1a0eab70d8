//! The transport that reaches the vendor: HTTP over TLS by `reqwest`.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use reqwest::{redirect, retry};

use crate::transport::{Fault, FaultKind, Sending, Transport};

/// How long an unused connection is kept. Shorter than the idle limits of common load balancers, so that a request
/// seldom meets a connection that the other side is just closing: such a request counts as perhaps received.
const IDLE: Duration = Duration::from_secs(15);

/// Sends requests with `reqwest`, over connections that are reused.
///
/// * No redirect is followed: 307 and 308 would send the body and the credentials to another place.
/// * No proxy is taken from the environment: a stray `http_proxy` would hand the credentials of a plain request to
///   whoever runs that proxy. Where a proxy is needed, implement [`Transport`].
/// * Nothing is sent twice. `reqwest` by default sends a request again, up to twice, when an HTTP/2 server refuses the
///   stream or closes the connection gracefully; that policy is replaced by `never`. Below it, `hyper-util` sends a
///   request again when a reused connection turns out closed before the request was *started*; this cannot be
///   switched off through `reqwest` and need not be, since hyper gives the request back only if not a byte of it was
///   encoded. Besides, the bodies of this crate can be taken only once.
#[derive(Clone, Debug)]
pub struct HttpTransport(reqwest::Client);

impl HttpTransport {
    /// A transport that gives up on a connection, TLS included, after `connect_timeout`.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up, such as without any trusted root certificate on this machine.
    pub fn new(connect_timeout: Duration) -> Result<Self, Fault> {
        reqwest::Client::builder()
            .tls_backend_rustls()
            .connect_timeout(connect_timeout)
            .pool_idle_timeout(IDLE)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .no_proxy()
            // Other crates of a build may switch these features on; an answer is read as it came, or its size would
            // be unknown.
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            // This one prints every byte to the log.
            .connection_verbose(false)
            .build()
            .map(Self)
            .map_err(|error| Fault::new(FaultKind::Tls).with_source(error.without_url()))
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: reqwest::Request) -> Sending<'_> {
        Box::pin(async move { self.0.execute(request).await.map_err(fault) })
    }
}

fn fault(error: reqwest::Error) -> Fault {
    let error = error.without_url();
    let kind = if error.is_timeout() {
        FaultKind::Timeout
    } else if error.is_dns() {
        FaultKind::Resolve
    } else if error.is_connect() {
        match io_kind(&error) {
            Some(io::ErrorKind::ConnectionRefused) => FaultKind::Refused,
            // How rustls reports whatever it objects to.
            Some(io::ErrorKind::InvalidData) => FaultKind::Tls,
            _ => FaultKind::Broken,
        }
    } else {
        FaultKind::Broken
    };
    Fault::new(kind).with_source(error)
}

/// The innermost IO error's kind.
fn io_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    std::iter::successors(error.source(), |error| inner(*error))
        .filter_map(|error| error.downcast_ref::<io::Error>())
        .map(io::Error::kind)
        .last()
}

/// The cause of an error. An IO error that wraps another skips it in its own `source`.
fn inner<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}
