//! Countries and sets of them.

use kyc_core::{Country, CountrySet};
use kyc_policy::Countries;

use super::{Groups, count};

/// How many countries are named rather than counted.
pub(crate) const FEW: usize = 4;

/// A country's name as sentences have it: `Lithuania`, `the Netherlands`.
pub fn country(country: Country) -> String {
    country.in_words()
}

/// The countries of a set by name, in alphabetical order, as sentences have them.
pub(crate) fn names(set: CountrySet) -> Vec<String> {
    let mut countries: Vec<Country> = set.iter().collect();
    countries.sort_unstable_by_key(|country| country.name());
    countries.into_iter().map(country).collect()
}

/// A set of countries: a few by name, many by number and the shortest exact description.
pub fn set(set: CountrySet, groups: &Groups) -> String {
    match set.len() {
        0 => "no country".to_owned(),
        1..=FEW => super::join(names(set)),
        number => format!("{}: {}", count(number, "country", "countries"), groups.describe(set)),
    }
}

/// The issuing countries of a policy: `30 countries: the European Economic Area and Switzerland, without Liechtenstein`.
pub fn countries(countries: Countries, groups: &Groups) -> String {
    match countries {
        Countries::Listed(listed) => set(listed, groups),
        Countries::AnyBut(except) if except.is_empty() => "every country".to_owned(),
        Countries::AnyBut(except) => {
            let number = count(countries.effective().len(), "country", "countries");
            let described = groups.describe(except);
            // An exclusion inside an exclusion needs brackets to be read one way only.
            if described.contains(", without ") {
                format!("{number}: every country but ({described})")
            } else {
                format!("{number}: every country but {described}")
            }
        }
    }
}
