//! Steps by which more facts pass: countries, documents, nationalities, ages, expiry.

use kyc_core::{Age, AgeBounds, Country, CountrySet, DocumentSet, DocumentType};

use super::Steps;
use crate::sections::{Countries, DocumentScope, Outcome, Screen, Sections};

/// Most members of one list that are tried one by one.
const MAX_MEMBERS: usize = 30;

/// One country more: each that is left out in so many words, and one of all others.
pub(super) fn countries(steps: &mut Steps<'_>, denied: CountrySet, left_out: CountrySet) {
    let allowed = steps.sections().countries.effective();
    // A denied one stays denied, whatever the policy says.
    let outside = CountrySet::ALL - allowed - denied;
    let left_out = left_out & outside;
    let other = (outside - left_out).iter().next();
    for country in left_out.iter().take(MAX_MEMBERS).chain(other) {
        steps.add("countries", format!("{country} allowed"), |sections| {
            sections.countries = match sections.countries {
                Countries::Listed(set) => Countries::Listed(set.with(country)),
                Countries::AnyBut(set) => Countries::AnyBut(set - CountrySet::EMPTY.with(country)),
            };
        });
    }
}

/// One document type more in each row: each that another row has, one that none has, and one e-ID.
pub(super) fn documents(steps: &mut Steps<'_>) {
    let documents = &steps.sections().documents;
    let scopes = documents.default.into_iter().chain(documents.rows.iter().map(|(_, scope)| *scope));
    let known = scopes.fold(DocumentSet::EMPTY, |known, scope| known | scope.effective());
    if let Some(scope) = documents.default {
        let key = if documents.rows.is_empty() { "documents" } else { "documents.any" };
        for document in further(scope, known) {
            steps.add(key, format!("{document} accepted"), |sections| {
                sections.documents.default = Some(with(scope, document));
            });
        }
    }
    for (country, scope) in documents.rows.iter().copied() {
        for document in further(scope, known) {
            steps.add(format!("documents.{country}"), format!("{document} accepted"), |sections| {
                row(sections, country, with(scope, document));
            });
        }
    }
    let eid = DocumentType::ALL.iter().copied().filter(|document| document.is_eid());
    if let Some(eid) = eid.into_iter().find(|eid| !documents.eid.contains(*eid)) {
        steps.add("eid", format!("{eid} accepted"), |sections| {
            sections.documents.eid = sections.documents.eid.with(eid);
        });
    }
}

/// What a row could accept in addition.
fn further(scope: DocumentScope, known: DocumentSet) -> impl Iterator<Item = DocumentType> {
    let own = scope.effective();
    // Those that are nearest to what policies usually accept.
    let usual = [
        DocumentType::DriverLicense,
        DocumentType::ResidencePermit,
        DocumentType::IdCard,
        DocumentType::Passport,
        DocumentType::Visa,
        DocumentType::Other,
    ];
    let other = usual.into_iter().find(|document| !known.contains(*document));
    let others: Vec<_> = (known - own).iter().chain(other.filter(|other| !own.contains(*other))).collect();
    others.into_iter()
}

fn with(scope: DocumentScope, document: DocumentType) -> DocumentScope {
    DocumentScope::Listed(scope.effective().with(document))
}

fn row(sections: &mut Sections, country: Country, scope: DocumentScope) {
    for (of, row) in sections.documents.rows.to_mut() {
        if *of == country {
            *row = scope;
        }
    }
}

/// One country less on each list, or looked at where it was denied.
pub(super) fn screens(steps: &mut Steps<'_>) {
    let sections = steps.sections();
    let outside = sections.verdict.outside;
    screen(steps, sections.nationality, outside, ["nationality.deny", "nationality.review"], |sections| {
        &mut sections.nationality
    });
    screen(steps, sections.ip_country, outside, ["ip_country.deny", "ip_country.review"], |sections| {
        &mut sections.ip_country
    });
}

fn screen(
    steps: &mut Steps<'_>,
    screen: Screen,
    outside: Outcome,
    [deny, review]: [&'static str; 2],
    of: fn(&mut Sections) -> &mut Screen,
) {
    for country in screen.deny.iter().take(MAX_MEMBERS) {
        let one = CountrySet::EMPTY.with(country);
        // Where what is outside is looked at anyway, looking at it is no step.
        if outside > Outcome::Review {
            steps.add(deny, format!("{country} denied -> looked at"), |sections| {
                let screen = of(sections);
                (screen.deny, screen.review) = (screen.deny - one, screen.review | one);
            });
        } else {
            steps.add(deny, format!("{country} denied -> passes"), |sections| {
                let screen = of(sections);
                screen.deny = screen.deny - one;
            });
        }
    }
    for country in screen.review.iter().take(MAX_MEMBERS) {
        steps.add(review, format!("{country} looked at -> passes"), |sections| {
            let screen = of(sections);
            screen.review = screen.review - CountrySet::EMPTY.with(country);
        });
    }
}

/// One year more on either side.
pub(super) fn age(steps: &mut Steps<'_>) {
    let (min, max) = (steps.sections().age.min(), steps.sections().age.max());
    let mut bounds = |key: &'static str, from: Age, to: Option<Age>, new: (Option<Age>, Option<Age>)| {
        let Ok(age) = AgeBounds::new(new.0, new.1) else { return };
        let to = to.map_or_else(|| "none".to_owned(), |age| age.get().to_string());
        steps.add(key, format!("{} -> {to}", from.get()), |sections| sections.age = age);
    };
    if let Some(from) = min {
        let to = from.get().checked_sub(1).and_then(|age| Age::new(age).ok());
        bounds("age.min", from, to, (to, max));
    }
    if let Some(from) = max {
        let to = from.get().checked_add(1).and_then(|age| Age::new(age).ok());
        bounds("age.max", from, to, (min, to));
    }
}

/// One day less, and documents without a date one step milder.
pub(super) fn expiry(steps: &mut Steps<'_>) {
    let expiry = steps.sections().expiry;
    if let Some(days) = expiry.min_remaining_days.checked_sub(1) {
        let step = format!("{}d -> {days}d", expiry.min_remaining_days);
        steps.add("expiry.min_remaining", step, |sections| sections.expiry.min_remaining_days = days);
    }
    if let Some(milder) = expiry.none.milder() {
        let step = format!("{} -> {milder}", expiry.none);
        steps.add("expiry.none", step, |sections| sections.expiry.none = milder);
    }
}
