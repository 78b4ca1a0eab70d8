//! A calendar date of a person or of a document.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use thiserror::Error;

/// A calendar date that belongs to a person: birth, issue or expiry of a document. It does not print.
///
/// Written `YYYY-MM-DD` and in no other way; years 1900 to 2200.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// Why a text is not a date. It never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DateError {
    /// Not four digits, a hyphen, two digits, a hyphen, two digits.
    #[error("not of the form YYYY-MM-DD")]
    Form,
    /// No such day in the calendar.
    #[error("no such day in the calendar")]
    NoSuchDay,
    /// Outside [`Date::MIN_YEAR`] to [`Date::MAX_YEAR`].
    #[error("the year is outside {} to {}", Date::MIN_YEAR, Date::MAX_YEAR)]
    Year,
}

impl Date {
    /// The first year: nobody alive was born earlier.
    pub const MIN_YEAR: i16 = 1_900;
    /// The last year; documents that never expire are sometimes given dates far ahead.
    pub const MAX_YEAR: i16 = 2_200;

    /// The date of this year, month and day.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, DateError> {
        if !(Self::MIN_YEAR..=Self::MAX_YEAR).contains(&year) {
            return Err(DateError::Year);
        }
        civil::Date::new(year, month, day).map(Self).map_err(|_| DateError::NoSuchDay)
    }

    /// The calendar date itself. Whoever calls this answers for where it goes.
    pub const fn expose(self) -> civil::Date {
        self.0
    }

    /// Completed years of life on `day`. Born on 29 February, a year is completed on 1 March of common years.
    pub fn age_on(self, day: civil::Date) -> i16 {
        let years = day.year() - self.0.year();
        let birthday_passed = (day.month(), day.day()) >= (self.0.month(), self.0.day());
        if birthday_passed { years } else { years - 1 }
    }
}

/// Reads exactly `YYYY-MM-DD`. A date library alone also takes `19900203`, `+001990-02-03` and date-times.
pub fn parse_iso_date(text: &str) -> Result<civil::Date, DateError> {
    let form = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !form {
        return Err(DateError::Form);
    }
    text.parse().map_err(|_| DateError::NoSuchDay)
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let date = parse_iso_date(text)?;
        Self::new(date.year(), date.month(), date.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Date(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_spelling_parses() {
        assert!("1990-05-15".parse::<Date>().is_ok());
        for text in
            ["19900203", "+001990-02-03", "1990-02-03T00:00", "1990-2-3", " 1990-02-03", "1990-02-03 ", ""]
        {
            assert_eq!(text.parse::<Date>(), Err(DateError::Form), "{text}");
        }
        assert_eq!("1990-02-30".parse::<Date>(), Err(DateError::NoSuchDay));
        assert_eq!("1899-12-31".parse::<Date>(), Err(DateError::Year));
        assert_eq!("0000-01-01".parse::<Date>(), Err(DateError::Year));
    }

    #[test]
    fn ages_change_on_the_birthday_and_leap_days_on_the_first_of_march() {
        let born: Date = "2008-02-29".parse().unwrap();
        assert_eq!(born.age_on(civil::date(2026, 2, 28)), 17);
        assert_eq!(born.age_on(civil::date(2026, 3, 1)), 18);
        assert_eq!(born.age_on(civil::date(2024, 2, 28)), 15);
        assert_eq!(born.age_on(civil::date(2024, 2, 29)), 16);
        let born: Date = "1990-05-15".parse().unwrap();
        assert_eq!(born.age_on(civil::date(2026, 5, 14)), 35);
        assert_eq!(born.age_on(civil::date(2026, 5, 15)), 36);
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Date::new(1990, 5, 15).unwrap()), "Date(redacted)");
    }
}
