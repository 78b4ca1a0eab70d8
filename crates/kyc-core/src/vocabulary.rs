//! Closed vocabularies as enums: one declaration gives the names, the parser and the full list. The policy language
//! declares its words with the same macro.

use std::borrow::Cow;

/// Declares an enum whose variants are words of the vendor (or of the policy language).
#[doc(hidden)]
#[macro_export]
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every word, in the order of declaration.
            $vis const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Every word as it is written, in the same order.
            $vis const WRITTEN: &'static [&'static str] = &[$($word,)+];

            /// The word as it is written.
            $vis const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The variant that is written as exactly `word`; usable in constants.
            $vis const fn from_word(word: &str) -> Option<Self> {
                $(if $crate::same_text(word, $word) {
                    return Some(Self::$variant);
                })+
                None
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use vocabulary;

/// Whether two texts are the same: comparing texts is not yet possible in constants otherwise.
#[doc(hidden)]
pub const fn same_text(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        if *first != *other {
            return false;
        }
        (a, b) = (rest, others);
    }
    true
}

/// The text itself: a reference to it does not follow by itself in constants.
#[doc(hidden)]
#[expect(clippy::ptr_arg, reason = "what it is for is the Cow")]
pub const fn text_of<'t>(text: &'t Cow<'static, str>) -> &'t str {
    match text {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => text.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::same_text;
    use crate::DocumentType;

    const PASSPORT: Option<DocumentType> = DocumentType::from_word("PASSPORT");

    #[test]
    fn words_are_read_in_constants() {
        assert_eq!(PASSPORT, Some(DocumentType::Passport));
        for (a, b) in [("", ""), ("a", "a"), ("ab", "ab")] {
            assert!(same_text(a, b));
        }
        for (a, b) in [("", "a"), ("a", "b"), ("ab", "ac"), ("ab", "a"), ("ab", "bb")] {
            assert!(!same_text(a, b) && !same_text(b, a));
        }
    }
}
