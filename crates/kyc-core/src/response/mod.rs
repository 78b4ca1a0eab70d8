//! The vendor's answer to a token request, read leniently: its schema grows and its generations differ.

mod allowed_documents;
mod answer;
mod comparison;
mod echo;
mod seen;
mod vendor_text;

pub use allowed_documents::{AllowedCountry, AllowedDocument, AllowedDocuments};
pub use answer::{ResponseError, TokenResponse};
pub use echo::{Echoed, TokenEcho};
pub use vendor_text::VendorText;
