//! Issuing country and document type together.

use kyc_core::{Country, CountrySet};

use super::{Judging, Reason, ReasonKind, Ruling};
use crate::sections::{Countries, DocumentScope};

pub(super) fn judge(judging: &Judging<'_>, reasons: &mut Vec<Reason>) {
    let Some(country) = judging.facts.issuing_country else {
        return unknown_country(judging, reasons);
    };
    if judging.today.deny.contains(country) {
        let message = "documents of the issuing country are denied by the set today";
        reasons.push(Reason::always(ReasonKind::CountryDenied, judging.outside().into(), message));
    }
    if !judging.sections.countries.effective().contains(country) {
        let message = "the issuing country is not among the countries";
        reasons.push(Reason::new(ReasonKind::CountryOutside, judging.outside(), "countries", message));
        // Which documents would be accepted from there, the policy does not say.
        return;
    }
    document(judging, Some(country), reasons);
}

/// Whether the country matters at all: not where every one is allowed, and all alike.
fn unknown_country(judging: &Judging<'_>, reasons: &mut Vec<Reason>) {
    let sections = judging.sections;
    let is_needed = sections.countries != Countries::AnyBut(CountrySet::EMPTY)
        || !sections.documents.rows.is_empty()
        || judging.today.deny != CountrySet::EMPTY;
    if is_needed {
        let message = "the issuing country of the document is not known";
        reasons.push(Reason::new(ReasonKind::CountryUnknown, Ruling::Review, "countries", message));
    }
    document(judging, None, reasons);
}

/// The document type in the row of the country; of an unknown one, in all rows together.
fn document(judging: &Judging<'_>, country: Option<Country>, reasons: &mut Vec<Reason>) {
    let documents = &judging.sections.documents;
    let Some(document) = judging.facts.document_type else {
        let message = "the type of the document is not known";
        return reasons.push(Reason::new(ReasonKind::DocumentUnknown, Ruling::Review, "documents", message));
    };
    let row = match country {
        Some(country) => documents.row(country),
        None => Some(documents.union(judging.sections.countries)),
    };
    let accepted = row.map(DocumentScope::effective).unwrap_or_default() | documents.eid;
    if !accepted.contains(document) {
        let of = if country.is_some() { "from this country" } else { "from any country" };
        let key = if document.is_eid() { "eid" } else { "documents" };
        let message = format!("`{document}` is not accepted {of}");
        reasons.push(Reason::new(ReasonKind::DocumentOutside, judging.outside(), key, message));
    }
}
