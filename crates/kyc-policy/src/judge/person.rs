//! Who the person is: nationality, where they are, age.

use kyc_core::Country;

use super::{Judging, Reason, ReasonKind, Ruling};
use crate::sections::Screen;

pub(super) fn nationality(judging: &Judging<'_>, reasons: &mut Vec<Reason>) {
    let kinds =
        [ReasonKind::NationalityUnknown, ReasonKind::NationalityDenied, ReasonKind::NationalityReview];
    let keys = ["nationality", "nationality.deny", "nationality.review"];
    screen(
        judging,
        judging.sections.nationality,
        judging.facts.nationality,
        "nationality",
        kinds,
        keys,
        reasons,
    );
}

pub(super) fn ip_country(judging: &Judging<'_>, reasons: &mut Vec<Reason>) {
    let kinds = [ReasonKind::IpCountryUnknown, ReasonKind::IpCountryDenied, ReasonKind::IpCountryReview];
    let keys = ["ip_country", "ip_country.deny", "ip_country.review"];
    let what = "country of the internet address";
    screen(judging, judging.sections.ip_country, judging.facts.ip_country, what, kinds, keys, reasons);
}

/// Looks at a country by a screen: reasons and keys for an unknown, a denied and a reviewed one.
fn screen(
    judging: &Judging<'_>,
    screen: Screen,
    country: Option<Country>,
    what: &str,
    kinds: [ReasonKind; 3],
    keys: [&'static str; 3],
    reasons: &mut Vec<Reason>,
) {
    if screen == Screen::NONE {
        return;
    }
    let ([unknown, denied, review], [section, deny_key, review_key]) = (kinds, keys);
    match country {
        None => {
            reasons.push(Reason::new(unknown, Ruling::Review, section, format!("the {what} is not known")));
        }
        Some(country) if screen.deny.contains(country) => {
            reasons.push(Reason::new(denied, judging.outside(), deny_key, format!("the {what} is denied")));
        }
        Some(country) if screen.review.contains(country) => {
            let message = format!("the {what} is one that a person looks at");
            reasons.push(Reason::new(review, Ruling::Review, review_key, message));
        }
        Some(_) => {}
    }
}

pub(super) fn age(judging: &Judging<'_>, reasons: &mut Vec<Reason>) {
    let (min, max) = (judging.sections.age.min(), judging.sections.age.max());
    if min.is_none() && max.is_none() {
        return;
    }
    let ages = judging.facts.birth.and_then(|birth| birth.ages(judging.first_day, judging.last_day));
    let Some((youngest, oldest)) = ages else {
        return reasons.push(Reason::new(
            ReasonKind::AgeUnknown,
            Ruling::Review,
            "age",
            "the age is not known",
        ));
    };
    if let Some(min) = min.filter(|min| youngest < min.get()) {
        let perhaps = if oldest < min.get() { "" } else { "perhaps " };
        let message = format!("{perhaps}younger than {}", min.get());
        reasons.push(Reason::new(ReasonKind::TooYoung, judging.outside(), "age.min", message));
    }
    if let Some(max) = max.filter(|max| oldest > max.get()) {
        let perhaps = if youngest > max.get() { "" } else { "perhaps " };
        let message = format!("{perhaps}older than {}", max.get());
        reasons.push(Reason::new(ReasonKind::TooOld, judging.outside(), "age.max", message));
    }
}
