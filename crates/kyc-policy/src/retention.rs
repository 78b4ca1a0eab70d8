//! How long the personal data of sessions are kept: `retention` of `_set.yaml`.

use jiff::{Span, Timestamp};

use crate::duration::Duration;
use crate::sections::zone_named;
use crate::set::PolicySet;

/// How long the personal data of sessions are kept, counted from the day on which a session was asked for.
///
/// The law mostly counts from the end of the business relationship, which nobody here knows: `erase_after` says how long
/// after the beginning that end is certain to be far enough away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// For so long nobody may erase them; `None` if the set does not say.
    pub keep: Option<Duration>,
    /// After so long they are erased; `None` if the set does not say, and then only on request.
    pub erase_after: Option<Duration>,
}

impl PolicySet {
    /// How long personal data are kept.
    pub const fn retention(&self) -> Retention {
        self.retention
    }

    /// Until when the personal data of a session that was asked for at `since` must be kept; `None` if the set does not
    /// say.
    ///
    /// Years are those of the calendar in the set's time zone; of a 29 February the day after is counted where a year has
    /// none. A time beyond the calendar is its end.
    pub fn kept_until(&self, since: Timestamp) -> Option<Timestamp> {
        let keep = self.retention.keep?;
        let start = since.to_zoned(zone_named(&self.timezone));
        let until = start.checked_add(span(keep)).ok().and_then(|end| {
            // The calendar goes back to 28 February: one day less than was promised.
            let shortened = keep.parts().1 == 'y' && end.day() < start.day();
            if shortened { end.tomorrow().ok() } else { Some(end) }
        });
        Some(until.map_or(Timestamp::MAX, |until| until.timestamp()))
    }

    /// The personal data of sessions that were asked for before this are to be erased at `now`; `None` if the set does not
    /// say.
    pub fn erased_before(&self, now: Timestamp) -> Option<Timestamp> {
        let erase_after = self.retention.erase_after?;
        let before = now.to_zoned(zone_named(&self.timezone)).checked_sub(span(erase_after));
        Some(before.map_or(Timestamp::MIN, |before| before.timestamp()))
    }
}

/// Days and years by the calendar, everything shorter by the clock.
fn span(duration: Duration) -> Span {
    match duration.parts() {
        // An interval has at most 100 years.
        (count, 'y') => Span::new().years(i64::from(count).min(100)),
        (count, 'd') => Span::new().days(i64::from(count).min(40_000)),
        _ => Span::new().seconds(i64::try_from(duration.seconds()).unwrap_or(i64::MAX).min(4_000_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn set(text: &str) -> PolicySet {
        let (set, found) = crate::check_set(&mut SourceMap::default(), "_set.yaml", text.as_bytes());
        assert!(found.is_empty(), "{found:?}\n{text}");
        set
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn years_are_those_of_the_calendar() {
        for (keep, since, until) in [
            // Two leap days: 1827 days, where 5 times 365 would be 1825.
            ("5y", "2023-11-24T10:00:00Z", "2028-11-24T10:00:00Z"),
            ("1y", "2024-02-29T10:00:00Z", "2025-03-01T10:00:00Z"),
            ("4y", "2024-02-29T10:00:00Z", "2028-02-29T10:00:00Z"),
            ("30d", "2026-01-31T10:00:00Z", "2026-03-02T10:00:00Z"),
            ("36h", "2026-01-31T10:00:00Z", "2026-02-01T22:00:00Z"),
            ("100y", "2026-01-31T10:00:00Z", "2126-01-31T10:00:00Z"),
            ("100y", "9950-01-31T10:00:00Z", "9999-12-30T22:00:00.999999999Z"),
        ] {
            let set = set(&format!("retention: {{ keep: {keep} }}\n"));
            assert_eq!(set.kept_until(at(since)), Some(at(until)), "{keep} from {since}");
            assert_eq!(set.erased_before(at(since)), None);
        }
    }

    #[test]
    fn the_calendar_is_that_of_the_set() {
        let text = "timezone: Europe/Vilnius\nretention: { keep: 30d, erase_after: 30d }\n";
        let (set, utc) = (set(text), set(&text.replace("Europe/Vilnius", "UTC")));
        // Clocks go forward in between: the 30 days of Vilnius have an hour less.
        assert_eq!(set.kept_until(at("2026-03-10T10:00:00Z")), Some(at("2026-04-09T09:00:00Z")));
        assert_eq!(utc.kept_until(at("2026-03-10T10:00:00Z")), Some(at("2026-04-09T10:00:00Z")));
        assert_eq!(set.erased_before(at("2026-04-09T09:00:00Z")), Some(at("2026-03-10T10:00:00Z")));
    }

    #[test]
    fn what_is_to_be_erased_need_not_be_kept_any_more() {
        let set = set("retention: { keep: 5y, erase_after: 5y }\n");
        let mut now = at("2027-01-01T00:00:00Z");
        while now < at("2033-06-01T00:00:00Z") {
            let before = set.erased_before(now).unwrap();
            let newest = before - Span::new().milliseconds(1);
            assert!(set.kept_until(newest).unwrap() <= now, "{newest} at {now}");
            now += Span::new().hours(23);
        }
    }

    #[test]
    fn a_set_that_does_not_say_keeps_nothing_and_erases_nothing() {
        let set = PolicySet::empty();
        assert_eq!(set.retention(), Retention::default());
        assert_eq!(set.kept_until(at("2026-01-31T10:00:00Z")), None);
        assert_eq!(set.erased_before(at("2026-01-31T10:00:00Z")), None);
    }
}
