//! Documents that one policy accepts and another does not, in words.

use std::collections::BTreeMap;

use kyc_core::{Country, CountrySet, DocumentSet};
use kyc_policy::{Countries, DocumentScope, Sections};

use crate::words::{self, Groups};

/// The most phrases that are worth reading.
const MAX: usize = 6;

/// What `of` accepts beyond `than`: the document types with the countries of which they are, the most countries first.
pub(super) fn cells(of: &Sections, than: &Sections, groups: &Groups) -> Vec<String> {
    let mut by_types: BTreeMap<DocumentSet, CountrySet> = BTreeMap::new();
    for country in of.countries.effective().iter() {
        let types = of.accepted_from(country) - than.accepted_from(country);
        if !types.is_empty() {
            let countries = by_types.entry(types).or_insert(CountrySet::EMPTY);
            *countries = countries.with(country);
        }
    }
    let mut cells: Vec<_> = by_types.into_iter().collect();
    cells.sort_by_key(|(_, countries)| std::cmp::Reverse(countries.len()));
    let rest = cells.len().saturating_sub(MAX);
    let phrase = |(types, countries): &(DocumentSet, CountrySet)| {
        let scope =
            if *types == DocumentSet::PHYSICAL { DocumentScope::Any } else { DocumentScope::Listed(*types) };
        format!("{} of {}", words::scope(scope), described(*countries, groups))
    };
    let mut phrases: Vec<_> = cells.iter().take(MAX).map(phrase).collect();
    if rest > 0 {
        phrases.push(format!("and {}", words::count(rest, "other combination", "other combinations")));
    }
    phrases
}

/// Most countries are best told by those that are left out.
fn described(countries: CountrySet, groups: &Groups) -> String {
    if countries.len() * 2 > Country::COUNT {
        words::countries(Countries::AnyBut(CountrySet::ALL - countries), groups)
    } else {
        words::set(countries, groups)
    }
}
