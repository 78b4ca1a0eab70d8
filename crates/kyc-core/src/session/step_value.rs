//! What the vendor read in an additional step.

use super::open_vocabulary::open_vocabulary;
use super::personal_text::PersonalText;
use super::vendor_word::VendorWord;

open_vocabulary! {
    /// How a value compares with what was given for the client.
    pub enum StepMatch {
        /// They agree.
        Match = "MATCH",
        /// They differ.
        NotMatch = "NOT_MATCH",
        /// The document does not show it.
        NotFound = "NOT_FOUND",
        /// There was nothing to compare with.
        NoData = "NO_DATA",
    }
}

/// One field of an additional step, from `additionalData`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepValue {
    /// The step, such as `UTILITY_BILL`.
    pub step: VendorWord,
    /// The field of the step, such as `address`.
    pub field: VendorWord,
    /// What was read.
    pub value: Option<PersonalText>,
    /// How it compares with what was given.
    pub status: Option<StepMatch>,
}
