//! Made-up applicants: nothing stands against them but what a case says.

use jiff::{Span, Timestamp, civil};
use kyc_core::{Country, CountrySet, DocumentResult, FaceResult, Flag, Flags, SessionStatus};

use super::Trait;
use crate::judge::{Aml, AmlStatus, Birth, Expires, Facts, ResultTag};
use crate::order::matrix;
use crate::sections::{AmlList, Screen, Sections};

/// When the made-up sessions take place: a morning, so that it is the same day nearly everywhere.
const MOMENT: Timestamp = Timestamp::constant(1_767_263_400, 0);

/// An applicant who passes `better`, and `worse` too if both can be satisfied at once.
pub(super) fn ordinary(better: &Sections, worse: &Sections) -> Facts {
    let cell = matrix::ordinary(better, worse);
    let country = cell.and_then(|(country, _)| country);
    let days = better.expiry.min_remaining_days.max(worse.expiry.min_remaining_days).saturating_add(3_650);
    Facts {
        is_final: true,
        status: SessionStatus::Approved,
        document: Some(DocumentResult::Validated),
        face: Some(FaceResult::Match),
        issuing_country: country,
        document_type: cell.map(|(_, document)| document),
        nationality: unscreened(country, better.nationality, worse.nationality),
        ip_country: unscreened(country, better.ip_country, worse.ip_country),
        birth: Some(Birth::Age(age(better, worse))),
        expires: expires_in(i64::from(days), better),
        tags: Vec::new(),
        aml: Aml { sanctions: AmlStatus::Clear, pep: AmlStatus::Clear, adverse_media: AmlStatus::Clear },
        shown: Flag::ALL.iter().fold(Flags::NONE, |flags, flag| flags.with(*flag, true)),
        started: MOMENT,
        finished: MOMENT,
    }
}

/// The applicant with what the case says.
pub(super) fn with(ordinary: &Facts, about: Trait, sections: &Sections) -> Facts {
    let mut facts = ordinary.clone();
    match about {
        Trait::Document(country, document) => {
            // Nationality and address stay as they are: they are unsuspicious.
            (facts.issuing_country, facts.document_type) = (country, Some(document));
        }
        Trait::Age(age) => facts.birth = age.map(Birth::Age),
        Trait::Nationality(country) => facts.nationality = country,
        Trait::IpCountry(country) => facts.ip_country = country,
        Trait::ValidFor(days) => facts.expires = expires_in(i64::from(days), sections),
        Trait::NeverExpires => facts.expires = Some(Expires::Never),
        Trait::Expired => facts.expires = expires_in(-1, sections),
        Trait::Tag(tag) => facts.tags = vec![ResultTag::Known(tag)],
        Trait::UnknownTag => facts.tags = vec![ResultTag::Unknown("SOMETHING_NEW".to_owned())],
        Trait::List(AmlList::Sanctions) => facts.aml.sanctions = AmlStatus::Hit,
        Trait::List(AmlList::Pep) => facts.aml.pep = AmlStatus::Hit,
        Trait::List(AmlList::AdverseMedia) => facts.aml.adverse_media = AmlStatus::Hit,
        Trait::List(AmlList::FalsePositive) => facts.aml.sanctions = AmlStatus::FalsePositive,
        Trait::FaceNotCompared => facts.face = None,
        Trait::Untraced(flag) => facts.shown = facts.shown.with(flag, false),
    }
    facts
}

/// Somebody of 40, unless that is too young or too old.
fn age(better: &Sections, worse: &Sections) -> u32 {
    let (own, other) = (bounds(better), bounds(worse));
    let (youngest, oldest) = (own.0.max(other.0), own.1.min(other.1));
    let (youngest, oldest) = if youngest <= oldest { (youngest, oldest) } else { own };
    40.clamp(youngest, oldest)
}

fn bounds(sections: &Sections) -> (u32, u32) {
    let years = |age: Option<kyc_core::Age>| age.map(kyc_core::Age::get);
    (years(sections.age.min()).unwrap_or(0), years(sections.age.max()).unwrap_or(u32::MAX))
}

/// The country, unless a screen stops it; else the first that neither stops, or that the better one does not.
fn unscreened(country: Option<Country>, better: Screen, worse: Screen) -> Option<Country> {
    let stopped = better.deny.union(better.review);
    let by_any = stopped.union(worse.deny).union(worse.review);
    let free = CountrySet::ALL.difference(by_any);
    country.filter(|country| free.contains(*country)).or_else(|| {
        let other = CountrySet::ALL.difference(stopped);
        free.iter().next().or_else(|| other.iter().next())
    })
}

fn expires_in(days: i64, sections: &Sections) -> Option<Expires> {
    let today: civil::Date = sections.zone().to_datetime(MOMENT).date();
    today.checked_add(Span::new().try_days(days).ok()?).ok().map(Expires::On)
}
