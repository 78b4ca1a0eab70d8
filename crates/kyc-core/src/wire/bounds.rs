//! What the value of a parameter may be. Every number is a constant of the type that holds the value, so that the
//! bounds that are told are those that are checked.

use std::fmt;

use crate::country::Country;
use crate::date::Date;
use crate::document::{DocumentSet, DocumentType};
use crate::limits::Thousandths;
use crate::steps::{StepData, Steps};
use crate::text::Address;
use crate::vocabulary::vocabulary;
use crate::weburl::WebUrl;
use crate::words::{StepName, StepType};

use super::ValueKind;

/// What the value of a parameter may be. All bounds are inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bounds {
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number {
        /// The smallest.
        min: u32,
        /// The largest.
        max: u32,
        /// What is counted.
        unit: Unit,
    },
    /// A decimal of at most three digits after the point, in thousandths.
    Decimal {
        /// The smallest, in thousandths.
        min: u32,
        /// The largest, in thousandths.
        max: u32,
    },
    /// A text.
    Text {
        /// The shortest length, in characters.
        min: usize,
        /// The longest length, in characters.
        max: usize,
        /// What it may hold, in words.
        holds: &'static str,
    },
    /// A calendar date, written `YYYY-MM-DD`.
    CalendarDate {
        /// The first year.
        min_year: i16,
        /// The last year.
        max_year: i16,
    },
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A country's code.
    CountryCode,
    /// A country's code, or a list of one or more, none twice.
    CountryLock,
    /// A list of one or more countries' codes, none twice.
    CountryCodes,
    /// A list of one or more document types that can be requested, none twice.
    DocumentTypes,
    /// A UUID in lower case.
    Uuid,
    /// A web address.
    Url {
        /// The shortest length, in characters.
        min: usize,
        /// The longest length, in characters.
        max: usize,
        /// Whether plain http to the very machine is taken beside https.
        loopback: bool,
    },
    /// An object: country, document type, step, what the step asks for.
    Steps,
    /// An object: step, field, text.
    StepData,
}

impl Bounds {
    /// What kind of value that is.
    pub const fn kind(self) -> ValueKind {
        match self {
            Self::Flag => ValueKind::Flag,
            Self::Number { .. } => ValueKind::Whole,
            Self::Decimal { .. } => ValueKind::Decimal,
            Self::Text { .. }
            | Self::CalendarDate { .. }
            | Self::OneOf(_)
            | Self::CountryCode
            | Self::Uuid
            | Self::Url { .. } => ValueKind::Text,
            Self::CountryLock | Self::CountryCodes | Self::DocumentTypes => ValueKind::Codes,
            Self::Steps | Self::StepData => ValueKind::Object,
        }
    }
}

vocabulary! {
    /// What a whole number counts.
    pub enum Unit {
        /// Seconds.
        Seconds = "seconds",
        /// Completed years.
        Years = "years",
    }
}

pub(super) const FLAG: Bounds = Bounds::Flag;
pub(super) const DATE: Bounds = Bounds::CalendarDate { min_year: Date::MIN_YEAR, max_year: Date::MAX_YEAR };
pub(super) const COUNTRY_CODE: Bounds = Bounds::CountryCode;
pub(super) const COUNTRY_LOCK: Bounds = Bounds::CountryLock;
pub(super) const COUNTRY_CODES: Bounds = Bounds::CountryCodes;
pub(super) const DOCUMENT_TYPES: Bounds = Bounds::DocumentTypes;
pub(super) const UUID: Bounds = Bounds::Uuid;
pub(super) const URL: Bounds = Bounds::Url { min: WebUrl::MIN, max: WebUrl::MAX, loopback: true };
pub(super) const HTTPS_URL: Bounds = Bounds::Url { min: WebUrl::MIN, max: WebUrl::MAX, loopback: false };
pub(super) const STEPS: Bounds = Bounds::Steps;
pub(super) const STEP_DATA: Bounds = Bounds::StepData;

