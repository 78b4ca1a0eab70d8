//! Identity-verification policies as code, for services that verify people with iDenfy.
//!
//! A folder of policies becomes a [`Registry`]; an [`Issuer`] issues tokens by policy *name* plus one client's data.
//! Everything is checked before any network call, and the vendor's answer is compared with what was asked.

mod folder;
mod issuer;
mod registry;

pub use folder::{Folder, LoadError, PolicyFile, SET_FILE};
pub use issuer::{IssueError, Issued, Issuer, PolicyRef};
pub use registry::{Mistakes, OpenError, Registry, UnknownPolicy};

pub use kyc_client as vendor;
pub use kyc_core as core;
pub use kyc_policy as policy;

pub use jiff::Timestamp;
pub use kyc_core::{ApiKey, ApiSecret, AuthToken, DigitCode, RedirectUrl};
pub use kyc_policy::{Client, ClientField, ClientInput, Diagnostic, Digest, Policy};
