//! A program that allows itself nothing.
#![deny(warnings)]
#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    unused_results,
    unused_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    non_ascii_idents,
    meta_variable_misuse,
    explicit_outlives_requirements,
    elided_lifetimes_in_paths,
    let_underscore_drop,
    unused_import_braces,
    unit_bindings,
    absolute_paths_not_starting_with_crate,
    rust_2024_compatibility,
    future_incompatible,
    keyword_idents,
    nonstandard_style
)]

use kyc::{Client, ClientId, Date, Policy, TypedPolicy};

/// A shop.
#[derive(Debug, Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    redirect(success = "https://app.example.com/ok"),
    vendor(newField = "x"),
    steps(ALL(ALL(BILL(type = UPLOAD)))),
)]
pub struct Shop {
    /// The caller's identifier.
    pub client_id: ClientId,
    /// The day of birth.
    pub date_of_birth: Option<Date>,
}

kyc::policies!(pub mod stores = "policies/stores");
kyc::policies!(mod own = "policies/stores");

static EXPRESSION: &Policy = kyc::policy! { name = "shop", countries = [LT], documents = [PASSPORT] };

fn main() {
    let client: Client =
        Shop { client_id: ClientId::new("x").unwrap(), date_of_birth: None }.into_client();
    drop(client);
    assert_eq!(stores::ALL.len() + own::ALL.len(), 4);
    assert_eq!(EXPRESSION.name(), Shop::POLICY.name());
}
