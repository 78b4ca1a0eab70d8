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

/// A closed vocabulary that a policy can name.
pub(crate) trait Word: Copy + 'static {
    const WORDS: &'static [Self];

    fn word(self) -> &'static str;

    fn read(text: &str) -> Option<Self>;
}

readable!(kyc_core::DocumentType, kyc_core::TokenType, kyc_core::StepType);
