//! How one thing compares with another.

/// How a section of a policy compares with the same section of an older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// It means the same.
    Equal,
    /// Whoever passes now has passed before, and somebody no longer does.
    Tighter,
    /// Whoever has passed before passes now, and somebody does in addition.
    Looser,
    /// Some pass in addition and others no longer do, or nobody can say which of the two is stricter.
    Changed,
}

impl Class {
    /// From what the new one has in addition, and what it lacks, of what passes.
    pub(crate) const fn of_sets(has_more: bool, has_less: bool) -> Self {
        match (has_more, has_less) {
            (false, false) => Self::Equal,
            (true, false) => Self::Looser,
            (false, true) => Self::Tighter,
            (true, true) => Self::Changed,
        }
    }

    /// From how much each demands.
    pub(crate) const fn of_demands(new: u32, old: u32) -> Self {
        Self::of_sets(new < old, new > old)
    }

    /// For what has no direction.
    pub(super) const fn of_equality(is_equal: bool) -> Self {
        if is_equal { Self::Equal } else { Self::Changed }
    }

    /// Both comparisons together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Equal, class) | (class, Self::Equal) => class,
            (Self::Tighter, Self::Tighter) => Self::Tighter,
            (Self::Looser, Self::Looser) => Self::Looser,
            _ => Self::Changed,
        }
    }

    /// The class of the old one compared with the new.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Tighter => Self::Looser,
            Self::Looser => Self::Tighter,
            Self::Equal | Self::Changed => self,
        }
    }

    /// Whether nobody passes who has not passed before.
    pub const fn is_not_looser(self) -> bool {
        matches!(self, Self::Equal | Self::Tighter)
    }
}
