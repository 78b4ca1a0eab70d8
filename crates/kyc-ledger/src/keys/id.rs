//! The name of a master key.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The name of a master key: 1 to 40 lower-case letters, digits and hyphens, such as `2026-11`.
///
/// It is stored beside everything that was made with the key, and tells nothing of the key itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(String);

/// The text names no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must have 1 to 40 characters, all of them lower-case letters, digits or hyphens")]
pub struct MalformedKeyId;

impl KeyId {
    /// The longest length, in characters.
    pub const MAX: usize = 40;

    /// Takes the text, if it has the form of such a name.
    pub fn new(text: impl Into<String>) -> Result<Self, MalformedKeyId> {
        let text = text.into();
        let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !(1..=Self::MAX).contains(&text.len()) || !text.bytes().all(legal) {
            return Err(MalformedKeyId);
        }
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KeyId {
    type Err = MalformedKeyId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_plain() {
        for text in ["2026-11", "a", &"k".repeat(40)] {
            assert_eq!(KeyId::new(text).unwrap().as_str(), text);
        }
        for text in ["", "A", "a_b", "a b", "é", &"k".repeat(41)] {
            assert_eq!(KeyId::new(text), Err(MalformedKeyId), "{text}");
        }
    }
}
