//! What generated code names. Nothing here is meant for people, and all of it can change with any release.

pub use core::option::Option::{None, Some};
pub use core::primitive::str;
pub use std::borrow::Cow;

pub use jiff::civil::date;
pub use kyc_core::{
    Age, AgeBounds, Country, CountrySet, DocumentSet, DocumentType, ExpiryTime, FaceThreshold, Flags, Locale,
    Nfc, SessionLength, Step, StepName, StepPlace, StepText, StepType, TokenType, VendorField, VendorFields,
    VendorId, WebUrl,
};
pub use kyc_policy::generated::{Part, Url, is_poisoned, poisoned, policy, webhook};
pub use kyc_policy::{
    AcceptedValue, AmlList, AmlOutcomes, Client, ClientFields, Countries, CountryLockMode, Delivery,
    DocumentScope, Duration, Effective, Expiry, FieldValue, Loosening, Outcome, Policy, Reuse, RiskTier,
    Screen, Special, SpecialGovernance, Tag, Token, client_field,
};

/// Compares the policies that were compiled in with those that their folder states now.
///
/// # Panics
///
/// They differ, or the folder has mistakes: a file was added, and nothing made the compiler look at the folder again. An
/// added `_set.yaml` changes the other policies.
#[expect(clippy::panic, reason = "it is the body of a generated test, which fails by panicking")]
pub fn assert_compiled_in(folder: &str, compiled: &[&Policy]) {
    let stated = match crate::Registry::open(folder) {
        Ok(stated) => stated,
        Err(error) => panic!("{error}"),
    };
    let is_compiled = |of: &Policy| {
        compiled.iter().any(|policy| policy.name() == of.name() && policy.sections() == of.sections())
    };
    let missing: Vec<_> =
        stated.iter().filter(|policy| !is_compiled(policy)).map(|policy| policy.name()).collect();
    assert!(
        missing.is_empty(),
        "these policies are not compiled in as they are now: {missing:?}. Let a build script print \
         `cargo::rerun-if-changed=<the folder>`, or build the crate anew."
    );
}
