//! Whether the ledger can be used, for `/readyz`: a ledger that can be read and not written issues no token.

use std::sync::Arc;
use std::time::Duration;

use kyc_ledger::{Ledger, LedgerError};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};
use tracing::{info, warn};

/// How long the ledger may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long an answer holds. Anybody may ask as often as they like, and each writes to the disk.
const FRESH: Duration = Duration::from_secs(2);

/// What was found out last about a ledger. Cheap to clone; clones tell of the same ledger.
#[derive(Clone, Debug)]
pub(super) struct Usable {
    ledger: Ledger,
    last: Arc<Mutex<Option<(Instant, bool)>>>,
}

impl Usable {
    pub(super) fn new(ledger: Ledger) -> Self {
        Self { ledger, last: Arc::default() }
    }

    /// Whether the ledger can be read and written, as of two seconds ago at the most.
    pub(super) async fn now(&self) -> bool {
        // Whoever asks meanwhile waits for the same answer.
        let mut last = self.last.lock().await;
        if let Some((at, is_usable)) = *last
            && at.elapsed() < FRESH
        {
            return is_usable;
        }
        let was_usable = last.is_none_or(|(_, is_usable)| is_usable);
        let found = timeout(PATIENCE, used(&self.ledger)).await;
        let is_usable = matches!(found, Ok(Ok(())));
        match found {
            Ok(Ok(())) if !was_usable => info!("the ledger can be used again"),
            Ok(Err(error)) if was_usable => warn!(%error, "the ledger cannot be used: no token is issued"),
            Err(_) if was_usable => warn!("the ledger does not answer: no token is issued"),
            _ => {}
        }
        *last = Some((Instant::now(), is_usable));
        is_usable
    }
}

async fn used(ledger: &Ledger) -> Result<(), LedgerError> {
    for result in [ledger.ping().await, ledger.probe().await] {
        match result {
            // That much waits says nothing against the ledger.
            Ok(()) | Err(LedgerError::Overloaded) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
