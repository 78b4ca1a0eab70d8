//! Who answers for a policy, why it is so and until when: for people, outside the digest.

use std::borrow::Cow;

use jiff::civil;

use super::Text;
use crate::duration::Duration;
use crate::held::Held;
use crate::vocabulary::{word_set, words};

/// Who answers for a policy, why it is so and how long: for people, outside the digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the policy file's key of that name")]
pub struct Governance {
    pub description: Option<Text>,
    pub owner: Option<Text>,
    pub rationale: Option<Text>,
    pub legal_basis: Option<Text>,
    pub review_by: Option<civil::Date>,
    pub risk_tier: Option<RiskTier>,
    pub reverify: Reverify,
    /// What few policies say.
    pub special: Held<SpecialGovernance>,
}

/// Governance that few policies have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialGovernance {
    /// The policy that this one extends.
    pub extends: Option<Text>,
    /// What may be looser than in that policy, sorted by key.
    pub loosen: Cow<'static, [Loosening]>,
    /// What policies further up may be looser in, as far as this one is no tighter, sorted by key.
    pub inherited_loosen: Cow<'static, [Loosening]>,
    /// First and last day on which tokens are issued under the policy.
    pub effective: Effective,
    /// Why people under 18 are accepted.
    pub minors: Option<Text>,
}

impl SpecialGovernance {
    /// What holds when nothing is said.
    pub const NONE: Self = Self {
        extends: None,
        loosen: Cow::Borrowed(&[]),
        inherited_loosen: Cow::Borrowed(&[]),
        effective: Effective { from: None, until: None },
        minors: None,
    };
}

impl Default for Held<SpecialGovernance> {
    fn default() -> Self {
        Self::Static(const { &SpecialGovernance::NONE })
    }
}

/// Leave to be looser in one key than the policy that is extended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loosening {
    /// The key, such as `age` or `checks.liveness`.
    pub key: Text,
    /// Why it may be looser.
    pub reason: Text,
    /// The last day on which it may, in the set's time zone.
    pub until: civil::Date,
}

words! {
    /// How much risk a policy covers; the set caps by tier how seldom people are verified again.
    pub enum RiskTier {
        /// Simplified due diligence.
        Low = "low",
        /// Standard due diligence.
        Standard = "standard",
        /// Enhanced due diligence.
        High = "high",
    }
}

/// First and last day, both inclusive, in the set's time zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the policy file's key of that name")]
pub struct Effective {
    pub from: Option<civil::Date>,
    pub until: Option<civil::Date>,
}

/// When a person is verified again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the policy file's key of that name")]
pub struct Reverify {
    pub every: Option<Duration>,
    pub on: ReverifyEvents,
}

words! {
    /// An event after which a person is verified again.
    pub enum ReverifyEvent {
        /// The document that was accepted has expired.
        DocumentExpiry = "document_expiry",
        /// The person's name has changed.
        NameChange = "name_change",
        /// The person's address has changed.
        AddressChange = "address_change",
        /// The person's nationality has changed.
        NationalityChange = "nationality_change",
        /// The policy has become stricter than the one the person was accepted under.
        PolicyChange = "policy_change",
    }
}

word_set! {
    /// A set of events.
    ReverifyEvents(u8) of ReverifyEvent
}
