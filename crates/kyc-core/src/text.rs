//! Texts about a client, each with the vendor's bounds. Lengths count characters (Unicode scalar values).

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Why a text is refused. It names positions and kinds of characters, never the text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TextError {
    /// Nothing but white space, or nothing at all.
    #[error("empty")]
    Empty,
    /// More characters than the vendor takes.
    #[error("{actual} characters long, at most {max} are allowed")]
    TooLong {
        /// The longest length, in characters.
        max: usize,
        /// The length given, in characters.
        actual: usize,
    },
    /// White space at the beginning or the end, which would be sent as part of the value.
    #[error("begins or ends with white space")]
    OuterSpace,
    /// No letter at all, where a name is expected.
    #[error("holds no letter")]
    NoLetter,
    /// A character that the vendor refuses here.
    #[error("character {position} is {kind}, which is not allowed here")]
    Character {
        /// What kind of character it is; never a letter of the value itself.
        kind: CharacterKind,
        /// Which character it is, counted from 1.
        position: usize,
    },
}

/// What is wrong with a character, without telling a letter of a personal value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CharacterKind {
    /// A digit of any script.
    Digit,
    /// A control or format character.
    Control,
    /// Outside ASCII.
    NotAscii,
    /// This punctuation mark.
    Punctuation(char),
}

impl fmt::Display for CharacterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digit => f.write_str("a digit"),
            Self::Control => f.write_str("a control or invisible character"),
            Self::NotAscii => f.write_str("outside ASCII"),
            Self::Punctuation(mark) => write!(f, "`{mark}`"),
        }
    }
}

/// What a text may hold beside white space between other characters.
struct Holds {
    /// The same in words.
    words: &'static str,
    /// What is wrong with a character.
    refuse: fn(char) -> Option<CharacterKind>,
    needs_letter: bool,
}

