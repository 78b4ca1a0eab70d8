//! Erasing the personal data of a session.

use std::fmt;

use jiff::Timestamp;

use crate::SessionId;

/// Why personal data are erased. It is recorded; it must hold no personal value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EraseReason {
    /// The person asked for it.
    Request,
    /// They were kept as long as they have to be.
    Retention,
    /// They should never have been collected.
    Mistake,
}

impl EraseReason {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Request, Self::Retention, Self::Mistake];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Retention => "retention",
            Self::Mistake => "mistake",
        }
    }

    /// The reason that the word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

impl fmt::Display for EraseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// The session.
    pub id: SessionId,
    /// When its data were erased.
    pub at: Timestamp,
    /// Whether that was now, and not earlier.
    pub now: bool,
}

/// A session whose personal data are still here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The session.
    pub id: SessionId,
    /// When its intent was recorded, which is what retention counts from.
    pub created_at: Timestamp,
}
