#![allow(dead_code, non_camel_case_types, non_snake_case)]

mod core {}
mod std {}
mod alloc {}
mod p {}
mod __p {}
struct Option<T>(T);
struct Result;
struct String;
struct Cow;
struct Vec;
struct Box;
struct Policy;
struct Client;
struct Default;
struct str;
struct u8;
struct u32;
struct bool;
const POLICY: u64 = 0;
const ITEMS: u64 = 0;
fn Some() {}
fn None() {}
fn Ok() {}
fn Err() {}

#[derive(kyc::Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    age(min = 18),
    review_by = "2027-06-30",
    checks(aml = true),
    vendor(newField = "x"),
    steps(ALL(ALL(BILL(type = UPLOAD, fields = [address])))),
)]
struct Shop {
    client_id: kyc::ClientId,
    locale: ::core::option::Option<kyc::Locale>,
}

kyc::policies!("policies/stores");

fn main() {
    let client_id = kyc::ClientId::new("x").unwrap();
    let shop = Shop { client_id, locale: ::core::option::Option::None };
    let _ = kyc::TypedPolicy::into_client(shop);
    let _ = kyc::policy!(name = "shop", countries = [LT], documents = [PASSPORT]);
    assert_eq!(<Shop as kyc::TypedPolicy>::POLICY.name(), "shop");
    assert_eq!(stores::ALL.len(), 2);
}
