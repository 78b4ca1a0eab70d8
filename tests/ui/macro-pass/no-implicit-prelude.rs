#![no_implicit_prelude]

#[derive(::kyc::Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    age(min = 18),
    steps(ALL(ALL(BILL(type = UPLOAD, texts(en(name = "A bill", description = "Not older than a month")))))),
)]
struct Shop {
    client_id: ::kyc::ClientId,
    locale: ::core::option::Option<::kyc::Locale>,
}

::kyc::policies!("policies/stores");

fn main() {
    let client_id = ::kyc::ClientId::new("x").unwrap();
    let shop = Shop { client_id, locale: ::core::option::Option::None };
    let _ = ::kyc::TypedPolicy::into_client(shop);
    let _ = ::kyc::policy!(name = "shop", countries = [LT], documents = [PASSPORT]);
    ::std::assert_eq!(stores::ALL.len(), 2);
}
