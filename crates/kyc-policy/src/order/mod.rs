//! The order of policies: whether one is tighter or looser than another, section by section. A finite set of cases is
//! compared, so the answer is exact; nothing is allocated, and every comparison works in constants.

mod acceptance;
mod class;
mod demands;

use kyc_core::Flag;

use crate::field::{Direction, FIELDS, Shape};
use crate::policy::Policy;
use crate::sections::Sections;
use crate::vocabulary::words;

pub use class::Class;

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
    }
}

impl OrderedSection {
    /// How the section of `new` compares with that of `old`; usable in constants.
    pub const fn compare(self, new: &Policy, old: &Policy) -> Class {
        self.compare_sections(&new.sections, &old.sections)
    }

    pub(crate) const fn compare_sections(self, new: &Sections, old: &Sections) -> Class {
        match self {
            Self::Matrix => acceptance::matrix(new, old),
            Self::Age => acceptance::age(new, old),
            Self::Nationality => acceptance::nationality(new, old),
            Self::IpCountry => acceptance::ip_country(new, old),
            Self::Expiry => acceptance::expiry(new, old),
            Self::Verdict => acceptance::verdict(new, old),
            Self::TokenType => acceptance::token_type(new, old),
            Self::ManualReview | Self::Checks | Self::Verify | Self::BankCard | Self::Switches => {
                self.compare_flags(new, old)
            }
            Self::Questionnaire => demands::questionnaire(new, old),
            Self::Nfc => demands::nfc(new, old),
            Self::Steps => demands::extra(new, old),
            Self::Registries => demands::registries(new, old),
            Self::FaceThreshold => demands::face_threshold(new, old),
            Self::RiskProfile => demands::risk_profile(new, old),
            Self::Vendor => demands::vendor(new, old),
            Self::Client => demands::client(new, old),
        }
    }

    const fn compare_flags(self, new: &Sections, old: &Sections) -> Class {
        let mut class = Class::Equal;
        let mut fields = FIELDS;
        while let [field, rest @ ..] = fields {
            if let Shape::Flag(flag) = field.shape
                && Self::of_flag(flag) as u32 == self as u32
            {
                class = class.and(match field.direction {
                    Direction::TrueIsTighter => demands::flag(new.flags, old.flags, flag),
                    Direction::Changed => demands::undirected(new.flags, old.flags, flag),
                    // How sessions run and what they look like decides nothing.
                    _ => Class::Equal,
                });
            }
            fields = rest;
        }
        class
    }

    /// The section that a flag belongs to.
    const fn of_flag(flag: Flag) -> Self {
        match flag {
            Flag::ReviewSuccessful | Flag::ReviewFailed => Self::ManualReview,
            Flag::CheckAml
            | Flag::CheckCriminal
            | Flag::CheckLiveness
            | Flag::CheckFaceBlacklist
            | Flag::CheckDocFaceBlacklist
            | Flag::CheckPersonBlacklist
            | Flag::CheckDuplicateFaces
            | Flag::CheckDuplicateDocFaces
            | Flag::CheckDuplicatePersonalData
            | Flag::CheckDriverLicense
            | Flag::CheckLid
            | Flag::CheckIpProxy => Self::Checks,
            Flag::VerifyEmail
            | Flag::VerifyPhone
            | Flag::VerifyBank
            | Flag::VerifyBankAccounts
            | Flag::VerifyBankBalances
            | Flag::VerifyBankTransactions
            | Flag::VerifyAddress => Self::Verify,
            Flag::BankCardVerification | Flag::BankCardPdfUpload => Self::BankCard,
            Flag::GenerateDigitString
            | Flag::ShowInstructions
            | Flag::AutoAmlMonitoring
            | Flag::AllowBsnMasking
            | Flag::DriverLicenseBack => Self::Switches,
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

#[cfg(test)]
mod tests;
