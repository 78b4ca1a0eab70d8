//! Countries and sets of them.

use kyc_core::{Country, CountrySet};
use kyc_policy::Countries;

use super::{Groups, count};

/// How many countries are named rather than counted.
const FEW: usize = 4;

/// A country's name as sentences have it: `Lithuania`, `the Netherlands`.
pub fn country(country: Country) -> String {
    match country.code() {
        "CD" => "the Democratic Republic of the Congo".to_owned(),
        "CG" => "the Republic of the Congo".to_owned(),
        "AE" | "AX" | "BS" | "CC" | "CF" | "CK" | "DO" | "FK" | "FO" | "GB" | "GM" | "IM" | "IO" | "KM"
        | "KY" | "MH" | "MP" | "MV" | "NL" | "PH" | "SB" | "SC" | "TC" | "TF" | "UM" | "US" | "VA" | "VG"
        | "VI" => {
            format!("the {}", country.name())
        }
        _ => country.name().to_owned(),
    }
}

/// A set of countries: a few by name, many by number and the shortest exact description.
pub fn set(set: CountrySet, groups: &Groups) -> String {
    match set.len() {
        0 => "no country".to_owned(),
        1..=FEW => super::join(set.iter().map(country)),
        number => format!("{}: {}", count(number, "country", "countries"), groups.describe(set)),
    }
}

/// The issuing countries of a policy: `30 countries: the European Economic Area and Switzerland, without Liechtenstein`.
pub fn countries(countries: Countries, groups: &Groups) -> String {
    match countries {
        Countries::Listed(listed) => set(listed, groups),
        Countries::AnyBut(except) if except.is_empty() => "every country".to_owned(),
        Countries::AnyBut(except) => {
            format!(
                "{}: every country but {}",
                count(countries.effective().len(), "country", "countries"),
                groups.describe(except)
            )
        }
    }
}
