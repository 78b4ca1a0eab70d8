//! Validity of the document.

use kyc_policy::Expiry;

use super::{count, outcome};

/// How long the document must be valid, and what holds for one without a date.
pub fn expiry(expiry: Expiry) -> String {
    let valid = match expiry.min_remaining_days {
        0 => "valid on the day of verification".to_owned(),
        days => format!(
            "valid for {} after verification",
            count(usize::try_from(days).unwrap_or(usize::MAX), "more day", "more days")
        ),
    };
    format!("{valid}; without an expiry date: {}", outcome(expiry.none))
}
