//! Small closed vocabularies of the request, and texts that are not personal.

use std::borrow::Cow;
use std::fmt;
use std::num::NonZeroU8;

use thiserror::Error;

use crate::vocabulary::{text_of, vocabulary};

vocabulary! {
    /// What a session does: `tokenType`. The vendor's video types are legacy and left out of its current API.
    pub enum TokenType {
        /// Document and selfie.
        Identification = "IDENTIFICATION",
        /// Document only.
        Document = "DOCUMENT",
    }
}

impl Default for TokenType {
    /// The vendor's own default.
    fn default() -> Self {
        Self::Identification
    }
}

vocabulary! {
    /// Sex as the request writes it (results use `MALE`, `FEMALE` and `UNDEFINED`).
    pub enum Sex {
        /// Male.
        Male = "M",
        /// Female.
        Female = "F",
    }
}

vocabulary! {
    /// What an additional step does with what was uploaded.
    pub enum StepType {
        /// Store it.
        Upload = "UPLOAD",
        /// Read fields out of it.
        Extract = "EXTRACT",
        /// Compare its fields with the data given for the client.
        Compare = "COMPARE",
    }
}

/// Why a word is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WordError {
    /// Empty, or longer than allowed.
    #[error("must have {min} to {max} characters")]
    Length {
        /// The shortest length, in characters.
        min: usize,
        /// The longest length, in characters.
        max: usize,
    },
    /// A character outside the word's alphabet.
    #[error("may hold only {allowed}")]
    Alphabet {
        /// The alphabet in words.
        allowed: &'static str,
    },
    /// Not eight, four, four, four and twelve hexadecimal digits.
    #[error("is not a UUID")]
    NotUuid,
}

