//! The loop that accepts connections. HTTP/1.1 alone: what stands before the service on a public network speaks the rest.

mod connection;
mod guard;
mod limits;
mod phase;
mod refusal;
#[cfg(test)]
mod tests;
mod tls;
mod unread;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use rustls::ServerConfig;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tracing::{info, warn};

pub use limits::ConnectionLimits;
pub use tls::{TlsError, tls_config};

/// Waits after a connection that could not be accepted, as when the process has no file descriptor left.
const PAUSE: Duration = Duration::from_millis(200);

/// What answers requests.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    /// Those of connections that are served.
    pub(super) app: Router,
    /// Those of connections beyond the bound: each is told so.
    pub(super) shed: Router,
    /// Those to requests that do not name one host.
    pub(super) hostless: Router,
}

/// Serves connections of `listener` until `shutdown`, then lets requests in flight end for as long as the limits say.
/// How many connections had to be cut off is returned.
pub(super) async fn serve(
    listener: TcpListener,
    tls: Option<Arc<ServerConfig>>,
    answers: Answers,
    limits: ConnectionLimits,
    shutdown: impl Future<Output = ()>,
) -> usize {
    let tls = tls.map(TlsAcceptor::from);
    let shed_limits = limits.of_shed();
    let served = Arc::new(Semaphore::new(limits.connections));
    let shed = Arc::new(Semaphore::new(shed_limits.connections));
    let (stop, stopped) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = shutdown.as_mut() => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) if is_of_one_connection(&error) => continue,
            Err(error) => {
                warn!(%error, "no connection can be accepted");
                sleep(PAUSE).await;
                continue;
            }
        };
        let places = [(&served, &answers.app, limits), (&shed, &answers.shed, shed_limits)];
        let place = places.into_iter().find_map(|(places, app, limits)| {
            Some((Arc::clone(places).try_acquire_owned().ok()?, app.clone(), limits))
        });
        // Beyond both bounds even saying so costs too much.
        let Some((place, app, limits)) = place else { continue };
        let answers = (app, answers.hostless.clone());
        let connection = connection::serve(stream, tls.clone(), answers, limits, stopped.clone());
        connections.spawn(async move {
            connection.await;
            drop(place);
        });
    }
    drop(listener);
    drain(connections, &stop, limits.drain_time).await
}

async fn drain(mut connections: JoinSet<()>, stop: &watch::Sender<bool>, bound: Duration) -> usize {
    while connections.try_join_next().is_some() {}
    info!(connections = connections.len(), "no new connection is accepted; requests in flight are answered");
    stop.send_replace(true);
    let all = async { while connections.join_next().await.is_some() {} };
    let _ = timeout(bound, all).await;
    let cut_off = connections.len();
    if cut_off > 0 {
        warn!(
            connections = cut_off,
            "connections are cut off: their requests took longer than the service may wait"
        );
    }
    connections.shutdown().await;
    cut_off
}

/// Whether only the connection that was to be accepted is broken.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
