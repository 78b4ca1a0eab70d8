//! What is known about each field of a client: the row of the field table that a policy key has.

use kyc_core::wire::WireField;

use super::ClientField;
use crate::field::{Data, Direction, Evidence};
use crate::tags::Tag;

/// What is known about one field of a client.
#[derive(Clone, Copy, Debug)]
pub struct ClientFacts {
    /// The vendor's parameter that carries it.
    pub wire: WireField,
    /// What it means for a policy to require it.
    pub direction: Direction,
    /// How it can be seen that the vendor took it.
    pub evidence: Evidence,
    /// The vendor's tags when it does not fit what was captured.
    pub tags: &'static [Tag],
}

macro_rules! facts {
    ($wire:ident, $direction:ident, $evidence:ident, [$($tag:ident),*]) => {
        ClientFacts {
            wire: WireField::$wire,
            direction: Direction::$direction,
            evidence: Evidence::$evidence,
            tags: &[$(Tag::$tag),*],
        }
    };
}

impl ClientFacts {
    /// Whatever a caller brings about a client is personal data, the language and a reference too.
    pub const DATA: Data = Data::Collects;
}

impl ClientField {
    /// What is known about the field.
    #[rustfmt::skip]
    pub const fn facts(self) -> ClientFacts {
        match self {
            // Always sent, so no policy can require more of it.
            Self::ClientId => facts!(ClientId, Operational, Echo, []),
            Self::ExternalRef => facts!(ExternalRef, Operational, Echo, []),
            Self::FirstName => facts!(FirstName, MoreIsTighter, Echo, [Name, FullName]),
            Self::LastName => facts!(LastName, MoreIsTighter, Echo, [Surname, FullName]),
            Self::DateOfBirth => facts!(DateOfBirth, MoreIsTighter, Echo, [DateOfBirth]),
            Self::Nationality => facts!(Nationality, MoreIsTighter, Echo, [Nationality]),
            Self::DocumentNumber => facts!(DocumentNumber, MoreIsTighter, Echo, [DocumentNumber]),
            Self::PersonalNumber => facts!(PersonalNumber, MoreIsTighter, Echo, [PersonalCode]),
            Self::Sex => facts!(Sex, MoreIsTighter, Echo, [Sex]),
            Self::DateOfExpiry => facts!(DateOfExpiry, MoreIsTighter, Echo, [ExpiryDate]),
            Self::DateOfIssue => facts!(DateOfIssue, MoreIsTighter, Echo, [DateOfIssue]),
            Self::Address => facts!(Address, MoreIsTighter, Echo, [UtilityAddress]),
            Self::DocumentCountry => facts!(Country, MoreIsTighter, Echo, []),
            Self::Locale => facts!(Locale, Cosmetic, NotObservable, []),
            Self::StepData => facts!(AdditionalData, MoreIsTighter, Result, [AdditionalStepInformationMismatch]),
        }
    }

    /// The field that brings a parameter of the vendor.
    pub fn of(parameter: WireField) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.facts().wire == parameter)
    }
}
