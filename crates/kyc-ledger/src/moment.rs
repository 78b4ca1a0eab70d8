//! Moments as they are written.

use jiff::Timestamp;

/// RFC 3339 in UTC, to the millisecond: as exactly as the ledger keeps it, so that a replay says the same.
pub fn moment(at: Timestamp) -> String {
    format!("{at:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_cut_to_the_millisecond() {
        for (at, written) in [
            ("2026-11-24T15:17:06.329986935Z", "2026-11-24T15:17:06.329Z"),
            ("2026-11-24T15:17:06Z", "2026-11-24T15:17:06.000Z"),
        ] {
            assert_eq!(moment(at.parse().unwrap()), written);
        }
    }
}
