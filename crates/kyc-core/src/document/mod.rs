//! Identity document types, and sets of them.

mod results;
mod words;

use std::fmt;
use std::ops::{BitAnd, BitOr, Sub};

use crate::vocabulary::vocabulary;

pub use results::{COMES_BACK, ComesBack, accepts};

vocabulary! {
    /// A document type of the vendor.
    ///
    /// Sources: the published OpenAPI document (result enum `KycDocumentTypeEnum`, 35 values), and the
    /// documentation's list of requestable types, which adds `INTERNATIONAL_PASSPORT`.
    pub enum DocumentType {
        /// Passport.
        Passport = "PASSPORT",
        /// National identity card.
        IdCard = "ID_CARD",
        /// Residence permit.
        ResidencePermit = "RESIDENCE_PERMIT",
        /// Driving licence.
        DriverLicense = "DRIVER_LICENSE",
        /// Provisional driving licence.
        ProvisionalDriverLicense = "PROVISIONAL_DRIVER_LICENSE",
        /// Internal passport, not valid for travel abroad.
        NationalPassport = "NATIONAL_PASSPORT",
        /// International passport: can be requested, never comes back as a result.
        InternationalPassport = "INTERNATIONAL_PASSPORT",
        /// Identity card of an older series.
        OldIdCard = "OLD_ID_CARD",
        /// Indian identity card.
        Aadhaar = "AADHAAR",
        /// Indian tax card.
        PanCard = "PAN_CARD",
        /// Visa.
        Visa = "VISA",
        /// Border crossing card.
        BorderCrossing = "BORDER_CROSSING",
        /// Asylum document.
        Asylum = "ASYLUM",
        /// Voter card.
        VoterCard = "VOTER_CARD",
        /// Travel card.
        TravelCard = "TRAVEL_CARD",
        /// Photo card.
        PhotoCard = "PHOTO_CARD",
        /// Military card.
        MilitaryCard = "MILITARY_CARD",
        /// Proof of age card.
        ProofOfAgeCard = "PROOF_OF_AGE_CARD",
        /// Diplomatic identity document.
        DiplomaticId = "DIPLOMATIC_ID",
        /// Address card.
        AddressCard = "ADDRESS_CARD",
        /// Social security card.
        SocialSecurityCard = "SOCIAL_SECURITY_CARD",
        /// Work permit.
        WorkPermit = "WORK_PERMIT",
        /// Any other document.
        Other = "OTHER",
        /// e-ID: Smart-ID.
        SmartId = "SMART_ID",
        /// e-ID: CLEAR.
        Clear = "CLEAR",
        /// e-ID: OneID.
        OneId = "ONE_ID",
        /// e-ID: BankID Sweden.
        BankIdSe = "BANK_ID_SE",
        /// e-ID: BankID Norway.
        BankIdNo = "BANK_ID_NO",
        /// e-ID: BankID Czechia.
        BankIdCz = "BANK_ID_CZ",
        /// e-ID: Finnish Trust Network.
        Ftn = "FTN",
        /// e-ID: MitID Denmark.
        MitId = "MIT_ID",
        /// e-ID: Verimi.
        Verimi = "VERIMI",
        /// Wallet: LA Wallet.
        LaWallet = "LA_WALLET",
        /// Wallet: Samsung Wallet.
        SamsungWallet = "SAMSUNG_WALLET",
        /// e-ID: mojeID Czechia.
        MojeIdCz = "MOJE_ID_CZ",
        /// e-ID: Yoti.
        YotiId = "YOTI_ID",
    }
}

/// A set of document types as a bit set. Iteration is in the order of declaration.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DocumentSet(u64);

impl DocumentSet {
    /// The empty set.
    pub const EMPTY: Self = Self(0);

    /// For generated code: the macro has checked the value with this very library.
    #[doc(hidden)]
    pub const fn proven(bits: u64) -> Self {
        Self(bits)
    }

    /// The set as [`DocumentSet::proven`] takes it.
    #[doc(hidden)]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The set with `document` added; usable in constants.
    #[must_use]
    pub const fn with(self, document: DocumentType) -> Self {
        Self(self.0 | 1 << document as u64)
    }

    /// Whether `document` is in the set.
    pub const fn contains(self, document: DocumentType) -> bool {
        self.0 & (1 << document as u64) != 0
    }

    /// Whether the set holds no document.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many documents the set holds.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether every document of `self` is in `other`.
    pub const fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// The documents, in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = DocumentType> {
        DocumentType::ALL.iter().copied().filter(move |document| self.contains(*document))
    }
}

impl FromIterator<DocumentType> for DocumentSet {
    fn from_iter<I: IntoIterator<Item = DocumentType>>(documents: I) -> Self {
        documents.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl BitOr for DocumentSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for DocumentSet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Sub for DocumentSet {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl fmt::Debug for DocumentSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_subset_holds_nothing_else() {
        let set = |documents: &[DocumentType]| documents.iter().copied().collect::<DocumentSet>();
        let (passport, both) =
            (set(&[DocumentType::Passport]), set(&[DocumentType::Passport, DocumentType::IdCard]));
        assert!(passport.is_subset(both) && both.is_subset(both) && DocumentSet::EMPTY.is_subset(passport));
        assert!(!both.is_subset(passport) && !passport.is_subset(DocumentSet::EMPTY));
    }

    #[test]
    fn words_round_trip() {
        for document in DocumentType::ALL {
            assert_eq!(DocumentType::from_word(document.as_str()), Some(*document));
        }
        assert_eq!(DocumentType::from_word("passport"), None);
    }

    #[test]
    fn a_set_prints_its_documents_in_order() {
        let documents: DocumentSet = [DocumentType::Passport, DocumentType::IdCard].into_iter().collect();
        assert_eq!(format!("{documents:?}"), format!("{:?}", documents.iter().collect::<BTreeSet<_>>()));
    }
}