/// Declares a text of a person: longest length, what it may hold, redacting `Debug`, zeroed when dropped.
macro_rules! personal_text {
    ($(#[$meta:meta])* $name:ident, max: $max:literal, holds: $holds:expr) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// The shortest length, in characters.
            pub const MIN: usize = 1;
            /// The longest length, in characters.
            pub const MAX: usize = $max;
            /// What it may hold, in words.
            pub const HOLDS: &'static str = $holds.words;

            /// Takes the text, normalised to NFC and otherwise untouched, if the vendor takes it.
            pub fn new(text: &str) -> Result<Self, TextError> {
                bounded(text, $max, &$holds).map(Self)
            }

            /// The text itself. Whoever calls this answers for where it goes.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = TextError;

            fn from_str(text: &str) -> Result<Self, TextError> {
                Self::new(text)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    };
}

personal_text! {
    /// The caller's identifier of the client: `clientId`, 1 to 100 printable ASCII characters.
    ///
    /// It is pseudonymous at best, so it is treated as personal.
    ClientId, max: 100, holds: PRINTABLE_ASCII
}

personal_text! {
    /// An opaque reference of the caller, echoed by the vendor: `externalRef`, 1 to 40 characters.
    ExternalRef, max: 40, holds: VISIBLE
}

personal_text! {
    /// A first or last name: 1 to 100 characters of any script, no digits, none of the vendor's forbidden marks.
    PersonName, max: 100, holds: NAME
}

personal_text! {
    /// A document number: 1 to 50 characters.
    DocumentNumber, max: 50, holds: VISIBLE
}

personal_text! {
    /// A national personal number: 1 to 50 characters.
    PersonalNumber, max: 50, holds: VISIBLE
}

personal_text! {
    /// A postal address: 1 to 255 characters.
    Address, max: 255, holds: VISIBLE
}

/// The marks that the vendor refuses in names. The backslash and the backtick are ambiguous in its documentation
/// (they may be table escapes); refusing them is the safe reading.
macro_rules! forbidden_in_names {
    () => {
        "~!@#$%^*()_+={}[]|:;\",<>/?\\`"
    };
}

const FORBIDDEN_IN_NAMES: &str = forbidden_in_names!();

const VISIBLE: Holds =
    Holds { words: "no control or invisible characters", refuse: control, needs_letter: false };

const PRINTABLE_ASCII: Holds =
    Holds { words: "printable ASCII", refuse: not_printable_ascii, needs_letter: false };

const NAME: Holds = Holds {
    words: concat!(
        "any script, at least one letter, no digits and none of `` ",
        forbidden_in_names!(),
        " ``"
    ),
    refuse: not_in_a_name,
    needs_letter: true,
};

fn bounded(text: &str, max: usize, holds: &Holds) -> Result<Zeroizing<String>, TextError> {
    // Normalising at most doubles or triples the length; cutting first bounds the work on hostile input.
    let actual = text.chars().count();
    if actual > max * 4 {
        return Err(TextError::TooLong { max, actual });
    }
    // ASCII is in its normal form.
    let text = Zeroizing::new(if text.is_ascii() { text.to_owned() } else { text.nfc().collect() });
    if text.trim().is_empty() {
        return Err(TextError::Empty);
    }
    if let Some((position, kind)) =
        text.chars().enumerate().find_map(|(i, c)| Some((i + 1, (holds.refuse)(c)?)))
    {
        return Err(TextError::Character { kind, position });
    }
    let actual = text.chars().count();
    if actual > max {
        return Err(TextError::TooLong { max, actual });
    }
    if text.trim() != text.as_str() {
        return Err(TextError::OuterSpace);
    }
    if holds.needs_letter && !text.chars().any(char::is_alphabetic) {
        return Err(TextError::NoLetter);
    }
    Ok(text)
}

fn control(c: char) -> Option<CharacterKind> {
    is_invisible(c).then_some(CharacterKind::Control)
}

fn not_printable_ascii(c: char) -> Option<CharacterKind> {
    if c.is_ascii() { control(c) } else { Some(CharacterKind::NotAscii) }
}

fn not_in_a_name(c: char) -> Option<CharacterKind> {
    if c.is_numeric() {
        Some(CharacterKind::Digit)
    } else if FORBIDDEN_IN_NAMES.contains(c) {
        Some(CharacterKind::Punctuation(c))
    } else if matches!(c, '\u{200c}' | '\u{200d}') {
        // The zero width joiners are part of correct spelling in Persian and in Indic scripts.
        None
    } else {
        control(c)
    }
}

/// Control characters, and format characters that can hide or reorder text (bidirectional controls, zero widths).
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_take_every_script() {
        for name in
            ["Žydrūnas", "Nguyễn Văn", "李", "Мария-Луиза", "O'Brien & Sons", "José Jr.", "عبد الله", "श्री"]
        {
            assert!(PersonName::new(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn names_are_composed_and_counted_in_characters() {
        let decomposed = "Z\u{30c}".repeat(100);
        assert_eq!(PersonName::new(&decomposed).unwrap().expose(), "Ž".repeat(100));
        assert_eq!(
            PersonName::new(&"Ž".repeat(101)).unwrap_err(),
            TextError::TooLong { max: 100, actual: 101 }
        );
    }

    /// Four times the bound is normalised, and counted afterwards; more is counted as it came.
    #[test]
    fn far_too_long_texts_are_not_normalised() {
        for (letters, actual) in [(200, 200), (201, 402), (250, 500)] {
            assert_eq!(
                PersonName::new(&"Z\u{30c}".repeat(letters)).unwrap_err(),
                TextError::TooLong { max: 100, actual }
            );
        }
    }

    #[test]
    fn refusals_name_the_place_and_never_the_value() {
        let cases = [
            ("", TextError::Empty),
            ("  ", TextError::Empty),
            (" John", TextError::OuterSpace),
            ("-'", TextError::NoLetter),
            ("\u{200d}", TextError::NoLetter),
            ("J0hn", TextError::Character { kind: CharacterKind::Digit, position: 2 }),
            ("John٣", TextError::Character { kind: CharacterKind::Digit, position: 5 }),
            ("Jo_hn", TextError::Character { kind: CharacterKind::Punctuation('_'), position: 3 }),
            ("Jo\u{202e}hn", TextError::Character { kind: CharacterKind::Control, position: 3 }),
        ];
        for (name, expected) in cases {
            let error = PersonName::new(name).unwrap_err();
            assert_eq!(error, expected);
            assert!(name.trim().is_empty() || !error.to_string().contains(name));
        }
        for mark in FORBIDDEN_IN_NAMES.chars() {
            assert!(PersonName::new(&format!("a{mark}b")).is_err(), "{mark}");
        }
    }

    #[test]
    fn client_ids_are_ascii_of_at_most_100() {
        assert!(ClientId::new(&"x".repeat(100)).is_ok());
        assert_eq!(
            ClientId::new(&"x".repeat(101)).unwrap_err(),
            TextError::TooLong { max: 100, actual: 101 }
        );
        assert_eq!(
            ClientId::new("naïve").unwrap_err(),
            TextError::Character { kind: CharacterKind::NotAscii, position: 3 }
        );
        assert_eq!(format!("{:?}", ClientId::new("user-1").unwrap()), "ClientId(redacted)");
    }

    #[test]
    fn a_huge_text_is_refused_before_it_is_normalised() {
        assert!(matches!(
            Address::new(&"a".repeat(10_000_000)).unwrap_err(),
            TextError::TooLong { max: 255, .. }
        ));
    }
}
