//! What time it is, for everything in one transaction.

use std::time::Duration;

use jiff::Timestamp;

/// The time of a transaction, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Now {
    /// By the clock on the wall: what is recorded, and what tokens expire by.
    pub(crate) wall: i64,
    /// By the clock that leases run by. Where that is the database's own, it is the same.
    pub(crate) lease: i64,
}

impl Now {
    pub(crate) fn timestamp(self) -> Timestamp {
        timestamp(self.wall)
    }

    /// How long it is until a time of the clock that leases run by. No other clock has to agree with it.
    pub(crate) fn until(self, lease: i64) -> Duration {
        Duration::from_millis(lease.saturating_sub(self.lease).try_into().unwrap_or(0))
    }

    /// A time of the clock that leases run by, as the wall will show it.
    pub(crate) fn on_the_wall(self, lease: i64) -> Timestamp {
        timestamp(lease.saturating_sub(self.lease).saturating_add(self.wall))
    }
}

/// The time that a number of the database means. What is beyond the calendar is its end.
pub(crate) fn timestamp(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(if milliseconds < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}
