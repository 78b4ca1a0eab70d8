//! A text that the vendor holds about a person.

use std::fmt;

use zeroize::Zeroizing;

/// A text of the vendor about a person, as it stands there: 1 to 1000 characters, not checked any further.
///
/// It neither prints nor serialises, and is zeroed when dropped. The vendor's longest documented field has 500
/// characters.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonalText(Zeroizing<String>);

impl PersonalText {
    /// The longest length, in characters.
    pub const MAX: usize = 1000;

    /// Takes the text if it is neither empty nor too long.
    pub(crate) fn new(text: String) -> Option<Self> {
        let text = Zeroizing::new(text);
        // Counting stops early on a text of any length.
        let fits = !text.is_empty() && text.chars().nth(Self::MAX).is_none();
        fits.then_some(Self(text))
    }

    /// The text itself. Whoever calls this answers for where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PersonalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalText(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_bounded_and_does_not_print() {
        assert_eq!(PersonalText::new(String::new()), None);
        assert_eq!(PersonalText::new("ž".repeat(1001)), None);
        let text = PersonalText::new("ž".repeat(1000)).unwrap();
        assert_eq!(
            (text.expose().chars().count(), format!("{text:?}")),
            (1000, "PersonalText(redacted)".into())
        );
    }
}
