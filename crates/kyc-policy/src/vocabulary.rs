//! Words of the policy language as enums, and sets of them as bit sets.

/// Declares an enum of words that the policy language reads.
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($body:tt)+ }) => {
        kyc_core::vocabulary! { $(#[$meta])* $vis enum $name { $($body)+ } }
        $crate::vocabulary::readable!($name);
    };
}
pub(crate) use words;

/// Makes vocabularies readable by the policy language.
macro_rules! readable {
    ($($name:ty),+) => {
        $(impl $crate::vocabulary::Word for $name {
            const WORDS: &'static [Self] = Self::ALL;

            fn word(self) -> &'static str {
                self.as_str()
            }

            fn read(text: &str) -> Option<Self> {
                Self::from_word(text)
            }
        })+
    };
}
pub(crate) use readable;

/// Declares a set of words, as bits in the order of their declaration.
macro_rules! word_set {
    ($(#[$meta:meta])* $name:ident($bits:ty) of $word:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub struct $name($bits);

        impl $name {
            /// The empty set.
            pub const EMPTY: Self = Self(0);

            /// For generated code: the macro has checked the value with this very library.
            #[doc(hidden)]
            pub const fn proven(bits: $bits) -> Self {
                Self(bits)
            }

            /// The set as `proven` takes it.
            #[doc(hidden)]
            pub const fn bits(self) -> $bits {
                self.0
            }

            /// The set with `word` added; usable in constants.
            #[must_use]
            pub const fn with(self, word: $word) -> Self {
                Self(self.0 | 1 << word as u8)
            }

            /// Whether `word` is in the set.
            pub const fn contains(self, word: $word) -> bool {
                self.0 & (1 << word as u8) != 0
            }

            /// Whether the set is empty.
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// The words of both sets.
            #[must_use]
            pub const fn union(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// The words of this set that are not in `other`.
            #[must_use]
            pub const fn without(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }

            /// The words, in the order of declaration.
            pub fn iter(self) -> impl Iterator<Item = $word> {
                $word::ALL.iter().copied().filter(move |word| self.contains(*word))
            }
        }

        impl FromIterator<$word> for $name {
            fn from_iter<I: IntoIterator<Item = $word>>(words: I) -> Self {
                words.into_iter().fold(Self::EMPTY, Self::with)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_set().entries(self.iter()).finish()
            }
        }

        const _: () = assert!($word::ALL.len() <= <$bits>::BITS as usize, "each word has a bit");
    };
}
pub(crate) use word_set;

/// A closed vocabulary that a policy can name.
pub(crate) trait Word: Copy + 'static {
    const WORDS: &'static [Self];

    fn word(self) -> &'static str;

    fn read(text: &str) -> Option<Self>;
}

readable!(kyc_core::DocumentType, kyc_core::TokenType, kyc_core::StepType);
