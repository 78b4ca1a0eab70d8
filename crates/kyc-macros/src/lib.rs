//! The macro front end of the policy language: `#[derive(Policy)]`, `policies!` and `policy!`.
//!
//! It reads tokens (or files) into the neutral tree, has the shared library check it, quotes the checked value as
//! constants and reports mistakes on their own tokens. It owns no rule. The macros are documented where applications
//! find them: in the crate `kyc`.

mod expand;
mod field;
mod options;
mod quote_policy;
mod read;
mod report;
mod spans;

use proc_macro::TokenStream;

#[expect(missing_docs, reason = "documented at the re-export of the crate `kyc`")]
#[proc_macro_derive(Policy, attributes(policy))]
pub fn derive_policy(input: TokenStream) -> TokenStream {
    expand::derive(input.into()).into()
}

#[expect(missing_docs, reason = "documented at the re-export of the crate `kyc`")]
#[proc_macro]
pub fn policy(input: TokenStream) -> TokenStream {
    expand::policy(input.into()).into()
}

#[expect(missing_docs, reason = "documented at the re-export of the crate `kyc`")]
#[proc_macro]
pub fn policies(input: TokenStream) -> TokenStream {
    expand::policies(input.into()).into()
}
