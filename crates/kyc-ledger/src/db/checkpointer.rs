//! Takes what was committed from SQLite's log of changes into the file itself, beside the writer, which would otherwise have
//! to stop for it.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::Connection;

use super::sqlite;
use crate::OpenError;

/// How often.
const EVERY: Duration = Duration::from_millis(250);

/// A thread that does so until this is dropped.
pub(crate) struct Checkpointer {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    /// Begins with the ledger in this file, whose schema is there.
    pub(crate) fn begin(path: &Path) -> Result<Self, OpenError> {
        let connection = sqlite::connect_to_checkpoint(path)?;
        let (stop, stopped) = channel();
        let thread = thread::Builder::new().name("kyc-ledger-file".to_owned());
        let thread = thread.spawn(move || run(&connection, &stopped));
        let thread = thread.map_err(|error| OpenError::Unavailable { reason: error.to_string() })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Checkpointer {
    /// Waits for its end: whoever opens the file next finds nobody at it.
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
    }
}

fn run(connection: &Connection, stopped: &Receiver<()>) {
    while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(EVERY) {
        // It waits for nobody, and what it cannot do now, such as on a full disk, it does later: nothing is lost in the log.
        let _later = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}
