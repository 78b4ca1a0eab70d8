//! The `Retry-After` header (RFC 9110, section 10.2.3): seconds, or a date.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// Longest wait that is told apart from a longer one: 30 days.
const LONGEST: Duration = Duration::from_hours(30 * 24);

/// How long the vendor asks to wait, if it does in a form that can be read.
///
/// A date is compared with the answer's own `Date`, so that clocks that differ do not matter; else with `now`.
pub(crate) fn read(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = text(headers, RETRY_AFTER)?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().map_or(LONGEST, Duration::from_secs).min(LONGEST));
    }
    let until = date(text)?;
    let since = self::text(headers, DATE).and_then(date).unwrap_or(now);
    // A date that has passed allows an attempt at once.
    Some(Duration::try_from(until.duration_since(since)).unwrap_or(Duration::ZERO).min(LONGEST))
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_at(retry_after: &str, date: Option<&str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        read(&headers, "1994-11-06T08:49:37Z".parse().unwrap()).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_read() {
        assert_eq!(read_at("0", None), Some(0));
        assert_eq!(read_at(" 120 ", None), Some(120));
        assert_eq!(read_at("Sun, 06 Nov 1994 08:50:37 GMT", None), Some(60));
        assert_eq!(read_at("Sun, 06 Nov 1994 08:49:30 GMT", None), Some(0));
        assert_eq!(read_at("Mon, 23 Nov 2026 10:00:10 GMT", Some("Mon, 23 Nov 2026 10:00:00 GMT")), Some(10));
    }

    #[test]
    fn what_cannot_be_read_is_no_wish_and_what_is_absurd_is_bounded() {
        for text in ["", "soon", "-1", "1.5", "1994-11-06", "1e3"] {
            assert_eq!(read_at(text, None), None, "{text}");
        }
        assert_eq!(read_at("99999999999999999999999999", None), Some(LONGEST.as_secs()));
        assert_eq!(read_at("Wed, 30 Dec 9998 00:00:00 GMT", None), Some(LONGEST.as_secs()));
        assert_eq!(read(&HeaderMap::new(), Timestamp::UNIX_EPOCH), None);
    }
}
