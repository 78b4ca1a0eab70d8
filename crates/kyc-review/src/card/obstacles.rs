//! Who goes to review and who is refused: whatever stands against acceptance, with its outcome.

use std::borrow::Cow;

use kyc_core::{CountrySet, DocumentSet, Flag, TokenType};
use kyc_policy::{AmlList, Countries, DocumentScope, Outcome, Screen, Sections, Tag};

use super::{Context, Fact, Part, checks};
use crate::words;

pub(super) fn review(sections: &Sections, context: &Context) -> Part {
    Part::new("review", "Who goes to review")
        .about("A person of ours looks at these results before anybody is accepted.")
        .facts(of(Outcome::Review, sections, context))
}

pub(super) fn refused(sections: &Sections, context: &Context) -> Part {
    Part::new("refused", "Who is refused")
        .about("Nobody needs to look at these results. Where several rules apply, the worst outcome counts.")
        .facts(of(Outcome::Reject, sections, context))
}

/// Something that stands against acceptance.
struct Obstacle {
    outcome: Outcome,
    text: String,
    key: Option<Cow<'static, str>>,
    note: Option<&'static str>,
}

impl Obstacle {
    fn new(outcome: Outcome, key: &'static str, text: impl Into<String>) -> Self {
        Self { outcome, text: text.into(), key: Some(Cow::Borrowed(key)), note: None }
    }

    /// Something that holds under every policy.
    fn always(outcome: Outcome, text: impl Into<String>) -> Self {
        Self { outcome, text: text.into(), key: None, note: None }
    }
}

fn of(outcome: Outcome, sections: &Sections, context: &Context) -> Vec<Fact> {
    let mut all = outside(sections, context);
    all.extend(screened(sections, context));
    all.extend(findings(sections));
    all.extend(unproven(sections));
    all.extend(vendor(sections));
    let those = all.into_iter().filter(|found| found.outcome == outcome);
    those
        .map(|found| {
            let fact = Fact::item(found.key, &found.text);
            if let Some(note) = found.note { fact.note(note) } else { fact }
        })
        .collect()
}

/// What is outside the bounds of the policy.
fn outside(sections: &Sections, context: &Context) -> Vec<Obstacle> {
    let outcome = sections.verdict.outside;
    let found = |key, text: String| Obstacle::new(outcome, key, text);
    let groups = &context.groups;
    let country = match sections.countries {
        Countries::Listed(_) => Some("documents of any other country".to_owned()),
        Countries::AnyBut(except) if except.is_empty() => None,
        Countries::AnyBut(except) => Some(format!("documents of {}", words::set(except, groups))),
    };
    let mut all: Vec<_> = country.into_iter().map(|text| found("countries", text)).collect();
    let is_any = sections.documents.union(sections.countries) == DocumentScope::Any;
    all.push(if is_any && sections.documents.eid == DocumentSet::EMPTY {
        found("eid", "electronic identities and wallets".to_owned())
    } else {
        found("documents", "documents of any other kind".to_owned())
    });
    let ages = &sections.age;
    let too_young = ages.min().map(|min| found("age.min", format!("people younger than {}", min.get())));
    let too_old = ages.max().map(|max| found("age.max", format!("people older than {}", max.get())));
    all.extend(too_young.map(|of| Obstacle { note: noticed(sections, Tag::UnderAge), ..of }));
    all.extend(too_old.map(|of| Obstacle { note: noticed(sections, Tag::OverAge), ..of }));
    all.push(found("expiry", expired(sections.expiry.min_remaining_days)));
    all
}

/// That the vendor, which is told the ages, marks people for the same reason, where its mark weighs more.
fn noticed(sections: &Sections, tag: Tag) -> Option<&'static str> {
    (sections.verdict.outcome_of_tag(tag) > sections.verdict.outside)
        .then_some("where the vendor finds that too, and it usually does, they are refused: see below")
}

