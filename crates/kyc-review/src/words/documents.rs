//! Document types, alone and with the countries they are of.

use kyc_core::{CountrySet, DocumentSet};
use kyc_policy::{Countries, DocumentScope, Documents, Sections};

use super::{Groups, countries, join, set};

/// The document types of one row: `passports and identity cards`.
pub fn scope(scope: DocumentScope) -> String {
    match scope {
        DocumentScope::Any => "documents of any kind".to_owned(),
        DocumentScope::Listed(listed) => types(listed),
    }
}

/// Document types as one list; e-IDs and wallets are named.
fn types(documents: DocumentSet) -> String {
    join(documents.iter().map(
        |document| {
            if document.is_eid() { document.noun().to_owned() } else { document.plural() }
        },
    ))
}

/// All rows: `passports and identity cards; of the United Kingdom only passports`.
pub fn documents(sections: &Sections) -> String {
    let Documents { default, eid, .. } = &sections.documents;
    let rows = own_rows(sections);
    let others = default.filter(|_| has_others(sections));
    let mut parts: Vec<String> = others.map(scope).into_iter().collect();
    parts.extend(rows.iter().map(|(of, row)| {
        let only = if others.is_some() { "only " } else { "" };
        format!("of {} {only}{}", join(super::names(*of)), scope(*row))
    }));
    let mut text = parts.join("; ");
    if !eid.is_empty() {
        text.push_str("; also ");
        text.push_str(&types(*eid));
    }
    text
}

/// Countries and documents together: `passports and identity cards of 30 countries: …`.
pub fn matrix(sections: &Sections, groups: &Groups) -> String {
    let rows = own_rows(sections);
    let eid = &sections.documents.eid;
    let also = if eid.is_empty() { String::new() } else { format!("; also {}", types(*eid)) };
    let Some(default) = sections.documents.default.filter(|_| has_others(sections)) else {
        let rows = rows.iter().map(|(of, row)| format!("{} of {}", scope(*row), set(*of, groups)));
        return format!("{}{also}", rows.collect::<Vec<_>>().join("; "));
    };
    let own = rows.iter().map(|(of, row)| format!("; of {} only {}", set(*of, groups), scope(*row)));
    let all = countries(sections.countries, groups);
    format!("{} of {all}{}{also}", scope(default), own.collect::<String>())
}

/// Countries with a row of their own, those with the same row together, in the order of their first countries.
pub(crate) fn own_rows(sections: &Sections) -> Vec<(CountrySet, DocumentScope)> {
    let effective = sections.countries.effective();
    let mut rows: Vec<(CountrySet, DocumentScope)> = Vec::new();
    for (country, scope) in sections.documents.rows.iter().filter(|(country, _)| effective.contains(*country))
    {
        // A row that says what holds for all others says nothing of its own.
        if Some(*scope) == sections.documents.default {
            continue;
        }
        match rows.iter_mut().find(|(_, of)| of == scope) {
            Some((countries, _)) => *countries = countries.with(*country),
            None => rows.push((CountrySet::EMPTY.with(*country), *scope)),
        }
    }
    rows
}

/// Whether some country has no row of its own.
pub(crate) fn has_others(sections: &Sections) -> bool {
    let own: CountrySet = own_rows(sections).iter().fold(CountrySet::EMPTY, |all, (of, _)| all | *of);
    matches!(sections.countries, Countries::AnyBut(_)) || !sections.countries.effective().is_subset(own)
}
