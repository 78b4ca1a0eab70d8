//! Lengths of time.

use kyc_policy::Duration;

use super::count;

/// A length of time as policies write it: `10 minutes`.
pub fn duration(duration: Duration) -> String {
    let (number, unit) = duration.parts();
    let unit = match unit {
        's' => "second",
        'm' => "minute",
        'h' => "hour",
        'd' => "day",
        _ => "year",
    };
    count(usize::try_from(number).unwrap_or(usize::MAX), unit, &format!("{unit}s"))
}

/// Seconds in the largest unit that divides them: `10 minutes`.
pub fn seconds(seconds: u32) -> String {
    duration(Duration::from_seconds(seconds))
}
