//! Whether callers have to show a key by now. A service that began without keys asks for them as soon as there is one,
//! and never goes back: whoever made the first key expects that the door is closed.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kyc_ledger::Ledger;
use tracing::{info, warn};

use crate::engine::{Code, Problem};

/// Who may ask when the service begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever asks from this machine and under a name of this machine, for everything, until a caller has a key; for a
    /// service that listens on loopback alone.
    Local,
    /// Whoever shows a key that the ledger knows.
    Keys,
}

/// Whether callers have to show a key. Cheap to clone; all clones are one.
#[derive(Clone)]
pub(in crate::http) struct Door {
    ledger: Ledger,
    asks_for_keys: Arc<AtomicBool>,
}

/// How soon to ask again when callers cannot be told apart.
const SOON: Duration = Duration::from_secs(1);

impl Door {
    pub(in crate::http) fn new(ledger: Ledger, access: Access) -> Self {
        Self { ledger, asks_for_keys: Arc::new(AtomicBool::new(access == Access::Keys)) }
    }

    /// Whether callers have to show a key. A first key that another process has made counts after two seconds at most.
    ///
    /// # Errors
    ///
    /// Whether there is a key cannot be found out, so nobody may ask.
    pub(in crate::http) async fn asks_for_keys(&self) -> Result<bool, Problem> {
        if self.asks_for_keys.load(Ordering::Acquire) {
            return Ok(true);
        }
        match self.ledger.callers().is_any_in_force().await {
            Ok(false) => Ok(false),
            Ok(true) => {
                if !self.asks_for_keys.swap(true, Ordering::AcqRel) {
                    info!("a caller has a key now: from here on whoever asks has to show one");
                }
                Ok(true)
            }
            Err(error) => Err(unknown_callers(&error)),
        }
    }
}

/// Callers cannot be told apart now.
pub(super) fn unknown_callers(error: &kyc_ledger::LedgerError) -> Problem {
    warn!(%error, "callers' keys cannot be looked up");
    Problem::new(Code::LedgerUnavailable, "callers cannot be told apart now").retry_after(SOON)
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door").field("asks_for_keys", &self.asks_for_keys).finish_non_exhaustive()
    }
}
