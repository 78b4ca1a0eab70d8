//! What is wrong with a ledger.

use std::fmt;

/// Declares kinds of findings with their word and what each means.
macro_rules! kinds {
    ($($kind:ident = $word:literal: $meaning:literal,)+) => {
        /// A kind of findings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FindingKind {
            $(#[doc = $meaning] $kind,)+
        }

        impl FindingKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            /// The word for it, which never changes.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $word,)+
                }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$kind => $meaning,)+
                }
            }
        }
    };
}

kinds! {
    RowChanged = "row-changed": "a row of the history is not what was written",
    RowsMissing = "rows-missing": "rows of the history are gone",
    RowUnreadable = "row-unreadable": "a row of the history says nothing that this release knows",
    HeadMissing = "head-missing": "the history ends before a head that was written down, or is another one",
    KeyMissing = "key-missing": "rows or tokens cannot be checked, because their master key is not at hand",
    KeyDiffers = "key-differs": "the master key at hand is not the one of that name which rows were written with",
    StepMissing = "step-missing": "a change of a session is not in the history",
    StepImpossible = "step-impossible": "the history says of a session what cannot have happened",
    SessionUnrecorded = "session-unrecorded": "a session is not in the history",
    SessionMissing = "session-missing": "the history knows a session that the table does not",
    SessionDiffers = "session-differs": "a session is not what its history says",
    PersonMissing = "person-missing": "the personal data of a session are gone, and were not erased",
    PersonRemains = "person-remains": "personal data of a session are there that were erased, or whose session is not",
    PersonDiffers = "person-differs": "personal data of a session are not what its history commits to",
    TokenDiffers = "token-differs": "a sealed token is not what its history commits to",
    IdempotencyDiffers = "idempotency-differs": "an idempotency key stands for another session than its history says",
    SlotDiffers = "slot-differs": "a client's slot is not with the session whose call is open",
    PolicyDiffers = "policy-differs": "the text of a policy is not the one of its digest, is missing, or is nobody's",
    CallerDiffers = "caller-differs": "a caller's key is not what the history says",
    InstanceDiffers = "instance-differs": "an instance is not in the epoch that the history says",
    TagKeyDiffers = "tag-key-differs": "the key that idempotency keys are found by was changed",
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One thing that is wrong. It holds no personal value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub kind: FindingKind,
    /// Where: a row, a session, a name.
    pub place: String,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {}: {}", self.kind, self.place, self.what)
    }
}

/// What was found so far: at most [`Findings::MAX`] are kept, the rest are counted.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) kept: Vec<Finding>,
    pub(super) more: u64,
}

impl Findings {
    /// How many are kept.
    const MAX: usize = 1_000;

    pub(super) fn add(&mut self, kind: FindingKind, place: impl fmt::Display, what: impl Into<String>) {
        if self.kept.len() < Self::MAX {
            self.kept.push(Finding { kind, place: place.to_string(), what: what.into() });
        } else {
            self.more += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_word_of_its_own() {
        let mut words: Vec<_> = FindingKind::ALL.iter().map(|kind| kind.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), FindingKind::ALL.len());
    }

    #[test]
    fn what_is_too_much_is_counted() {
        let mut findings = Findings::default();
        for index in 0..1_500 {
            findings.add(FindingKind::RowChanged, index, "x");
        }
        assert_eq!((findings.kept.len(), findings.more), (1_000, 500));
    }
}
