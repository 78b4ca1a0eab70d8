//! The second axis of a change: whether more or less is collected about people, whichever way it is stricter.

use kyc_core::{Extra, Nfc, Questionnaire, TokenType};
use serde::{Serialize, Serializer};

use super::{Class, OrderedSection, demands, flags};
use crate::client::ClientFields;
use crate::sections::Sections;

/// Whether more or less is collected about people than before. What nobody can tell counts as both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DataChange {
    /// Something is collected that was not.
    pub more: bool,
    /// Something that was collected is not any more.
    pub less: bool,
}

impl DataChange {
    /// The same is collected.
    pub const SAME: Self = Self { more: false, less: false };

    /// Both changes together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { more: self.more || other.more, less: self.less || other.less }
    }

    /// The change the other way round.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        Self { more: self.less, less: self.more }
    }

    /// The change as a word: `same`, `more`, `less` or `more and less`.
    pub const fn as_str(self) -> &'static str {
        match (self.more, self.less) {
            (false, false) => "same",
            (true, false) => "more",
            (false, true) => "less",
            (true, true) => "more and less",
        }
    }
}

impl Serialize for DataChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

pub(super) fn data(section: OrderedSection, new: &Sections, old: &Sections) -> DataChange {
    DataChange { more: collects_more(section, new, old), less: collects_more(section, old, new) }
}

/// Whether the section of `new` collects something that `old` does not.
fn collects_more(section: OrderedSection, new: &Sections, old: &Sections) -> bool {
    use OrderedSection as S;
    match section {
        S::ManualReview | S::Checks | S::Verify | S::BankCard | S::Switches => {
            flags::collects_more(section, new.flags, old.flags)
        }
        S::Questionnaire => questionnaire(&new.questionnaire, &old.questionnaire),
        S::Nfc => nfc(new.nfc, old.nfc),
        S::Steps => extra(&new.extra, &old.extra),
        S::Registries => {
            !new.special.get().registry_countries.is_subset(old.special.get().registry_countries)
        }
        S::Client => {
            (new.client.require.bits() & !old.client.require.bits()) != 0
                || (new.client.require_name && !old.client.require_name)
        }
        S::TokenType => {
            new.token.token_type == TokenType::Identification && old.token.token_type == TokenType::Document
        }
        S::Vendor => demands::vendor(new, old) != Class::Equal,
        // What is made of what was collected.
        S::Matrix
        | S::Age
        | S::Nationality
        | S::IpCountry
        | S::Expiry
        | S::Verdict
        | S::FaceThreshold
        | S::RiskProfile
        | S::Timezone => false,
    }
}

/// The fields that `new` may bring and `old` may not, and that it need not bring.
pub(super) fn newly_accepted(new: &Sections, old: &Sections) -> ClientFields {
    let taken = old.client.require.bits() | old.client.accept.bits();
    ClientFields::proven(new.client.accept.bits() & !taken)
}

fn questionnaire(new: &Questionnaire, old: &Questionnaire) -> bool {
    let asked = |questionnaire: &Questionnaire| match questionnaire {
        Questionnaire::None => 0,
        Questionnaire::Account => 1,
        Questionnaire::Key { .. } => 2,
    };
    match (new, old) {
        (Questionnaire::Key { key: new, .. }, Questionnaire::Key { key: old, .. }) => new != old,
        (new, old) => asked(new) > asked(old),
    }
}

fn nfc(new: Nfc, old: Nfc) -> bool {
    match (new, old) {
        (Nfc::Account, Nfc::Off | Nfc::Optional) | (Nfc::Optional | Nfc::Required, Nfc::Account) => true,
        (Nfc::Account, _) | (_, Nfc::Account) => false,
        (new, old) => new as u32 > old as u32,
    }
}

fn extra(new: &Extra, old: &Extra) -> bool {
    match (new, old) {
        (Extra::Steps(new), Extra::Steps(old)) => new.as_slice().iter().any(|(place, step)| {
            match old.as_slice().iter().find(|(of, _)| of == place) {
                None => true,
                Some((_, before)) => {
                    step.kind > before.kind || step.fields.iter().any(|field| !before.fields.contains(field))
                }
            }
        }),
        (Extra::Steps(_), _) | (Extra::Account, Extra::UtilityBill(false)) => true,
        (Extra::UtilityBill(true), other) => *other != Extra::UtilityBill(true),
        _ => false,
    }
}
