//! The order of policies: whether one is tighter or looser than another, section by section. A finite set of cases is
//! compared, so the answer is exact; nothing is allocated, and every comparison works in constants.

mod acceptance;
mod change;
mod class;
mod data;
mod demands;
mod flags;
mod keys;
mod matrix;
mod set;
mod situation;
mod witness;

use std::borrow::Cow;

use crate::policy::Policy;
use crate::sections::Sections;
use crate::vocabulary::words;

pub use change::{Change, ChangeClass, Subject};
pub use class::Class;
pub use data::DataChange;
pub use set::SetChange;
pub use witness::{Trait, Witness};

words! {
    /// A part of policies that is compared by itself: whatever decides who passes, or what is demanded of them.
    pub enum OrderedSection {
        /// Issuing countries and document types together.
        Matrix = "matrix",
        /// Ages.
        Age = "age",
        /// Nationalities.
        Nationality = "nationality",
        /// Countries of the internet address.
        IpCountry = "ip_country",
        /// Validity of the document.
        Expiry = "expiry",
        /// What is made of tags, lists and facts outside.
        Verdict = "verdict",
        /// Whether the face is compared.
        TokenType = "token.type",
        /// The vendor's people.
        ManualReview = "manual_review",
        /// Checks beside document and face.
        Checks = "checks",
        /// Contact, bank and address verification.
        Verify = "verify",
        /// Bank card.
        BankCard = "bank_card",
        /// On/off keys of their own.
        Switches = "switches",
        /// Questions before the document.
        Questionnaire = "questionnaire",
        /// The document's chip.
        Nfc = "nfc",
        /// Further uploads.
        Steps = "steps",
        /// Registers that are asked.
        Registries = "registry_countries",
        /// How alike faces must be.
        FaceThreshold = "face_threshold",
        /// The vendor's risk assessment profile.
        RiskProfile = "risk_profile",
        /// Parameters newer than this release.
        Vendor = "vendor",
        /// What the caller must bring.
        Client = "client",
        /// The zone whose calendar days count.
        Timezone = "timezone",
    }
}

impl OrderedSection {
    /// How the section of `new` compares with that of `old`; usable in constants.
    pub const fn compare(self, new: &Policy, old: &Policy) -> Class {
        self.compare_sections(&new.sections, &old.sections)
    }

    pub(crate) const fn compare_sections(self, new: &Sections, old: &Sections) -> Class {
        match self {
            Self::Matrix => matrix::matrix(new, old),
            Self::Age => acceptance::age(new, old),
            Self::Nationality => acceptance::nationality(new, old),
            Self::IpCountry => acceptance::ip_country(new, old),
            Self::Expiry => acceptance::expiry(new, old),
            Self::Verdict => acceptance::verdict(new, old),
            Self::TokenType => acceptance::token_type(new, old),
            Self::ManualReview | Self::Checks | Self::Verify | Self::BankCard | Self::Switches => {
                flags::compare(self, new.flags, old.flags)
            }
            Self::Questionnaire => demands::questionnaire(new, old),
            Self::Nfc => demands::nfc(new, old),
            Self::Steps => demands::extra(new, old),
            Self::Registries => demands::registries(new, old),
            Self::FaceThreshold => demands::face_threshold(new, old),
            Self::RiskProfile => demands::risk_profile(new, old),
            Self::Vendor => demands::vendor(new, old),
            Self::Client => demands::client(new, old),
            Self::Timezone => demands::timezone(new, old),
        }
    }
}

impl Policy {
    /// How this policy compares with an older one, over all ordered sections; usable in constants.
    pub const fn compare(&self, old: &Self) -> Class {
        let mut class = Class::Equal;
        let mut sections = OrderedSection::ALL;
        while let [section, rest @ ..] = sections {
            class = class.and(section.compare(self, old));
            sections = rest;
        }
        class
    }
}

#[expect(clippy::ptr_arg, reason = "what it is for is the Cow")]
pub(super) const fn slice<'s, T: Clone>(list: &'s Cow<'static, [T]>) -> &'s [T] {
    match list {
        Cow::Borrowed(list) => list,
        Cow::Owned(list) => list.as_slice(),
    }
}

#[cfg(test)]
mod tests;
