//! The way to the writer: a bounded queue, and a thread of its own behind it.

use std::sync::Arc;
use std::thread;

use metrics::gauge;
use tokio::runtime;
use tokio::sync::{mpsc, oneshot, watch};

use super::command::{AnyCommand, Command, Waiting};
use super::open::{Opened, Orphans, Shared, open};
use super::writer::Writer;
use crate::history::ChainState;
use crate::keys::KeyRing;
use crate::{DatabaseUrl, LedgerError, LedgerOptions, OpenError};

/// How many commands wait at most.
const WAITING: usize = 1024;
/// How many commands are carried out together at most.
const TOGETHER: usize = 512;

type Message = Box<dyn AnyCommand>;

/// The way to the writer.
pub(crate) struct Queue {
    commands: mpsc::Sender<Message>,
    stop: watch::Sender<bool>,
    /// Closed when the writer has ended.
    ended: watch::Receiver<()>,
}

/// What the writer tells when it has begun.
pub(crate) struct Begun {
    pub(crate) queue: Queue,
    pub(crate) shared: Arc<Shared>,
    pub(crate) head: watch::Receiver<ChainState>,
    pub(crate) orphans: Orphans,
}

impl Queue {
    /// Opens the ledger in a thread of its own, which carries out what is asked from then on.
    pub(crate) async fn begin(
        url: DatabaseUrl,
        ring: KeyRing,
        options: LedgerOptions,
    ) -> Result<Begun, OpenError> {
        let (commands, waiting) = mpsc::channel(WAITING);
        let (stop, stopped) = watch::channel(false);
        let (alive, ended) = watch::channel(());
        let (tell, told) = oneshot::channel();
        let body = async move || {
            match open(&url, ring, options).await {
                Err(error) => drop(tell.send(Err(error))),
                Ok(Opened { database, shared, chain, orphans, serving, checkpointer }) => {
                    let shared = Arc::new(shared);
                    let writer = Writer::new(database, Arc::clone(&shared), chain, checkpointer, serving);
                    if tell.send(Ok((shared, writer.head(), orphans))).is_ok() {
                        write(writer, waiting, stopped).await;
                    }
                }
            }
            drop(alive);
        };
        in_a_thread("kyc-ledger", body)?;
        let ended_early = || OpenError::Unavailable { reason: "the thread of the ledger ended".to_owned() };
        let (shared, head, orphans) = told.await.map_err(|_| ended_early())??;
        Ok(Begun { queue: Self { commands, stop, ended }, shared, head, orphans })
    }

    /// Has a command carried out, unless too many wait.
    pub(crate) async fn ask<C: Command>(&self, command: C) -> Result<C::Reply, LedgerError> {
        let (waiting, answer) = Waiting::new(command);
        self.commands.try_send(Box::new(waiting)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => LedgerError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => LedgerError::ShutDown,
        })?;
        // A writer that ends without an answer may have committed before.
        answer.await.unwrap_or(Err(LedgerError::Uncertain))
    }

    /// Has a command carried out, however many wait before it.
    pub(crate) async fn insist<C: Command>(&self, command: C) -> Result<C::Reply, LedgerError> {
        let (waiting, answer) = Waiting::new(command);
        self.commands.send(Box::new(waiting)).await.map_err(|_| LedgerError::ShutDown)?;
        answer.await.unwrap_or(Err(LedgerError::Uncertain))
    }

    /// Carries out what waits, takes nothing more, and ends.
    pub(crate) async fn drain(&self) {
        self.stop.send_replace(true);
        let mut ended = self.ended.clone();
        while ended.changed().await.is_ok() {}
    }
}

async fn write(mut writer: Writer, mut waiting: mpsc::Receiver<Message>, mut stopped: watch::Receiver<bool>) {
    let mut stopping = false;
    loop {
        let first = if stopping {
            waiting.recv().await
        } else {
            tokio::select! {
                biased;
                first = waiting.recv() => first,
                _ = stopped.wait_for(|stop| *stop) => {
                    stopping = true;
                    waiting.close();
                    continue;
                }
            }
        };
        let Some(first) = first else { return };
        gauge!("kyc_ledger_commands_waiting")
            .set(f64::from(u32::try_from(waiting.len()).unwrap_or(u32::MAX)));
        let mut batch = vec![first];
        while batch.len() < TOGETHER {
            match waiting.try_recv() {
                Ok(next) => batch.push(next),
                Err(_) => break,
            }
        }
        writer.carry_out(batch).await;
    }
}

/// Runs something to its end in a thread of its own.
pub(super) fn in_a_thread(name: &str, body: impl AsyncFnOnce() + Send + 'static) -> Result<(), OpenError> {
    let unavailable = |error: std::io::Error| OpenError::Unavailable { reason: error.to_string() };
    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(unavailable)?;
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(move || runtime.block_on(body())).map(|_| ()).map_err(unavailable)
}
