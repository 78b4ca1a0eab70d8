//! Countries, sets of countries and dated groups of countries.

mod group;
mod set;
mod table;

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

pub use group::{Group, Snapshot};
pub use set::CountrySet;

/// A country that the vendor knows: ISO 3166-1 alpha-2, or `XK` for Kosovo.
///
/// Parsing is exact: two upper-case letters. Two cases of the same code would be two spellings of one policy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(u8);

/// The text is not one of the vendor's 250 country codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not an ISO 3166-1 alpha-2 country code")]
pub struct UnknownCountry;

impl Country {
    /// How many countries the vendor knows.
    pub const COUNT: usize = table::COUNTRIES.len();

    /// Parses an upper-case alpha-2 code; usable in constants.
    #[expect(clippy::indexing_slicing, reason = "a const fn has no `get`; the loop bounds the index")]
    pub const fn from_alpha2(code: &str) -> Option<Self> {
        let code = code.as_bytes();
        if code.len() != 2 {
            return None;
        }
        let mut index: u8 = 0;
        while (index as usize) < table::COUNTRIES.len() {
            let known = table::COUNTRIES[index as usize].0.as_bytes();
            if known[0] == code[0] && known[1] == code[1] {
                return Some(Self(index));
            }
            index += 1;
        }
        None
    }

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(index: u8) -> Self {
        Self(index)
    }

    /// The country as [`Country::proven`] takes it.
    #[doc(hidden)]
    pub const fn index(self) -> u8 {
        self.0
    }

    /// The alpha-2 code, such as `LT`.
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// The plain English name, such as `Lithuania`.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The name as sentences have it: `Lithuania`, `the Netherlands`.
    pub fn in_words(self) -> String {
        match self.code() {
            "CD" => "the Democratic Republic of the Congo".to_owned(),
            "CG" => "the Republic of the Congo".to_owned(),
            "AE" | "AX" | "BS" | "CC" | "CF" | "CK" | "DO" | "FK" | "FO" | "GB" | "GM" | "IM" | "IO"
            | "KM" | "KY" | "MH" | "MP" | "MV" | "NL" | "PH" | "SB" | "SC" | "TC" | "TF" | "UM" | "US"
            | "VA" | "VG" | "VI" => {
                format!("the {}", self.name())
            }
            _ => self.name().to_owned(),
        }
    }

    /// Every country, sorted by code.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).take(Self::COUNT).map(Self)
    }

    fn row(self) -> &'static (&'static str, &'static str) {
        table::COUNTRIES.get(usize::from(self.0)).unwrap_or(&("", ""))
    }
}

impl FromStr for Country {
    type Err = UnknownCountry;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        table::COUNTRIES
            .binary_search_by(|(code, _)| (*code).cmp(text))
            .ok()
            .and_then(|index| u8::try_from(index).ok())
            .map(Self)
            .ok_or(UnknownCountry)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted_so_that_binary_search_finds_every_code() {
        for country in Country::all() {
            assert_eq!(country.code().parse(), Ok(country));
            assert_eq!(Country::from_alpha2(country.code()), Some(country));
        }
    }

    #[test]
    fn codes_are_the_independent_iso_table_plus_kosovo() {
        let mut iso: Vec<&str> = rust_iso3166::ALL.iter().map(|country| country.alpha2).collect();
        if !iso.contains(&"XK") {
            iso.push("XK");
        }
        iso.sort_unstable();
        let ours: Vec<&str> = Country::all().map(Country::code).collect();
        assert_eq!(ours, iso);
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in ["", "L", "lt", "LTU", "UK", "EL", "ZZ", "L\u{422}"] {
            assert_eq!(text.parse::<Country>(), Err(UnknownCountry), "{text}");
            assert_eq!(Country::from_alpha2(text), None, "{text}");
        }
    }

    #[test]
    fn names_stand_in_sentences_with_their_article() {
        for (code, words) in [
            ("LT", "Lithuania"),
            ("NL", "the Netherlands"),
            ("CD", "the Democratic Republic of the Congo"),
            ("CG", "the Republic of the Congo"),
        ] {
            let country: Country = code.parse().unwrap();
            assert_eq!(country.in_words(), words);
            assert_eq!((country.to_string(), format!("{country:?}")), (code.to_owned(), code.to_owned()));
        }
    }
}
