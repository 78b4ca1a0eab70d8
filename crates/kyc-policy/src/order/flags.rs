//! On/off keys: all of a section at once, as bits.

use kyc_core::{Flag, Flags};

use super::{Class, OrderedSection};
use crate::field::{Data, Direction, FIELDS, Shape};

/// The flags of one section, by what their states mean.
#[derive(Clone, Copy)]
struct Masks {
    /// `true` demands more than silence, and silence more than `false`.
    directed: u32,
    /// Nobody can say in which state it is stricter.
    undirected: u32,
}

const NO_FLAG: Masks = Masks { directed: 0, undirected: 0 };

/// The flags by section, in the order of the sections.
static MASKS: [Masks; OrderedSection::ALL.len()] = masks();

#[expect(
    clippy::indexing_slicing,
    reason = "a section is an index of an array as long as there are sections"
)]
const fn masks() -> [Masks; OrderedSection::ALL.len()] {
    let mut masks = [NO_FLAG; OrderedSection::ALL.len()];
    let mut fields = FIELDS;
    while let [field, rest @ ..] = fields {
        if let Shape::Flag(flag) = field.shape {
            let of = &mut masks[section(flag) as usize];
            match field.direction {
                Direction::TrueIsTighter => of.directed |= bit(flag),
                Direction::Changed => of.undirected |= bit(flag),
                // How sessions run and what they look like decides nothing.
                _ => {}
            }
        }
        fields = rest;
    }
    masks
}

/// The flags that collect personal data.
const COLLECTING: u32 = {
    let mut mask = 0;
    let mut fields = FIELDS;
    while let [field, rest @ ..] = fields {
        if let (Shape::Flag(flag), Data::Collects) = (field.shape, field.data) {
            mask |= bit(flag);
        }
        fields = rest;
    }
    mask
};

const fn bit(flag: Flag) -> u32 {
    1 << flag as u32
}

#[expect(
    clippy::indexing_slicing,
    reason = "a section is an index of an array as long as there are sections"
)]
pub(super) const fn compare(of: OrderedSection, new: Flags, old: Flags) -> Class {
    let Masks { directed, undirected } = MASKS[of as usize];
    let directed = Class::of_sets(lowered(new, old) & directed != 0, lowered(old, new) & directed != 0);
    let ((new_stated, new_on), (old_stated, old_on)) = (new.bits(), old.bits());
    let differing = ((new_stated ^ old_stated) | (new_on ^ old_on)) & undirected;
    directed.and(Class::of_equality(differing == 0))
}

/// The flags that `new` demands less of than `old`: from on to silence or off, from silence to off.
const fn lowered(new: Flags, old: Flags) -> u32 {
    let ((new_stated, new_on), (old_stated, old_on)) = (new.bits(), old.bits());
    (old_on & !new_on) | (new_stated & !new_on & !old_stated)
}

/// Whether some flag of the section collects more than it did.
pub(super) fn collects_more(of: OrderedSection, new: Flags, old: Flags) -> bool {
    FIELDS.iter().any(|field| match field.shape {
        Shape::Flag(flag) => section(flag) == of && lowered(old, new) & COLLECTING & bit(flag) != 0,
        _ => false,
    })
}

/// The flags of the section whose states differ, each with its states.
pub(super) fn differing(
    of: OrderedSection,
    new: Flags,
    old: Flags,
) -> impl Iterator<Item = (&'static crate::field::Field, Flag)> {
    FIELDS.iter().filter_map(move |field| match field.shape {
        Shape::Flag(flag) if section(flag) == of && decides(field.direction) => {
            (new.state(flag) != old.state(flag)).then_some((field, flag))
        }
        _ => None,
    })
}

impl OrderedSection {
    /// The on/off keys of the section that decide who passes or what is demanded, in the order of the field table.
    pub fn flags(self) -> impl Iterator<Item = Flag> {
        FIELDS.iter().filter_map(move |field| match field.shape {
            Shape::Flag(flag) if section(flag) == self && decides(field.direction) => Some(flag),
            _ => None,
        })
    }
}

const fn decides(direction: Direction) -> bool {
    matches!(direction, Direction::TrueIsTighter | Direction::Changed)
}

/// The section that a flag belongs to.
const fn section(flag: Flag) -> OrderedSection {
    match flag {
        Flag::ReviewSuccessful | Flag::ReviewFailed => OrderedSection::ManualReview,
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
        | Flag::CheckIpProxy => OrderedSection::Checks,
        Flag::VerifyEmail
        | Flag::VerifyPhone
        | Flag::VerifyBank
        | Flag::VerifyBankAccounts
        | Flag::VerifyBankBalances
        | Flag::VerifyBankTransactions
        | Flag::VerifyAddress => OrderedSection::Verify,
        Flag::BankCardVerification | Flag::BankCardPdfUpload => OrderedSection::BankCard,
        Flag::GenerateDigitString
        | Flag::ShowInstructions
        | Flag::AutoAmlMonitoring
        | Flag::AllowBsnMasking
        | Flag::DriverLicenseBack => OrderedSection::Switches,
    }
}