/// Declares a short text that is no personal datum and prints as it is.
macro_rules! word {
    ($(#[$meta:meta])* $name:ident, $check:expr) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// Takes the text if it has the right form.
            pub fn new(text: &str) -> Result<Self, WordError> {
                let check: fn(&str) -> Result<(), WordError> = $check;
                check(text).map(|()| Self(Cow::Owned(text.to_owned())))
            }

            /// For generated code: the macro has checked the value with this very library.
            #[doc(hidden)]
            pub const fn proven(text: &'static str) -> Self {
                Self(Cow::Borrowed(text))
            }

            /// The text.
            pub const fn as_str(&self) -> &str {
                text_of(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}

/// Declares a [`word!`] of these many characters, all of one alphabet.
macro_rules! bounded_word {
    ($(#[$meta:meta])* $name:ident, $min:literal..=$max:literal, $alphabet:expr) => {
        word! {
            $(#[$meta])*
            $name, |text| {
                length(text, $min, $max)?;
                alphabet(text, &$alphabet)
            }
        }

        impl $name {
            /// The shortest length, in characters.
            pub const MIN: usize = $min;
            /// The longest length, in characters.
            pub const MAX: usize = $max;
            /// What it may hold, in words.
            pub const HOLDS: &'static str = $alphabet.words;
        }
    };
}

/// The characters of a word.
struct Alphabet {
    /// The same in words.
    words: &'static str,
    has: fn(char) -> bool,
}

const TAG: Alphabet = Alphabet {
    words: "letters, digits, `-` and `_`",
    has: |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'),
};

const VISIBLE_ASCII: Alphabet = Alphabet { words: "visible ASCII characters", has: |c| c.is_ascii_graphic() };

bounded_word! {
    /// The key of a questionnaire in the vendor's dashboard: 1 to 100 visible ASCII characters.
    QuestionnaireKey, 1..=100, VISIBLE_ASCII
}

bounded_word! {
    /// The name of an additional step, such as `UTILITY_BILL`: 1 to 60 letters, digits, hyphens and underscores.
    ///
    /// The vendor publishes no bounds for the name.
    StepName, 1..=60, TAG
}

word! {
    /// The identifier of a theme or a risk profile in the vendor's dashboard: a UUID in lower case.
    VendorId, |text| if VendorId::is_valid(text) { Ok(()) } else { Err(WordError::NotUuid) }
}

/// The language of the vendor's pages, such as `lt` or `ZH_TW`: 2 to 7 letters, digits, hyphens, underscores.
///
/// The vendor falls back to English for a language that it does not know, so none is refused for being unknown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale {
    /// The text, and zeros after it, which come before any letter.
    bytes: [u8; Self::MAX],
    len: NonZeroU8,
}

impl Locale {
    /// The shortest length, in characters.
    pub const MIN: usize = 2;
    /// The longest length, in characters.
    pub const MAX: usize = 7;
    /// What it may hold, in words.
    pub const HOLDS: &'static str = TAG.words;

    /// Takes the text if it has the right form.
    pub fn new(text: &str) -> Result<Self, WordError> {
        length(text, Self::MIN, Self::MAX)?;
        alphabet(text, &TAG).map(|()| Self::proven(text))
    }

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(text: &str) -> Self {
        let (mut bytes, mut len) = ([0; Self::MAX], 0);
        let (mut from, mut to): (&[u8], &mut [u8]) = (text.as_bytes(), &mut bytes);
        while let ([byte, rest @ ..], [place, places @ ..]) = (from, to) {
            *place = *byte;
            len += 1;
            (from, to) = (rest, places);
        }
        let len = match NonZeroU8::new(len) {
            Some(len) => len,
            None => NonZeroU8::MIN,
        };
        Self { bytes, len }
    }

    /// The text.
    pub const fn as_str(&self) -> &str {
        match self.bytes.as_slice().split_at_checked(self.len.get() as usize) {
            // It is ASCII.
            Some((text, _)) => match str::from_utf8(text) {
                Ok(text) => text,
                Err(_) => "",
            },
            None => "",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl VendorId {
    /// Whether the text is a UUID in lower case; usable in constants.
    #[expect(clippy::indexing_slicing, reason = "a const fn has no `get`; the length is checked before")]
    pub const fn is_valid(text: &str) -> bool {
        let bytes = text.as_bytes();
        if bytes.len() != 36 {
            return false;
        }
        let mut index = 0;
        while index < 36 {
            let fits = match index {
                8 | 13 | 18 | 23 => bytes[index] == b'-',
                _ => matches!(bytes[index], b'0'..=b'9' | b'a'..=b'f'),
            };
            if !fits {
                return false;
            }
            index += 1;
        }
        true
    }
}

fn length(text: &str, min: usize, max: usize) -> Result<(), WordError> {
    if (min..=max).contains(&text.chars().count()) { Ok(()) } else { Err(WordError::Length { min, max }) }
}

fn alphabet(text: &str, alphabet: &Alphabet) -> Result<(), WordError> {
    if text.chars().all(alphabet.has) { Ok(()) } else { Err(WordError::Alphabet { allowed: alphabet.words }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_are_checked_for_form_only() {
        for text in ["lt", "SI", "ZH_TW", "zh-Hant", "xx"] {
            assert_eq!(Locale::new(text).unwrap().as_str(), text);
        }
        for text in ["", "l", "zh-Hant1", "lithuanian", "l t", "lž"] {
            assert!(Locale::new(text).is_err(), "{text}");
        }
    }

    #[test]
    fn locales_are_sorted_as_their_texts() {
        let texts = ["ZH_TW", "a-", "aa", "aaa", "ab", "zh-Hant"];
        assert!(texts.is_sorted());
        assert!(texts.map(|text| Locale::new(text).unwrap()).is_sorted());
    }

    #[test]
    fn vendor_ids_are_uuids() {
        assert!(VendorId::new("1f8b0f0e-3f5a-4c8e-9d53-0c4f7a9f2b11").is_ok());
        for text in ["", "1f8b0f0e3f5a4c8e9d530c4f7a9f2b11", "1F8B0F0E-3F5A-4C8E-9D53-0C4F7A9F2B11"] {
            assert_eq!(VendorId::new(text), Err(WordError::NotUuid), "{text}");
        }
    }
}
