//! The vendor's names for what is wrong: the stable part of a refusal.

use std::fmt;

/// The vendor's identifier of a mistake: 1 to 40 of the letters A to Z and `_`, such as `BAD_VALUE`.
///
/// It is the only part of the vendor's text that is kept: messages can repeat a personal value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Identifier(Box<str>);

impl Identifier {
    /// The identifier, if the text has the form of one.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let fits = (1..=40).contains(&text.len());
        (fits && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
            .then(|| Self(text.into()))
    }

    /// The identifier as the vendor writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_looks_like_one_is_kept() {
        assert!(Identifier::new("BAD_VALUE").is_some());
        assert!(Identifier::new(&"A".repeat(40)).is_some());
        for text in ["", "bad_value", "BAD VALUE", "BAD1", "ŽALIA", "A\n", &"A".repeat(41)] {
            assert_eq!(Identifier::new(text), None, "{text}");
        }
    }
}
