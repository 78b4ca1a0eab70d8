//! What the handlers of one running stand-in share.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::auth::Credentials;
use crate::clock::Clock;
use crate::journal::Journal;
use crate::scenario::Scenario;
use crate::sessions::Sessions;

/// How many tokens the redirect page knows; older ones are forgotten first.
const MAX_TOKENS: usize = 10_000;

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) credentials: Credentials,
    pub(crate) scenario: Scenario,
    pub(crate) slow_delay: Duration,
    /// Where the stand-in is reached, without a final slash.
    pub(crate) base_url: String,
    pub(crate) journal: Journal,
    pub(crate) tokens: Tokens,
    pub(crate) sessions: Sessions,
    pub(crate) clock: Clock,
    /// How often `rate-limited-once` still refuses.
    pub(crate) refusals_left: AtomicU32,
    /// Ends when the stand-in is asked to stop.
    pub(crate) closing: watch::Receiver<()>,
}

impl Shared {
    /// Whether `rate-limited-once` refuses this request.
    pub(crate) fn takes_refusal(&self) -> bool {
        let take = |left: u32| left.checked_sub(1);
        self.refusals_left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Waits for the configured delay, or less when the stand-in is asked to stop.
    pub(crate) async fn wait(&self) {
        let mut closing = self.closing.clone();
        tokio::select! {
            () = tokio::time::sleep(self.slow_delay) => {}
            _ = closing.changed() => {}
        }
    }
}

/// The tokens handed out, so that the redirect page can tell them from invented ones.
#[derive(Debug, Default)]
pub(crate) struct Tokens(Mutex<VecDeque<String>>);

impl Tokens {
    pub(crate) fn issue(&self, token: String) {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.push_back(token);
        if tokens.len() > MAX_TOKENS {
            tokens.pop_front();
        }
    }

    pub(crate) fn knows(&self, token: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|known| known == token)
    }
}
