//! A text out of an answer that may hold a value of the client.

use std::fmt;

use zeroize::Zeroizing;

/// A text as the vendor answers it: 1 to 4096 characters, not checked any further.
///
/// An address can carry a client's reference, and the vendor's own words can repeat a value, so it neither prints nor
/// serialises, and is zeroed when dropped. The longest parameter that the vendor documents, an address, has at most
/// 2048 characters.
#[derive(Clone, PartialEq, Eq)]
pub struct VendorText(Zeroizing<String>);

impl VendorText {
    /// The longest length, in characters.
    pub const MAX: usize = 4096;

    /// Takes the text if it is neither empty nor too long.
    pub(super) fn new(text: String) -> Option<Self> {
        let text = Zeroizing::new(text);
        // Counting stops early on a text of any length.
        let fits = !text.is_empty() && text.chars().nth(Self::MAX).is_none();
        fits.then_some(Self(text))
    }

    /// The beginning of a text that may be of any length, unless it is empty.
    pub(super) fn cut(text: String, max: usize) -> Option<Self> {
        let text = Zeroizing::new(text);
        Self::new(text.chars().take(max).collect())
    }

    /// The text itself. Whoever calls this answers for where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for VendorText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VendorText(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_bounded_and_does_not_print() {
        assert_eq!(VendorText::new(String::new()), None);
        assert_eq!(VendorText::new("ž".repeat(4097)), None);
        let text = VendorText::new("ž".repeat(4096)).unwrap();
        assert_eq!(format!("{text:?}"), "VendorText(redacted)");
        assert_eq!(VendorText::cut("žaž".to_owned(), 2).unwrap().expose(), "ža");
        assert_eq!(VendorText::cut(String::new(), 2), None);
    }
}
