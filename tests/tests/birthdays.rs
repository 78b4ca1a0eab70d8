//! Ages by the calendar: on the day before, on, and after a birthday, on 29 February, and in the set's time zone.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use jiff::Timestamp;
use kyc_policy::{Client, ClientInput, PolicySet, SourceMap, check_policy, check_set, merge};

const POLICY: &str = "name: p\ncountries: [LT]\ndocuments: [PASSPORT]\nage: { min: 18, max: 70 }\n\
                      client: { require: [date_of_birth] }\n";

/// Born, the moment of the call, the set's zone, and the rule that refuses, if any.
const CASES: [(&str, &str, &str, Option<&str>); 21] = [
    ("2008-05-15", "2026-05-14T12:00:00Z", "UTC", Some("age-outside")),
    ("2008-05-15", "2026-05-14T23:59:59Z", "UTC", Some("age-outside")),
    ("2008-05-15", "2026-05-15T00:00:00Z", "UTC", None),
    ("2008-05-15", "2026-05-16T12:00:00Z", "UTC", None),
    // Who was born on 29 February is a year older on 1 March of a common year.
    ("2008-02-29", "2026-02-28T23:59:59Z", "UTC", Some("age-outside")),
    ("2008-02-29", "2026-03-01T00:00:00Z", "UTC", None),
    ("2008-02-29", "2025-02-28T12:00:00Z", "UTC", Some("age-outside")),
    // In a leap year the day itself exists.
    ("2010-02-28", "2028-02-28T12:00:00Z", "UTC", None),
    ("2010-03-01", "2028-02-29T12:00:00Z", "UTC", Some("age-outside")),
    ("2010-03-01", "2028-03-01T12:00:00Z", "UTC", None),
    // The upper bound is inclusive for the whole year.
    ("1955-05-15", "2026-05-14T12:00:00Z", "UTC", None),
    ("1955-05-15", "2026-05-15T12:00:00Z", "UTC", Some("age-outside")),
    ("1952-02-29", "2023-02-28T12:00:00Z", "UTC", None),
    ("1952-02-29", "2023-03-01T12:00:00Z", "UTC", Some("age-outside")),
    // The set's zone says which day it is.
    ("2008-05-15", "2026-05-14T21:00:00Z", "Europe/Vilnius", None),
    ("2008-05-15", "2026-05-14T20:59:59Z", "Europe/Vilnius", Some("age-outside")),
    ("2008-05-15", "2026-05-15T03:59:59Z", "America/New_York", Some("age-outside")),
    ("2008-05-15", "2026-05-15T04:00:00Z", "America/New_York", None),
    // Today and tomorrow as days of birth.
    ("2026-05-14", "2026-05-14T12:00:00Z", "UTC", Some("age-outside")),
    ("2026-05-15", "2026-05-14T12:00:00Z", "UTC", Some("date-in-future")),
    ("2026-05-15", "2026-05-14T12:00:00Z", "Pacific/Kiritimati", Some("age-outside")),
];

fn refusals(born: &str, now: &str, zone: &str) -> Vec<&'static str> {
    let mut sources = SourceMap::default();
    let (set, _): (PolicySet, _) =
        check_set(&mut sources, "_set.yaml", format!("timezone: {zone}\n").as_bytes());
    let checked = check_policy(&mut sources, "p.yaml", Some("p"), POLICY.as_bytes(), &set);
    let Some(policy) = checked.value else { panic!("{:?}", checked.diagnostics) };
    let Ok(now) = now.parse::<Timestamp>() else { panic!("{now}") };
    let mut input = ClientInput::default();
    input.text("client_id", "user-1");
    input.text("date_of_birth", born);
    match merge(&policy, Client::read(&input), now) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(|problem| problem.rule().id).collect(),
    }
}

#[test]
fn ages_are_counted_in_whole_years_on_the_day_of_the_call() {
    for (born, now, zone, expected) in CASES {
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(refusals(born, now, zone), expected, "born {born}, called at {now} in {zone}");
    }
}
