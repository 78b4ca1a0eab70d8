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

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod issuer;
mod registry;

pub use issuer::{IssueError, Issued, Issuer, PolicyRef};
pub use kyc_folder::{Folder, LoadError, PolicyFile, SET_FILE};
pub use registry::{Mistakes, OpenError, Registry, UnknownPolicy};

pub use kyc_client as vendor;
pub use kyc_core as core;
pub use kyc_policy as policy;

pub use jiff::Timestamp;
pub use kyc_core::{
    Address, ApiKey, ApiSecret, AuthToken, ClientId, Country, Date, DigitCode, DocumentNumber, ExternalRef,
    Locale, PersonName, Personal, PersonalNumber, RedirectUrl, Sex, StepData,
};
pub use kyc_macros::{Policy, policies, policy};
pub use kyc_policy::{Client, ClientField, ClientInput, Diagnostic, Digest, Policy, TypedPolicy};
