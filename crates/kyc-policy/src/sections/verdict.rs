//! What a policy makes of results.

use std::borrow::Cow;

use crate::tags::Tag;
use crate::vocabulary::words;

words! {
    /// What a policy makes of a result.
    pub enum Outcome {
        /// Passed.
        Accept = "accept",
        /// A person looks at it.
        Review = "review",
        /// Refused.
        Reject = "reject",
    }
}

impl Outcome {
    /// The words of the outcomes that let nobody pass.
    pub(crate) const STRICT: &'static [&'static str] = &[Self::Review.as_str(), Self::Reject.as_str()];
}

impl Outcome {
    /// The next milder one.
    pub(crate) const fn milder(self) -> Option<Self> {
        match self {
            Self::Accept => None,
            Self::Review => Some(Self::Accept),
            Self::Reject => Some(Self::Review),
        }
    }
}

/// What is made of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Tags and lists without an entry of their own; `*_FAILED` tags and `pep` are then for review.
    pub default: Outcome,
    /// Facts outside matrix, age or expiry.
    pub outside: Outcome,
    /// Outcome by tag, sorted.
    pub tags: Cow<'static, [(Tag, Outcome)]>,
    /// Outcome by anti-money-laundering list.
    pub aml: AmlOutcomes,
}

impl Verdict {
    /// What holds when nothing is said.
    pub const DEFAULT: Self = Self {
        default: Outcome::Review,
        outside: Outcome::Review,
        tags: Cow::Borrowed(&[]),
        aml: AmlOutcomes::NONE,
    };

    /// What is made of a tag.
    pub fn outcome_of_tag(&self, tag: Tag) -> Outcome {
        let stated = self.tags.iter().find(|(of, _)| *of == tag).map(|(_, outcome)| *outcome);
        stated.unwrap_or_else(|| self.unstated_tag(tag))
    }

    /// What is made of a hit on a list.
    pub fn outcome_of_list(&self, list: AmlList) -> Outcome {
        self.aml.of(list).unwrap_or_else(|| self.unstated_list(list))
    }

    /// A tag without an entry; one that says that a check was not performed is for a person to look at.
    pub(crate) const fn unstated_tag(&self, tag: Tag) -> Outcome {
        if tag.is_not_performed() { Outcome::Review } else { self.default }
    }

    /// A list without an entry; exposure alone rejects nobody.
    pub(crate) const fn unstated_list(&self, list: AmlList) -> Outcome {
        if matches!(list, AmlList::Pep) { Outcome::Review } else { self.default }
    }
}

words! {
    /// What an anti-money-laundering check can hit.
    pub enum AmlList {
        /// Sanctions lists.
        Sanctions = "sanctions",
        /// Politically exposed persons.
        Pep = "pep",
        /// Adverse media.
        AdverseMedia = "adverse_media",
        /// Hits that the vendor's reviewers called false.
        FalsePositive = "false_positive",
    }
}

impl AmlList {
    /// What a policy may make of a hit: one on a sanctions list lets nobody pass, and nobody is refused for an office
    /// alone.
    pub const fn outcomes(self) -> &'static [Outcome] {
        match self {
            Self::Sanctions => &[Outcome::Review, Outcome::Reject],
            Self::Pep => &[Outcome::Accept, Outcome::Review],
            Self::AdverseMedia | Self::FalsePositive => Outcome::ALL,
        }
    }
}

/// Outcomes by anti-money-laundering list, as far as they are stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AmlOutcomes {
    sanctions: Option<Outcome>,
    pep: Option<Outcome>,
    adverse_media: Option<Outcome>,
    false_positive: Option<Outcome>,
}

impl AmlOutcomes {
    /// Nothing is stated.
    pub const NONE: Self = Self { sanctions: None, pep: None, adverse_media: None, false_positive: None };

    /// The outcome that is stated for `list`; usable in constants.
    pub const fn of(self, list: AmlList) -> Option<Outcome> {
        match list {
            AmlList::Sanctions => self.sanctions,
            AmlList::Pep => self.pep,
            AmlList::AdverseMedia => self.adverse_media,
            AmlList::FalsePositive => self.false_positive,
        }
    }

    /// The same with `outcome` for `list`; usable in constants.
    #[must_use]
    pub const fn with(mut self, list: AmlList, outcome: Outcome) -> Self {
        let place = match list {
            AmlList::Sanctions => &mut self.sanctions,
            AmlList::Pep => &mut self.pep,
            AmlList::AdverseMedia => &mut self.adverse_media,
            AmlList::FalsePositive => &mut self.false_positive,
        };
        *place = Some(outcome);
        self
    }

    /// What is stated, in the order of declaration of the lists.
    pub fn iter(self) -> impl Iterator<Item = (AmlList, Outcome)> {
        AmlList::ALL.iter().filter_map(move |list| Some((*list, self.of(*list)?)))
    }
}

impl FromIterator<(AmlList, Outcome)> for AmlOutcomes {
    fn from_iter<I: IntoIterator<Item = (AmlList, Outcome)>>(stated: I) -> Self {
        stated.into_iter().fold(Self::NONE, |all, (list, outcome)| all.with(list, outcome))
    }
}
