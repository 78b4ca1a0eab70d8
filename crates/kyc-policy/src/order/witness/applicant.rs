//! Made-up applicants: nothing stands against them but what a case says.

use jiff::{Timestamp, ToSpan};
use kyc_core::{Country, CountrySet, FaceResult};

use super::Trait;
use crate::judge::{Applicant, Birth, Facts, ResultTag, Validity, Whence};
use crate::order::matrix;
use crate::sections::{Screen, Sections};

/// When the made-up sessions take place: a morning, so that it is the same day nearly everywhere.
const MOMENT: Timestamp = Timestamp::constant(1_767_263_400, 0);

/// An applicant who passes `better`, and `worse` too if both can be satisfied at once. The document is valid for longer
/// than any policy asks.
pub(super) fn ordinary(better: &Sections, worse: &Sections) -> Applicant {
    let cell = matrix::ordinary(better, worse);
    let country = cell.and_then(|(country, _)| country);
    Applicant {
        country,
        document: cell.map(|(_, document)| document),
        birth: Some(Birth::Age(age(better, worse))),
        nationality: of(unscreened(country, better.nationality, worse.nationality)),
        ip_country: of(unscreened(country, better.ip_country, worse.ip_country)),
        ..Applicant::default()
    }
}

/// What the case says of the applicant, as the facts of a result.
pub(super) fn facts(ordinary: &Applicant, about: Trait, sections: &Sections) -> Facts {
    let zone = sections.zone();
    let mut applicant = ordinary.clone();
    match about {
        // Nationality and address stay as they are: they are unsuspicious.
        Trait::Document(country, document) => {
            (applicant.country, applicant.document) = (country, Some(document));
        }
        Trait::Age(age) => applicant.birth = Some(Birth::Age(age)),
        Trait::Nationality(country) => applicant.nationality = Whence::Of(country),
        Trait::IpCountry(country) => applicant.ip_country = Whence::Of(country),
        Trait::ValidFor(days) => applicant.expires = Validity::Days(days),
        Trait::NeverExpires => applicant.expires = Validity::Never,
        Trait::Expired => {
            let yesterday = zone.to_datetime(MOMENT).date().checked_sub(1.day());
            applicant.expires = yesterday.map_or(Validity::Unknown, Validity::On);
        }
        Trait::Tag(tag) => applicant.tags = vec![ResultTag::Known(tag)],
        Trait::UnknownTag => applicant.tags = vec![ResultTag::Unknown("SOMETHING_NEW".to_owned())],
        Trait::List(list) => applicant.aml = vec![list],
        Trait::FaceNotCompared => applicant.face_result = FaceResult::NotChecked,
        Trait::Untraced(flag) => applicant.untraced = vec![flag],
    }
    applicant.facts(MOMENT, &zone)
}

fn of(country: Option<Country>) -> Whence {
    country.map_or(Whence::Unknown, Whence::Of)
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
