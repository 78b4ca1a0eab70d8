//! What document types are called in sentences.

use super::DocumentType;

impl DocumentType {
    /// What one is called in a sentence, such as `driving licence`; names of e-IDs and wallets are their own.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::IdCard => "identity card",
            Self::ResidencePermit => "residence permit",
            Self::DriverLicense => "driving licence",
            Self::ProvisionalDriverLicense => "provisional driving licence",
            Self::NationalPassport => "internal passport",
            Self::InternationalPassport => "international passport",
            Self::OldIdCard => "identity card of an older series",
            Self::Aadhaar => "Aadhaar card",
            Self::PanCard => "PAN card",
            Self::Visa => "visa",
            Self::BorderCrossing => "border crossing card",
            Self::Asylum => "asylum document",
            Self::VoterCard => "voter card",
            Self::TravelCard => "travel card",
            Self::PhotoCard => "photo card",
            Self::MilitaryCard => "military card",
            Self::ProofOfAgeCard => "proof of age card",
            Self::DiplomaticId => "diplomatic identity document",
            Self::AddressCard => "address card",
            Self::SocialSecurityCard => "social security card",
            Self::WorkPermit => "work permit",
            Self::Other => "document of any other kind",
            Self::SmartId => "Smart-ID",
            Self::Clear => "CLEAR identity",
            Self::OneId => "OneID",
            Self::BankIdSe => "Swedish BankID",
            Self::BankIdNo => "Norwegian BankID",
            Self::BankIdCz => "Czech BankID",
            Self::Ftn => "Finnish Trust Network identity",
            Self::MitId => "MitID",
            Self::Verimi => "Verimi identity",
            Self::LaWallet => "LA Wallet",
            Self::SamsungWallet => "Samsung Wallet",
            Self::MojeIdCz => "mojeID",
            Self::YotiId => "Yoti identity",
        }
    }

    /// What several are called, such as `driving licences`.
    pub fn plural(self) -> String {
        match self {
            Self::OldIdCard => "identity cards of an older series".to_owned(),
            Self::Other => "documents of any other kind".to_owned(),
            other => match other.noun().strip_suffix("ty") {
                Some(stem) => format!("{stem}ties"),
                None => format!("{}s", other.noun()),
            },
        }
    }

    /// [`DocumentType::noun`] with its article, such as `an identity card`.
    pub fn with_article(self) -> String {
        let noun = self.noun();
        // `OneID` begins with the sound of `one`.
        let is_vowel = noun.starts_with(['A', 'a', 'E', 'e', 'I', 'i']) || matches!(self, Self::LaWallet);
        let article = if is_vowel { "an" } else { "a" };
        format!("{article} {noun}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_types_are_called_the_same() {
        let mut nouns: Vec<_> = DocumentType::ALL.iter().map(|document| document.noun()).collect();
        nouns.sort_unstable();
        nouns.dedup();
        assert_eq!(nouns.len(), DocumentType::ALL.len());
    }

    #[test]
    fn sentences_read_well() {
        for (document, article, plural) in [
            (DocumentType::Passport, "a passport", "passports"),
            (DocumentType::IdCard, "an identity card", "identity cards"),
            (
                DocumentType::OldIdCard,
                "an identity card of an older series",
                "identity cards of an older series",
            ),
            (DocumentType::Aadhaar, "an Aadhaar card", "Aadhaar cards"),
            (DocumentType::YotiId, "a Yoti identity", "Yoti identities"),
            (DocumentType::OneId, "a OneID", "OneIDs"),
            (DocumentType::LaWallet, "an LA Wallet", "LA Wallets"),
        ] {
            assert_eq!((document.with_article().as_str(), document.plural().as_str()), (article, plural));
        }
    }
}
