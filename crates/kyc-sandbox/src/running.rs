//! A stand-in that answers in the background.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::journal::Received;
use crate::routes;
use crate::shared::Shared;

/// How long open requests may take to finish after the stand-in is asked to stop.
const GRACE: Duration = Duration::from_secs(2);

/// A running stand-in. Dropping it stops it as well, without waiting.
#[derive(Debug)]
#[must_use = "the stand-in stops when this is dropped"]
pub struct Running {
    shared: Arc<Shared>,
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Running {
    pub(crate) fn new(listener: TcpListener, shared: Arc<Shared>, stop: watch::Sender<()>) -> Self {
        let router = routes::router(Arc::clone(&shared));
        let mut closing = shared.closing.clone();
        let task = tokio::spawn(async move {
            let server = axum::serve(listener, router).with_graceful_shutdown(async move {
                // An error means that the sender is gone, which asks for the same.
                let _ = closing.changed().await;
            });
            // axum's accept loop answers errors by trying again and never returns one.
            let _ = server.await;
        });
        Self { shared, stop, task }
    }

    /// Where to send requests, without a final slash: `http://127.0.0.1:41234`.
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// What arrived so far, oldest first; the last [`MAX_RECORDED`](crate::MAX_RECORDED) requests at most.
    pub fn received(&self) -> Vec<Received> {
        self.shared.journal.received()
    }

    /// Puts the stand-in's clock forward, so that tokens expire without waiting. It never goes back.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
    }

    /// Stops: refuses new connections, lets open requests finish for up to two seconds, then gives up on them.
    pub async fn shutdown(mut self) {
        // Nobody listening means that the server has ended already.
        let _ = self.stop.send(());
        if tokio::time::timeout(GRACE, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}
