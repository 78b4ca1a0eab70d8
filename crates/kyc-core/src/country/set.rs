//! A set of countries as a bit set: four words, no allocation, usable in constants.

use std::fmt;
use std::ops::{BitAnd, BitOr, Sub};

use super::Country;

/// A set of countries. Iteration is sorted by code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct CountrySet([u64; 4]);

impl CountrySet {
    /// The empty set.
    pub const EMPTY: Self = Self([0; 4]);

    /// Every country that the vendor knows.
    pub const ALL: Self = Self::first(Country::COUNT);

    /// The first `count` countries of the table.
    const fn first(count: usize) -> Self {
        let mut set = Self::EMPTY;
        let mut index: u8 = 0;
        while (index as usize) < count {
            set = set.with(Country(index));
            index += 1;
        }
        set
    }

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(bits: [u64; 4]) -> Self {
        Self(bits)
    }

    /// The set as [`CountrySet::proven`] takes it.
    #[doc(hidden)]
    pub const fn bits(self) -> [u64; 4] {
        self.0
    }

    /// The set with `country` added; usable in constants.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "a const fn has no `get_mut`; a u8 shifted right by 6 is below 4"
    )]
    pub const fn with(mut self, country: Country) -> Self {
        self.0[(country.0 >> 6) as usize] |= 1 << (country.0 & 63);
        self
    }

    /// Whether `country` is in the set; usable in constants.
    #[expect(
        clippy::indexing_slicing,
        reason = "a const fn has no `get`; a u8 shifted right by 6 is below 4"
    )]
    pub const fn contains(self, country: Country) -> bool {
        self.0[(country.0 >> 6) as usize] >> (country.0 & 63) & 1 == 1
    }

    /// Whether the set holds no country; usable in constants.
    pub const fn is_empty(self) -> bool {
        matches!(self.0, [0, 0, 0, 0])
    }

    /// How many countries the set holds.
    pub fn len(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether every country of `self` is in `other`; usable in constants.
    pub const fn is_subset(self, other: Self) -> bool {
        self.difference(other).is_empty()
    }

    /// The countries, sorted by code.
    pub fn iter(self) -> impl Iterator<Item = Country> {
        [0_u8, 64, 128, 192].into_iter().zip(self.0).flat_map(|(first, word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = u8::try_from(left.trailing_zeros()).ok().filter(|_| left != 0)?;
                left &= left - 1;
                Some(Country(first + bit))
            })
        })
    }

    /// The only country of the set, if it holds exactly one.
    pub fn single(self) -> Option<Country> {
        if self.len() == 1 { self.iter().next() } else { None }
    }

    /// The countries of either set; usable in constants.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        let (a, b) = (self.0, other.0);
        Self([a[0] | b[0], a[1] | b[1], a[2] | b[2], a[3] | b[3]])
    }

    /// The countries of both sets; usable in constants.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        let (a, b) = (self.0, other.0);
        Self([a[0] & b[0], a[1] & b[1], a[2] & b[2], a[3] & b[3]])
    }

    /// The countries of this set that are not in the other; usable in constants.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        let (a, b) = (self.0, other.0);
        Self([a[0] & !b[0], a[1] & !b[1], a[2] & !b[2], a[3] & !b[3]])
    }
}

impl FromIterator<Country> for CountrySet {
    fn from_iter<I: IntoIterator<Item = Country>>(countries: I) -> Self {
        countries.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl BitOr for CountrySet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.union(other)
    }
}

impl BitAnd for CountrySet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.intersection(other)
    }
}

impl Sub for CountrySet {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.difference(other)
    }
}

impl fmt::Debug for CountrySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_set() -> impl Strategy<Value = CountrySet> {
        prop::collection::vec(prop::sample::select(Country::all().collect::<Vec<_>>()), 0..60)
            .prop_map(|countries| countries.into_iter().collect())
    }

    proptest! {
        #[test]
        fn algebra_agrees_with_membership(a in any_set(), b in any_set()) {
            for country in Country::all() {
                prop_assert_eq!((a | b).contains(country), a.contains(country) || b.contains(country));
                prop_assert_eq!((a & b).contains(country), a.contains(country) && b.contains(country));
                prop_assert_eq!((a - b).contains(country), a.contains(country) && !b.contains(country));
            }
            prop_assert_eq!(a.is_subset(b), a.iter().all(|country| b.contains(country)));
            prop_assert_eq!(a.len(), a.iter().count());
            prop_assert_eq!(CountrySet::proven(a.bits()), a);
        }
    }

    #[test]
    fn all_holds_every_country() {
        assert_eq!(CountrySet::ALL.len(), Country::COUNT);
    }

    #[test]
    fn a_set_prints_its_codes_in_order() {
        let countries = ["NL", "LT"].into_iter().filter_map(|code| code.parse().ok());
        assert_eq!(format!("{:?}", countries.collect::<CountrySet>()), "{LT, NL}");
    }
}
