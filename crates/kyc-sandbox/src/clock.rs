//! The stand-in's clock, which a test can put forward.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The request header that lets one request see the world this many seconds later: a whole number.
pub const SECONDS_LATER_HEADER: &str = "x-sandbox-seconds-later";

#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    ahead: Mutex<Duration>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { started: Instant::now(), ahead: Mutex::default() }
    }

    /// Time since the start, and what it was put forward by.
    pub(crate) fn now(&self) -> Duration {
        self.started.elapsed().saturating_add(*self.ahead.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn advance(&self, by: Duration) {
        let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        *ahead = ahead.saturating_add(by);
    }
}
