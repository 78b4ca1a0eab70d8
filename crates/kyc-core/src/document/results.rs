//! What can come back: which document type a result may carry when a type was requested, and which come back unasked.
//!
//! No document of the vendor states the relation itself. What is stated are two lists: the types that can be requested
//! (documentation and mobile SDK) and the types that results carry (OpenAPI document). The safe reading relates equal
//! words, and nothing else unless a row says so.

use super::{DocumentSet, DocumentType};

/// One way in which a document type comes back in a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComesBack {
    /// The type that was requested; `None` for an e-ID or a wallet, which the person may choose and nobody requests.
    pub requested: Option<DocumentType>,
    /// The type that the result carries.
    pub resulting: DocumentType,
    /// Which documents of the vendor name the two.
    pub source: &'static str,
    /// Whether the relation is our inference, where the two lists do not name the same word.
    pub inferred: bool,
}

/// In every list of requestable types.
const EVERY: &str = "requestable: all lists; result: OpenAPI document 2026-09-16";
/// In the lists of requestable types of the documentation of 2021 to 2023 and of the mobile SDK.
const DOCUMENTATION: &str =
    "requestable: documentation 2021-2023, mobile SDK; result: OpenAPI document 2026-09-16";
/// In the list of requestable types of 2020 and in the mobile SDK, but not in the documentation between.
const FIRST_AND_SDK: &str =
    "requestable: documentation 2020, mobile SDK; result: OpenAPI document 2026-09-16";
/// In the mobile SDK alone.
const SDK: &str = "requestable: mobile SDK; result: OpenAPI document 2026-09-16";
/// In the list of results alone.
const UNASKED: &str = "result: OpenAPI document 2026-09-16; in no list of requestable types";

const fn itself(document: DocumentType, source: &'static str) -> ComesBack {
    ComesBack { requested: Some(document), resulting: document, source, inferred: false }
}

const fn unasked(resulting: DocumentType) -> ComesBack {
    ComesBack { requested: None, resulting, source: UNASKED, inferred: false }
}

/// Everything that can come back.
pub const COMES_BACK: &[ComesBack] = {
    use DocumentType as D;
    &[
        itself(D::Passport, EVERY),
        itself(D::IdCard, EVERY),
        itself(D::ResidencePermit, EVERY),
        itself(D::DriverLicense, EVERY),
        itself(D::ProvisionalDriverLicense, SDK),
        itself(D::NationalPassport, DOCUMENTATION),
        ComesBack {
            requested: Some(D::InternationalPassport),
            resulting: D::Passport,
            source: "requestable: documentation 2021-2023; result: not in the OpenAPI document 2026-09-16",
            inferred: true,
        },
        itself(D::OldIdCard, DOCUMENTATION),
        itself(D::Aadhaar, DOCUMENTATION),
        itself(D::PanCard, DOCUMENTATION),
        itself(D::Visa, DOCUMENTATION),
        itself(D::BorderCrossing, DOCUMENTATION),
        itself(D::Asylum, DOCUMENTATION),
        itself(D::VoterCard, DOCUMENTATION),
        itself(D::TravelCard, DOCUMENTATION),
        itself(D::PhotoCard, DOCUMENTATION),
        itself(D::MilitaryCard, DOCUMENTATION),
        itself(D::ProofOfAgeCard, DOCUMENTATION),
        itself(D::DiplomaticId, DOCUMENTATION),
        itself(D::AddressCard, SDK),
        itself(D::SocialSecurityCard, SDK),
        itself(D::WorkPermit, SDK),
        itself(D::Other, FIRST_AND_SDK),
        unasked(D::SmartId),
        unasked(D::Clear),
        unasked(D::OneId),
        unasked(D::BankIdSe),
        unasked(D::BankIdNo),
        unasked(D::BankIdCz),
        unasked(D::Ftn),
        unasked(D::MitId),
        unasked(D::Verimi),
        unasked(D::LaWallet),
        unasked(D::SamsungWallet),
        unasked(D::MojeIdCz),
        unasked(D::YotiId),
    ]
};

/// Whether a request for `requested` can come back as a document of the type `resulting`.
pub fn accepts(requested: DocumentType, resulting: DocumentType) -> bool {
    requested.comes_back_as().contains(resulting)
}

