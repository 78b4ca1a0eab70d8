//! Edges of the matrix of countries and document types.

use kyc_core::{Country, CountrySet, DocumentSet, DocumentType};
use kyc_policy::DocumentScope;

use super::Edges;

/// Most countries of one list that are edges one by one.
const MAX_MEMBERS: usize = 30;

pub(super) fn countries(edges: &mut Edges<'_>) {
    let denied = edges.under.set.denied();
    let allowed = edges.policy().sections().countries.effective() - denied;
    let left_out = edges.under.left_out - allowed - denied;
    edges.add(
        "countries",
        "a document of one of the countries",
        |_| {},
        move |seen| seen.facts.issuing_country.is_some_and(|country| allowed.contains(country)),
    );
    let outside = CountrySet::ALL - allowed - left_out - denied;
    if let Some(country) = outside.iter().next() {
        let is_outside = move |country: Country| outside.contains(country);
        edges.add(
            "countries",
            "a document of another country",
            |applicant| applicant.country = Some(country),
            move |seen| seen.facts.issuing_country.is_some_and(is_outside),
        );
    }
    let named = left_out.iter().take(MAX_MEMBERS).map(|country| (country, "which the policy leaves out"));
    let denied = denied.iter().take(MAX_MEMBERS).map(|country| (country, "which the set denies"));
    for (country, why) in named.chain(denied).collect::<Vec<_>>() {
        edges.add(
            "countries",
            format!("a document of {country}, {why}"),
            |applicant| applicant.country = Some(country),
            move |seen| seen.facts.issuing_country == Some(country),
        );
    }
    edges.add_if_stopped(
        "countries",
        "a document of an unknown country",
        |applicant| applicant.country = None,
        |seen| seen.facts.issuing_country.is_none(),
    );
}

pub(super) fn documents(edges: &mut Edges<'_>) {
    let sections = edges.policy().sections();
    let documents = &sections.documents;
    let rows: CountrySet = documents.rows.iter().map(|(country, _)| *country).collect();
    let default = documents.default.map(DocumentScope::effective).unwrap_or_default();
    // The ordinary applicant has a document of a country without a row, if there is one.
    if let Some(country) = edges.ordinary.country.filter(|country| !rows.contains(*country)) {
        let key = if rows.is_empty() { "documents" } else { "documents.any" };
        let place = Place { key: key.to_owned(), country, is_own: false };
        match documents.default {
            Some(DocumentScope::Any) => edges.add(
                key,
                "any document, but no e-ID",
                |_| {},
                move |seen| seen.facts.document_type.is_some_and(|document| default.contains(document)),
            ),
            _ => default.iter().for_each(|document| cell(edges, &place, rows, document)),
        }
        if let Some(other) = further(documents.union(sections.countries).effective()) {
            another(edges, &place, default, other);
        }
    }
    for (country, scope) in documents.rows.iter().copied() {
        let place = Place { key: format!("documents.{country}"), country, is_own: true };
        // What the row accepts, and what it lacks of what the others accept.
        let worth =
            scope.effective() | if scope == DocumentScope::Any { DocumentSet::EMPTY } else { default };
        worth.iter().for_each(|document| cell(edges, &place, rows, document));
    }
    eid(edges, documents.eid);
    edges.add_if_stopped(
        "documents",
        "a document of an unknown type",
        |applicant| applicant.document = None,
        |seen| seen.facts.document_type.is_none(),
    );
}

/// A row of the table.
struct Place {
    key: String,
    /// A country for which it holds.
    country: Country,
    /// Whether it is for that country alone.
    is_own: bool,
}

/// One document type in one row, accepted or not.
fn cell(edges: &mut Edges<'_>, place: &Place, rows: CountrySet, document: DocumentType) {
    let (country, is_own) = (place.country, place.is_own);
    let of = if is_own { format!(" of {country}") } else { String::new() };
    edges.add(
        place.key.clone(),
        format!("{}{of}", document.with_article()),
        |applicant| (applicant.country, applicant.document) = (Some(country), Some(document)),
        move |seen| {
            let is_of_row = |of: Country| if is_own { of == country } else { !rows.contains(of) };
            seen.facts.document_type == Some(document) && seen.facts.issuing_country.is_some_and(is_of_row)
        },
    );
}

/// A document type that no row accepts.
fn another(edges: &mut Edges<'_>, place: &Place, accepted: DocumentSet, document: DocumentType) {
    let country = place.country;
    edges.add(
        place.key.clone(),
        "a document of another type",
        |applicant| (applicant.country, applicant.document) = (Some(country), Some(document)),
        move |seen| seen.facts.document_type.is_some_and(|of| !of.is_eid() && !accepted.contains(of)),
    );
}

/// The first type that is none of these.
fn further(accepted: DocumentSet) -> Option<DocumentType> {
    (DocumentSet::PHYSICAL - accepted).iter().next()
}

fn eid(edges: &mut Edges<'_>, accepted: DocumentSet) {
    for eid in accepted.iter() {
        edges.add(
            "eid",
            eid.with_article(),
            |applicant| applicant.document = Some(eid),
            move |seen| seen.facts.document_type == Some(eid),
        );
    }
    let other = DocumentType::ALL.iter().copied().find(|of| of.is_eid() && !accepted.contains(*of));
    if let Some(other) = other {
        edges.add(
            "eid",
            "an e-ID that is not accepted",
            |applicant| applicant.document = Some(other),
            move |seen| seen.facts.document_type.is_some_and(|of| of.is_eid() && !accepted.contains(of)),
        );
    }
}
