//! Identity-verification policies as code, for services that verify people with iDenfy.
//!
//! A folder of policies becomes a [`Registry`]; an [`Issuer`] issues tokens by policy *name* plus one client's data.
//! Everything is checked before any network call, and the vendor's answer is compared with what was asked.
//!
//! ```no_run
//! # async fn example(key: kyc::ApiKey, secret: kyc::ApiSecret) -> Result<(), Box<dyn std::error::Error>> {
//! let registry = kyc::Registry::open("policies")?;
//! let vendor = kyc::vendor::Client::builder(key, secret).build()?;
//! let issuer = kyc::Issuer::new(registry, vendor);
//!
//! let mut client = kyc::ClientInput::default();
//! client.text("client_id", "user-123");
//! client.text("last_name", "Doe");
//! client.text("date_of_birth", "1990-05-15");
//! let issued = issuer.issue_by_name("eu-onboarding", kyc::Client::read(&client)).await?;
//! println!("session {} under {}", issued.scan_ref, issued.policy.digest);
//! # Ok(())
//! # }
//! ```
//!
//! Or a policy is part of the program, checked by the compiler with the same library, and its client's data is a type:
//! [`derive@Policy`] on a struct (with the policy beside it, or from a file), [`policies!`] for the files of a folder,
//! [`policy!`] for a policy without a struct. [`Issuer::issue`] issues under such a type.
//!
//! ```
//! use kyc::{ClientId, Date, Policy, TypedPolicy};
//!
//! #[derive(Policy)]
//! #[policy(name = "age-gate", countries = [any, -KP], documents = [PASSPORT, ID_CARD], age(min = 21))]
//! struct AgeGate {
//!     client_id: ClientId,
//!     date_of_birth: Date,
//! }
//!
//! println!("{} {}", AgeGate::POLICY.name(), AgeGate::POLICY.digest());
//! ```

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod assert_tighter;
mod issuer;
mod registry;

pub use issuer::{IssueError, Issued, Issuer, PolicyRef};
pub use kyc_folder::{Commit, Folder, LoadError, PolicyFile, RevisionError, SET_FILE};
pub use registry::{Mistakes, OpenError, Registry, UnknownPolicy};

pub use kyc_client as vendor;
pub use kyc_core as core;
pub use kyc_policy as policy;

pub use jiff::Timestamp;
pub use kyc_core::{
    Address, ApiKey, ApiSecret, AuthToken, ClientId, Country, Date, DigitCode, DocumentNumber, ExternalRef,
    Locale, PersonName, Personal, PersonalNumber, RedirectUrl, Sex, StepData,
};
#[doc = include_str!("../docs/derive.md")]
#[doc(inline)]
pub use kyc_macros::Policy;
#[doc = include_str!("../docs/policies.md")]
#[doc(inline)]
pub use kyc_macros::policies;
#[doc = include_str!("../docs/policy.md")]
#[doc(inline)]
pub use kyc_macros::policy;
pub use kyc_policy::{Client, ClientField, ClientInput, Diagnostic, Digest, Policy, TypedPolicy};
