#![deny(warnings)]

use kyc::{ClientId, Date, Locale, Personal, Policy, Sex, TypedPolicy};

#[derive(Policy)]
#[policy(name = "shop", countries = [LT], documents = any)]
struct Shop {
    client_id: kyc::core::ClientId,
    locale: std::option::Option<Locale>,
    date_of_birth: ::core::option::Option<kyc::Date>,
    date_of_issue: Option<Date>,
    r#sex: Option<Personal<Sex>>,
}

type Identifier = ClientId;

#[derive(Policy)]
#[policy(name = "other", countries = [LT], documents = any)]
struct Other {
    client_id: Identifier,
}

fn main() {
    let client_id = || ClientId::new("x").unwrap();
    let shop = Shop { client_id: client_id(), locale: None, date_of_birth: None, date_of_issue: None, sex: None };
    let _ = shop.into_client();
    let _ = Other { client_id: client_id() }.into_client();
    assert_eq!(Shop::POLICY.accepted_fields().iter().count(), 4);
    assert!(Shop::POLICY.required_fields().iter().eq([kyc::ClientField::ClientId]));
}
