#![deny(warnings)]

use kyc::{ClientId, Policy, TypedPolicy};

#[derive(Policy)]
#[policy(
    set = "policies/stores",
    name = "option",
    description = "A policy whose struct is named as a type of the language.",
    countries = [BALTICS],
    documents = [PASSPORT],
)]
struct UnderTheSet {
    client_id: ClientId,
    locale: Option<kyc::Locale>,
}

kyc::policies!("policies/stores");

fn main() {
    let _ = UnderTheSet { client_id: ClientId::new("x").unwrap(), locale: None }.into_client();
    assert_eq!(UnderTheSet::POLICY.digest(), stores::Option::POLICY.digest());
    assert_eq!(UnderTheSet::POLICY.document_digest(), stores::Option::POLICY.document_digest());
}
