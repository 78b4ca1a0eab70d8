//! Edges of age, validity, nationality and internet address.

use jiff::{Timestamp, ToSpan};
use kyc_core::CountrySet;
use kyc_policy::{Applicant, Birth, Expires, Facts, Screen, Validity, Whence};

use super::{Edges, Seen};

pub(super) fn age(edges: &mut Edges<'_>) {
    let age = edges.policy().sections().age;
    if let Some(min) = age.min().map(kyc_core::Age::get) {
        if let Some(younger) = min.checked_sub(1) {
            exactly(edges, "age.min", younger, "one year too young");
        }
        exactly(edges, "age.min", min, "the youngest that passes");
    }
    if let Some(max) = age.max().map(kyc_core::Age::get) {
        exactly(edges, "age.max", max, "the oldest that passes");
        exactly(edges, "age.max", max.saturating_add(1), "one year too old");
    }
    edges.add_if_stopped(
        "age",
        "somebody of unknown age",
        |applicant| applicant.birth = None,
        |seen| seen.ages().is_none(),
    );
}

fn exactly(edges: &mut Edges<'_>, key: &'static str, age: u32, what: &str) {
    edges.add(
        key,
        format!("somebody of {age}, {what}"),
        |applicant| applicant.birth = Some(Birth::Age(age)),
        move |seen| seen.ages() == Some((age, age)),
    );
}

pub(super) fn expiry(edges: &mut Edges<'_>) {
    let needed = edges.policy().sections().expiry.min_remaining_days;
    if let Some(fewer) = needed.checked_sub(1) {
        remaining(edges, "expiry.min_remaining", fewer, "one too few");
    }
    let (key, what) =
        if needed == 0 { ("expiry", "its last day") } else { ("expiry.min_remaining", "just enough") };
    remaining(edges, key, needed, what);
    let yesterday = yesterday(edges.now, edges.policy());
    edges.add(
        "expiry",
        "a document that has expired",
        |applicant| applicant.expires = yesterday.map_or(Validity::Unknown, Validity::On),
        |seen| matches!(seen.facts.expires, Some(Expires::On(day)) if day < seen.last),
    );
    edges.add(
        "expiry.none",
        "a document without an expiry date",
        |applicant| applicant.expires = Validity::Never,
        |seen| seen.facts.expires == Some(Expires::Never),
    );
    edges.add(
        "expiry",
        "a document of which nobody knows how long it is valid",
        |applicant| applicant.expires = Validity::Unknown,
        |seen| seen.facts.expires.is_none(),
    );
}

fn remaining(edges: &mut Edges<'_>, key: &'static str, days: u32, what: &str) {
    edges.add(
        key,
        match days {
            0 => format!("a document that is valid through today, {what}"),
            1 => format!("a document that is valid for 1 more day, {what}"),
            _ => format!("a document that is valid for {days} more days, {what}"),
        },
        |applicant| applicant.expires = Validity::Days(days),
        move |seen| {
            let last = seen.last.checked_add(i64::from(days).days()).ok();
            last.is_some_and(|day| seen.facts.expires == Some(Expires::On(day)))
        },
    );
}

fn yesterday(now: Timestamp, policy: &kyc_policy::Policy) -> Option<jiff::civil::Date> {
    policy.sections().zone().to_datetime(now).date().yesterday().ok()
}

pub(super) fn screens(edges: &mut Edges<'_>) {
    let sections = edges.policy().sections();
    screen(
        edges,
        sections.nationality,
        ["nationality", "nationality.deny", "nationality.review"],
        "a national of",
        |applicant, whence| applicant.nationality = whence,
        |facts| facts.nationality,
    );
    screen(
        edges,
        sections.ip_country,
        ["ip_country", "ip_country.deny", "ip_country.review"],
        "an internet address of",
        |applicant, whence| applicant.ip_country = whence,
        |facts| facts.ip_country,
    );
}

fn screen(
    edges: &mut Edges<'_>,
    screen: Screen,
    [section, deny, review]: [&'static str; 3],
    what: &str,
    set: fn(&mut Applicant, Whence),
    get: fn(&Facts) -> Option<kyc_core::Country>,
) {
    let lists =
        [(deny, screen.deny, "that is denied"), (review, screen.review - screen.deny, "that is looked at")];
    for (key, countries, how) in lists {
        let Some(country) = countries.iter().next() else { continue };
        let is_on = move |seen: &Seen<'_>| get(seen.facts).is_some_and(|of| countries.contains(of));
        edges.add(
            key,
            format!("{what} a country {how}, such as {country}"),
            |applicant| set(applicant, Whence::Of(country)),
            is_on,
        );
    }
    if screen.deny | screen.review != CountrySet::EMPTY {
        edges.add(
            section,
            format!("{what} an unknown country"),
            |applicant| set(applicant, Whence::Unknown),
            move |seen| get(seen.facts).is_none(),
        );
    }
}
