//! The vendor's reference of a session.

use std::fmt;
use std::str::FromStr;

use crate::words::WordError;

/// The vendor's reference of one session, `scanRef`: 1 to 100 letters, digits, hyphens and underscores.
///
/// The vendor documents a UUID of at most 40 characters. Anything that is safe to print and to put into a path is
/// taken. It is no secret: without the account's credentials nothing can be done with it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScanRef(String);

impl ScanRef {
    /// The longest length, in characters.
    pub const MAX: usize = 100;

    /// Takes the text if it has the form of a reference.
    pub fn new(text: impl Into<String>) -> Result<Self, WordError> {
        let text = text.into();
        if !(1..=Self::MAX).contains(&text.len()) {
            return Err(WordError::Length { min: 1, max: Self::MAX });
        }
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
            return Err(WordError::Alphabet { allowed: "letters, digits, `-` and `_`" });
        }
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ScanRef {
    type Err = WordError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl TryFrom<&str> for ScanRef {
    type Error = WordError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

impl TryFrom<String> for ScanRef {
    type Error = WordError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

impl From<ScanRef> for String {
    fn from(scan_ref: ScanRef) -> Self {
        scan_ref.0
    }
}

impl AsRef<str> for ScanRef {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for ScanRef {
    fn eq(&self, text: &str) -> bool {
        self.0 == text
    }
}

impl PartialEq<&str> for ScanRef {
    fn eq(&self, text: &&str) -> bool {
        self.0 == *text
    }
}

impl fmt::Display for ScanRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for ScanRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_safe_in_a_path_and_a_log_is_taken() {
        for text in ["s-1", "328c6766-934e-11ed-bb9b-025ad99a18e7", "A_z", &"x".repeat(100)] {
            let scan_ref = ScanRef::new(text).unwrap();
            assert_eq!(scan_ref, text);
            assert_eq!(String::from(scan_ref), text);
        }
        let length = WordError::Length { min: 1, max: 100 };
        assert_eq!(ScanRef::new("").unwrap_err(), length);
        assert_eq!(ScanRef::new("x".repeat(101)).unwrap_err(), length);
        for text in ["../x", "a b", "a\n", "é", "a?b", "a.b"] {
            assert!(matches!(ScanRef::new(text), Err(WordError::Alphabet { .. })), "{text}");
        }
    }

    #[test]
    fn it_compares_and_prints_as_its_text() {
        let one = ScanRef::new("s-1").unwrap();
        for (text, is_same) in [("s-1", true), ("s-2", false), ("", false)] {
            assert_eq!((one == text, one == *text), (is_same, is_same), "{text}");
        }
        assert_eq!((one.as_str(), one.as_ref()), ("s-1", "s-1"));
        assert_eq!(format!("{one} {one:>5} {one:?}"), "s-1   s-1 \"s-1\"");
    }
}