fn expired(min_remaining_days: u32) -> String {
    match min_remaining_days {
        0 => "documents that have expired".to_owned(),
        days => format!("documents that have expired, or are valid for less than {}", words::more_days(days)),
    }
}

/// Documents without a date, nationalities and connections.
fn screened(sections: &Sections, context: &Context) -> Vec<Obstacle> {
    let outside = sections.verdict.outside;
    let mut all =
        vec![Obstacle::new(sections.expiry.none, "expiry.none", "documents without an expiry date")];
    let (nationality, connection) = (sections.nationality, sections.ip_country);
    for (who, set, outcome, key) in [
        ("nationals of", nationality.deny, outside, "nationality.deny"),
        ("nationals of", nationality.review - nationality.deny, Outcome::Review, "nationality.review"),
        ("people who connect from", connection.deny, outside, "ip_country.deny"),
        (
            "people who connect from",
            connection.review - connection.deny,
            Outcome::Review,
            "ip_country.review",
        ),
    ] {
        if !set.is_empty() {
            all.push(Obstacle::new(outcome, key, format!("{who} {}", words::set(set, &context.groups))));
        }
    }
    all
}

/// Warnings of the vendor, and entries on lists.
fn findings(sections: &Sections) -> Vec<Obstacle> {
    let verdict = &sections.verdict;
    let tags = verdict.tags.iter().map(|(tag, outcome)| Obstacle {
        outcome: *outcome,
        text: format!("{} (the vendor's tag {tag})", words::tag(*tag)),
        key: Some(format!("verdict.tags.{tag}").into()),
        note: None,
    });
    let mut all: Vec<_> = tags.collect();
    // Where the lists are switched off, no result has an entry.
    if sections.flags.state(Flag::CheckAml) != Some(false) {
        all.extend(AmlList::ALL.iter().map(|list| {
            let is_stated = verdict.aml.of(*list).is_some();
            let key = if is_stated { format!("verdict.aml.{list}").into() } else { "verdict.default".into() };
            Obstacle {
                outcome: verdict.outcome_of_list(*list),
                text: words::list(*list).to_owned(),
                key: Some(key),
                note: None,
            }
        }));
    }
    all.push(Obstacle::new(
        verdict.default,
        "verdict.default",
        "any other warning of the vendor, known or new",
    ));
    if verdict.default != Outcome::Review {
        let text = "a warning of the vendor that only says that a check was not made";
        all.push(Obstacle::new(Outcome::Review, "verdict.default", text));
    }
    all
}

/// What the policy needs and a result does not show.
fn unproven(sections: &Sections) -> Vec<Obstacle> {
    let by_country =
        sections.countries != Countries::AnyBut(CountrySet::EMPTY) || !sections.documents.rows.is_empty();
    let by_age = sections.age.min().is_some() || sections.age.max().is_some();
    let needed = [
        (by_country, "issuing country"),
        (true, "kind of document"),
        (by_age, "date of birth"),
        (true, "expiry date"),
        (sections.nationality != Screen::NONE, "nationality"),
        (sections.ip_country != Screen::NONE, "country of the connection"),
    ];
    let needed = words::either(needed.into_iter().filter(|(is_needed, _)| *is_needed).map(|(_, what)| what));
    let mut all = vec![Obstacle::always(Outcome::Review, format!("results that do not tell the {needed}"))];
    if checks::traced(sections).next().is_some() {
        let text = "results that lack the trace of a required check, where it leaves one";
        all.push(Obstacle::always(Outcome::Review, text));
    }
    all
}

/// What the vendor concludes.
fn vendor(sections: &Sections) -> Vec<Obstacle> {
    let part = match sections.token.token_type {
        TokenType::Identification => "the document or the face",
        TokenType::Document => "the document",
    };
    vec![
        Obstacle::always(Outcome::Reject, "people whom the vendor itself refuses"),
        Obstacle::always(
            Outcome::Review,
            format!("results in which {part} did not pass, even if the vendor approves the whole"),
        ),
        Obstacle::always(Outcome::Review, "results in which the vendor comes to no conclusion"),
    ]
}
