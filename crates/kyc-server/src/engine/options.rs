//! What an operator can set about the engine.

use std::time::Duration;

/// How much, how long, how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineOptions {
    /// How long one request may take, from its arrival to its answer.
    pub deadline: Duration,
    /// How many calls to the vendor may be under way at once, by account; at least 1.
    pub concurrency: usize,
    /// How many requests may wait for one of those places, by account. More are turned away at once.
    pub queue: usize,
    /// How many calls in a hundred may be attempted again, after a connection that never came up or a 429.
    pub retry_percent: u32,
    /// When calls to an account are paused.
    pub breaker: BreakerOptions,
    /// How sessions of unknown outcome are found out.
    pub reconcile: ReconcileOptions,
}

/// When calls to an account are paused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakerOptions {
    /// So many failures in a row pause the calls; at least 1.
    pub failures: u32,
    /// How long the first pause is. It doubles with each probe that fails.
    pub pause: Duration,
    /// How long a pause gets at most.
    pub longest_pause: Duration,
    /// How long the pause is after the vendor said that the account itself is at fault: its credentials, its funds, its
    /// being switched off.
    pub account_pause: Duration,
}

/// How sessions of unknown outcome are found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReconcileOptions {
    /// How long after its call a session is left alone: the vendor's list may lag.
    pub quiet: Duration,
    /// The pause between two rounds.
    pub every: Duration,
    /// How many sessions are looked up in one round.
    pub batch: u32,
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(30),
            concurrency: 64,
            queue: 512,
            retry_percent: 10,
            breaker: BreakerOptions::default(),
            reconcile: ReconcileOptions::default(),
        }
    }
}

impl Default for BreakerOptions {
    fn default() -> Self {
        Self {
            failures: 5,
            pause: Duration::from_secs(2),
            longest_pause: Duration::from_mins(1),
            account_pause: Duration::from_mins(1),
        }
    }
}

impl Default for ReconcileOptions {
    fn default() -> Self {
        Self { quiet: Duration::from_mins(1), every: Duration::from_secs(15), batch: 100 }
    }
}