/// The bounds of a number of [`crate::limits`].
macro_rules! number {
    ($name:ident, $unit:ident) => {
        Bounds::Number { min: crate::$name::MIN.get(), max: crate::$name::MAX.get(), unit: Unit::$unit }
    };
}
pub(super) use number;

/// The bounds of a decimal of [`crate::limits`].
macro_rules! decimal {
    ($name:ident) => {
        Bounds::Decimal { min: crate::$name::MIN.get(), max: crate::$name::MAX.get() }
    };
}
pub(super) use decimal;

/// The bounds of a text of [`crate::text`] or [`crate::words`].
macro_rules! text {
    ($name:ident) => {
        Bounds::Text { min: crate::$name::MIN, max: crate::$name::MAX, holds: crate::$name::HOLDS }
    };
}
pub(super) use text;

/// The words of a vocabulary.
macro_rules! words {
    ($name:ident) => {
        Bounds::OneOf(crate::$name::WRITTEN)
    };
}
pub(super) use words;

impl fmt::Display for Bounds {
    /// In words, with Markdown's backticks around what is written so on the wire.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("`true` or `false`"),
            Self::Number { min, max, unit } => write!(f, "whole number, {min} to {max} {unit}"),
            Self::Decimal { min, max } => {
                let (min, max) = (Thousandths(*min), Thousandths(*max));
                write!(f, "number, {min} to {max}, at most three decimals")
            }
            Self::Text { min, max, holds } => write!(f, "{min} to {max} characters: {holds}"),
            Self::CalendarDate { min_year, max_year } => {
                write!(f, "`YYYY-MM-DD`, years {min_year} to {max_year}")
            }
            Self::OneOf(words) => write!(f, "{}", quoted(words)),
            Self::CountryCode => write!(f, "code of one of {} countries", Country::COUNT),
            Self::CountryLock => f.write_str("country code, or list of distinct ones, at least one"),
            Self::CountryCodes => f.write_str("list of distinct country codes, at least one"),
            Self::DocumentTypes => {
                let count = DocumentSet::REQUESTABLE.len();
                write!(
                    f,
                    "list of distinct document types, at least one, of the {count} that can be requested"
                )
            }
            Self::Uuid => f.write_str("UUID in lower case"),
            Self::Url { min, max, loopback } => {
                write!(f, "https address of {min} to {max} ASCII characters")?;
                f.write_str(if *loopback { "; http to `localhost` too" } else { "" })
            }
            Self::Steps => write!(
                f,
                "country or `ALL`, then {}, then a name of {} to {} characters ({}), then `type` ({}), `fields` \
                 (names of 1 to {} characters), `texts` (by language: `name` of 1 to {}, `description` of 1 to {} \
                 characters), `settings` (flags `canUpload`, `canCapture`, `canUploadPDF`)",
                quoted(
                    &Steps::DOCUMENTS
                        .map(DocumentType::as_str)
                        .into_iter()
                        .chain(["ALL"])
                        .collect::<Vec<_>>()
                ),
                StepName::MIN,
                StepName::MAX,
                StepName::HOLDS,
                quoted(&StepType::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>()),
                Steps::MAX_NAME,
                Steps::MAX_NAME,
                Steps::MAX_DESCRIPTION,
            ),
            Self::StepData => write!(
                f,
                "name of a step, then name of a field, then a text of {} to {} characters ({}); at most {} fields",
                Address::MIN,
                Address::MAX,
                Address::HOLDS,
                StepData::MAX_FIELDS,
            ),
        }
    }
}

/// `` `A`, `B` or `C` ``.
fn quoted(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_listed_as_a_sentence_has_them() {
        for (words, sentence) in [
            (&[][..], ""),
            (&["A"], "`A`"),
            (&["A", "B"], "`A` or `B`"),
            (&["A", "B", "C"], "`A`, `B` or `C`"),
        ] {
            assert_eq!(Bounds::OneOf(words).to_string(), sentence);
        }
    }
}