impl DocumentType {
    /// Whether this is an e-ID or a wallet: it comes back as a result and cannot be requested by name.
    pub const fn is_eid(self) -> bool {
        DocumentSet::EIDS.contains(self)
    }

    /// Whether a result can carry this type.
    pub const fn can_result(self) -> bool {
        DocumentSet::RESULTS.contains(self)
    }

    /// What results carry when this type was requested; empty for one that cannot be requested.
    pub fn comes_back_as(self) -> DocumentSet {
        COMES_BACK.iter().filter(|row| row.requested == Some(self)).map(|row| row.resulting).collect()
    }
}

impl DocumentSet {
    /// Every type that can be requested by name.
    pub const REQUESTABLE: Self = Self::columns().0;

    /// Every type that a result can carry.
    pub const RESULTS: Self = Self::columns().1;

    /// Every e-ID and wallet: what comes back unasked.
    pub const EIDS: Self = Self::columns().2;

    /// Every document that can come back as a result and is not an e-ID or wallet.
    pub const PHYSICAL: Self = Self(Self::RESULTS.0 & !Self::EIDS.0);

    /// What the rows request, what they come back as, and what comes back unasked.
    #[expect(clippy::indexing_slicing, reason = "a const fn has no `get`; the loop bounds the index")]
    const fn columns() -> (Self, Self, Self) {
        let (mut requestable, mut results, mut unasked) = (Self::EMPTY, Self::EMPTY, Self::EMPTY);
        let mut index = 0;
        while index < COMES_BACK.len() {
            let row = COMES_BACK[index];
            results = results.with(row.resulting);
            match row.requested {
                Some(requested) => requestable = requestable.with(requested),
                None => unasked = unasked.with(row.resulting),
            }
            index += 1;
        }
        (requestable, results, unasked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_the_sources() {
        assert_eq!(DocumentSet::RESULTS.len(), 35);
        assert_eq!(DocumentSet::EIDS.len(), 13);
        assert_eq!(DocumentSet::PHYSICAL.len(), 22);
        assert_eq!(DocumentSet::REQUESTABLE.len(), 23);
    }

    #[test]
    fn every_type_is_requested_or_comes_back() {
        for document in DocumentType::ALL {
            let is_requestable = DocumentSet::REQUESTABLE.contains(*document);
            assert!(is_requestable || document.can_result(), "{document}");
            // Whatever can be requested comes back as something, and an e-ID is never requested.
            assert_eq!(is_requestable, !document.comes_back_as().is_empty(), "{document}");
            assert_ne!(is_requestable, document.is_eid(), "{document}");
        }
    }

    #[test]
    fn every_result_is_reachable_or_an_eid() {
        for resulting in DocumentType::ALL.iter().filter(|document| document.can_result()) {
            let reached =
                DocumentType::ALL.iter().filter(|requested| accepts(**requested, *resulting)).count();
            assert_eq!(reached == 0, resulting.is_eid(), "{resulting}");
        }
    }

    #[test]
    fn a_type_comes_back_as_itself_if_results_know_it() {
        for requested in DocumentSet::REQUESTABLE.iter() {
            assert_eq!(accepts(requested, requested), requested.can_result(), "{requested}");
            let others = requested.comes_back_as() - DocumentSet::EMPTY.with(requested);
            assert_eq!(others.is_empty(), requested.can_result(), "{requested}");
        }
        assert!(accepts(DocumentType::InternationalPassport, DocumentType::Passport));
        assert!(!accepts(DocumentType::Passport, DocumentType::InternationalPassport));
        assert!(!accepts(DocumentType::Passport, DocumentType::NationalPassport));
    }

    #[test]
    fn no_row_is_there_twice_and_only_unequal_words_are_inferred() {
        for (index, row) in COMES_BACK.iter().enumerate() {
            let same =
                |other: &&ComesBack| (other.requested, other.resulting) == (row.requested, row.resulting);
            assert_eq!(COMES_BACK.iter().filter(same).count(), 1, "row {index}");
            let differ = row.requested.is_some_and(|requested| requested != row.resulting);
            assert_eq!(row.inferred, differ, "row {index}");
        }
    }
}
