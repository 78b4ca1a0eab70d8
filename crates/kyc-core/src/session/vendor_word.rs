//! A word of the vendor that this crate does not know.

use std::fmt;

/// A word as the vendor wrote it, as far as it is safe to print: at most 64 ASCII letters, digits, hyphens and
/// underscores.
///
/// Any other character is kept as `?` and what is longer is cut, so that a word can be shown and compared but never
/// carries a text through.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VendorWord(Box<str>);

impl VendorWord {
    /// The longest length, in characters.
    pub const MAX: usize = 64;

    pub(crate) fn new(text: &str) -> Self {
        let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '?' };
        Self(text.chars().take(Self::MAX).map(safe).collect())
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for VendorWord {
    fn eq(&self, text: &str) -> bool {
        *self.0 == *text
    }
}

impl PartialEq<&str> for VendorWord {
    fn eq(&self, text: &&str) -> bool {
        *self.0 == **text
    }
}

impl fmt::Display for VendorWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for VendorWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_bounded_and_safe_to_print() {
        assert_eq!(VendorWord::new("DUPLICATE_FACE"), "DUPLICATE_FACE");
        assert_eq!(VendorWord::new("a b\n\u{202e}é"), "a?b???");
        assert_eq!(VendorWord::new(&"x".repeat(1000)), "x".repeat(64).as_str());
    }

    #[test]
    fn it_compares_and_prints_as_its_text() {
        let one = VendorWord::new("s-1");
        for (text, is_same) in [("s-1", true), ("s-2", false), ("", false)] {
            assert_eq!((one == text, one == *text), (is_same, is_same), "{text}");
        }
        assert_eq!(one.as_str(), "s-1");
        assert_eq!(format!("{one} {one:>5} {one:?}"), "s-1   s-1 \"s-1\"");
    }
}
