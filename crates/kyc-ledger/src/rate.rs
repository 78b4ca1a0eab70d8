//! The rate budget that all instances share.

use jiff::Timestamp;

/// A part of an account's hourly budget, for one instance to spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateSlice {
    /// How many calls may be made; none if the budget is used up.
    pub granted: u32,
    /// Until when they may be made; if there are none, when to ask again.
    pub until: Timestamp,
}
