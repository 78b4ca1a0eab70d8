//! What generated code names. Nothing here is meant for people, and all of it can change with any release.

use std::path::Path;

pub use core::option::Option::{None, Some};
pub use core::primitive::str;
pub use std::borrow::Cow;

pub use jiff::civil::date;
pub use kyc_core::{
    Age, AgeBounds, Country, CountrySet, DocumentSet, DocumentType, EncodedSettings, ExpiryTime,
    FaceThreshold, Flags, Locale, Nfc, SessionLength, Step, StepName, StepPlace, StepText, StepType,
    TokenType, VendorField,
};
pub use kyc_policy::generated::{Part, Url, poisoned, policy};
pub use kyc_policy::{
    AcceptedValue, AmlList, Client, ClientFields, ClientSection, Countries, CountryLockMode, Delivery,
    DocumentScope, Duration, Expiry, FieldValue, Outcome, Policy, Reuse, ReverifyEvent, RiskTier, Screen,
    Tag, Token, client_field,
};

/// Compares the policies that were compiled in with the files of their folder.
///
/// # Panics
///
/// They differ: a file was added, and nothing made the compiler look at the folder again.
#[expect(clippy::panic, reason = "it is the body of a generated test, which fails by panicking")]
pub fn assert_compiled_in(folder: &str, names: &[&str]) {
    let found = match kyc_folder::Folder::names(Path::new(folder)) {
        Ok(found) => found,
        Err(error) => panic!("{error}"),
    };
    let missing: Vec<_> = found.iter().filter(|name| !names.contains(&name.as_str())).collect();
    assert!(
        missing.is_empty(),
        "these policies are not compiled in: {missing:?}. Let a build script print \
         `cargo::rerun-if-changed=<the folder>`, or build the crate anew."
    );
}
