//! What a policy says about a result: an outcome, and every reason for it with the key that demands it.

use std::borrow::Cow;

use crate::sections::Outcome;
use crate::vocabulary::words;

/// What is made of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub(super) ruling: Ruling,
    pub(super) reasons: Vec<Reason>,
}

impl Judgement {
    /// The outcome: that of the worst reason.
    pub const fn ruling(&self) -> Ruling {
        self.ruling
    }

    /// Every reason against acceptance, the worst first; of equal ones in the order of the rules. Empty for an acceptance.
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }
}

words! {
    /// The outcome of a verdict.
    pub enum Ruling {
        /// The person passes.
        Accept = "accept",
        /// A person looks at the result.
        Review = "review",
        /// The person does not pass.
        Reject = "reject",
        /// The result is not final: nothing follows from it yet.
        Pending = "pending",
        /// The session ran out: nobody was verified, and nobody was refused.
        Expired = "expired",
    }
}

impl From<Outcome> for Ruling {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Accept => Self::Accept,
            Outcome::Review => Self::Review,
            Outcome::Reject => Self::Reject,
        }
    }
}

/// One reason against acceptance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which kind of reason it is.
    pub kind: ReasonKind,
    /// What follows from this reason alone.
    pub outcome: Ruling,
    /// The policy's key that demands it, such as `age.min`; where it was written, the policy's places tell. `None` for
    /// what holds under every policy.
    pub key: Option<Cow<'static, str>>,
    /// What was found, in words. Document types and tags stand in it, and no value of a person.
    pub message: String,
}

words! {
    /// A kind of reason, by its stable id.
    pub enum ReasonKind {
        /// The vendor does not call the result final.
        NotFinal = "not-final",
        /// The session ran out.
        SessionExpired = "session-expired",
        /// The vendor denied the person.
        VendorDenied = "vendor-denied",
        /// The vendor's status is no conclusion.
        StatusInconclusive = "status-inconclusive",
        /// The vendor approved although a part of the check had failed.
        VendorOverride = "vendor-override",
        /// The document was not validated.
        DocumentNotValidated = "document-not-validated",
        /// The face was not matched.
        FaceNotMatched = "face-not-matched",
        /// The issuing country is not known.
        CountryUnknown = "country-unknown",
        /// The issuing country is not among those of the policy.
        CountryOutside = "country-outside",
        /// The issuing country is one that the set denies today.
        CountryDenied = "country-denied",
        /// The type of the document is not known.
        DocumentUnknown = "document-unknown",
        /// The type of the document is not accepted from its country.
        DocumentOutside = "document-outside",
        /// The nationality is not known.
        NationalityUnknown = "nationality-unknown",
        /// The nationality is denied.
        NationalityDenied = "nationality-denied",
        /// The nationality is one that a person looks at.
        NationalityReview = "nationality-review",
        /// The country of the internet address is not known.
        IpCountryUnknown = "ip-country-unknown",
        /// The country of the internet address is denied.
        IpCountryDenied = "ip-country-denied",
        /// The country of the internet address is one that a person looks at.
        IpCountryReview = "ip-country-review",
        /// The age is not known.
        AgeUnknown = "age-unknown",
        /// The person is, or may be, too young.
        TooYoung = "too-young",
        /// The person is, or may be, too old.
        TooOld = "too-old",
        /// It is not known until when the document is valid.
        ExpiryUnknown = "expiry-unknown",
        /// The document has no expiry date.
        ExpiryNone = "expiry-none",
        /// The document has expired.
        DocumentExpired = "document-expired",
        /// The document expires too soon.
        ExpiresTooSoon = "expires-too-soon",
        /// The vendor has put a tag on the result.
        Tagged = "tagged",
        /// The vendor has put a tag on the result that this release does not know.
        TagUnknown = "tag-unknown",
        /// A list against money laundering has an entry.
        ListHit = "list-hit",
        /// A required check left no trace.
        EvidenceMissing = "evidence-missing",
    }
}
