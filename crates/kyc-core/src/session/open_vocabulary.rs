//! Open vocabularies of the vendor as enums: known words by name, any other one kept.

/// Declares an enum whose variants are words of the vendor's answers, and `Other` for words that it adds later.
macro_rules! open_vocabulary {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        $vis enum $name {
            $($(#[$doc])* $variant,)+
            /// A word that is not known here.
            Other($crate::VendorWord),
        }

        impl $name {
            /// The known words, in the order of declaration.
            pub const KNOWN: &'static [&'static str] = &[$($word,)+];

            /// Reads a word, which is never refused.
            pub fn from_word(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    other => Self::Other($crate::VendorWord::new(other)),
                }
            }

            /// The word as the vendor writes it, as far as it is safe to print.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word.as_str(),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use open_vocabulary;
