//! The rate budget that all instances share.

use std::time::Duration;

/// A part of an account's hourly budget, for one instance to spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateSlice {
    /// How many calls may be made; none if the budget is used up.
    pub granted: u32,
    /// For how long they may be made, counted from when they were asked for; if there are none, after how long to ask again.
    pub within: Duration,
}
