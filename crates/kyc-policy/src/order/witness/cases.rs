//! The cases of each section in which one policy may be milder than another, the smallest step first.

use kyc_core::{Country, Flag, TokenType};

use super::Trait;
use crate::field::{Evidence, FIELDS, Shape};
use crate::order::{OrderedSection, acceptance, flags, matrix};
use crate::sections::{AmlList, Screen, Sections};
use crate::tags::Tag;

/// The cases that are worth judging; not in every one of them `mild` is milder.
pub(super) fn cases<'s>(
    section: OrderedSection,
    mild: &'s Sections,
    harsh: &'s Sections,
) -> Box<dyn Iterator<Item = Trait> + 's> {
    use OrderedSection as S;
    match section {
        S::Matrix => Box::new(
            matrix::gained(mild, harsh)
                .map(|(country, document)| Trait::Document(country, document))
                .into_iter(),
        ),
        S::Age => Box::new(ages(mild, harsh)),
        S::Nationality => {
            let milder = screened(mild, mild.nationality, harsh, harsh.nationality);
            Box::new(milder.map(Trait::Nationality).into_iter())
        }
        S::IpCountry => {
            let milder = screened(mild, mild.ip_country, harsh, harsh.ip_country);
            Box::new(milder.map(Trait::IpCountry).into_iter())
        }
        S::Expiry => Box::new(expiries(mild, harsh)),
        S::Verdict => Box::new(verdicts()),
        S::TokenType => {
            let is_milder = mild.token.token_type == TokenType::Document;
            Box::new(is_milder.then_some(Trait::FaceNotCompared).into_iter())
        }
        S::ManualReview | S::Checks | S::Verify | S::BankCard | S::Switches => {
            Box::new(untraced(section, mild, harsh))
        }
        S::Questionnaire
        | S::Nfc
        | S::Steps
        | S::Registries
        | S::FaceThreshold
        | S::RiskProfile
        | S::Vendor
        | S::Client
        | S::Timezone => Box::new(std::iter::empty()),
    }
}

/// The ages next to the bounds of the harsher one.
fn ages(mild: &Sections, harsh: &Sections) -> impl Iterator<Item = Trait> {
    let below = harsh.age.min().and_then(|min| min.get().checked_sub(1));
    let above = harsh.age.max().map(|max| max.get().saturating_add(1));
    let passes = |age: &u32| {
        mild.age.min().is_none_or(|min| *age >= min.get())
            && mild.age.max().is_none_or(|max| *age <= max.get())
    };
    below.into_iter().chain(above).filter(passes).map(Trait::Age).collect::<Vec<_>>().into_iter()
}

/// A country that is treated better.
fn screened(mild: &Sections, of_mild: Screen, harsh: &Sections, of_harsh: Screen) -> Option<Country> {
    acceptance::milder(mild.verdict.outside, of_mild, harsh.verdict.outside, of_harsh).iter().next()
}

fn expiries(mild: &Sections, harsh: &Sections) -> impl Iterator<Item = Trait> {
    let days = harsh.expiry.min_remaining_days.checked_sub(1);
    let days = days.filter(|days| *days >= mild.expiry.min_remaining_days).map(Trait::ValidFor);
    let never = (mild.expiry.none < harsh.expiry.none).then_some(Trait::NeverExpires);
    days.into_iter().chain(never)
}

/// Every tag and list, and something outside.
fn verdicts() -> impl Iterator<Item = Trait> {
    let tags = Tag::ALL.iter().copied().map(Trait::Tag);
    let lists = AmlList::ALL.iter().copied().map(Trait::List);
    tags.chain(lists).chain([Trait::UnknownTag, Trait::Expired])
}

/// Checks that the harsher one demands, and that leave a trace where they were made.
fn untraced(section: OrderedSection, mild: &Sections, harsh: &Sections) -> impl Iterator<Item = Trait> {
    let (mild, harsh) = (mild.flags, harsh.flags);
    let leaves_a_trace = |flag: Flag| {
        FIELDS.iter().any(|field| {
            field.shape == Shape::Flag(flag) && matches!(field.evidence, Evidence::Result | Evidence::Echo)
        })
    };
    flags::differing(section, mild, harsh)
        .filter(move |(_, flag)| harsh.is_on(*flag) && leaves_a_trace(*flag))
        .map(|(_, flag)| Trait::Untraced(flag))
}
