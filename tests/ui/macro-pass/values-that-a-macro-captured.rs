#![deny(warnings)]

use kyc::{ClientId, Locale, Policy, TypedPolicy};

macro_rules! shop {
    ($name:literal, $country:ident, $set:expr, $min:expr, $ty:ty, $optional:ty, [$($document:tt),*]) => {
        #[derive(Policy)]
        #[policy(
            set = $set,
            name = $name,
            countries = [$country, BALTICS, -LV],
            documents = [$($document),*],
            age(min = $min),
            vendor(newField = $min, other = [$name]),
        )]
        struct Shop {
            client_id: $ty,
            locale: $optional,
        }
    };
}

shop!("shop", PL, "policies/stores", 18, ClientId, Option<Locale>, [PASSPORT, ID_CARD]);

macro_rules! file {
    ($type:ident, $file:literal) => {
        #[derive(Policy)]
        #[policy(file = $file)]
        struct $type {
            client_id: ClientId,
        }
    };
}

file!(File, "policies/sound/shop.yaml");

macro_rules! expression {
    ($($entries:tt)*) => {
        kyc::policy!($($entries)*)
    };
}

macro_rules! folder {
    ($name:ident, $folder:literal) => {
        kyc::policies!(mod $name = $folder);
    };
}

folder!(stores, "policies/stores");

fn main() {
    let _ = Shop { client_id: ClientId::new("x").unwrap(), locale: None }.into_client();
    let _ = File { client_id: ClientId::new("x").unwrap() }.into_client();
    assert_eq!(Shop::POLICY.name(), File::POLICY.name());
    assert_eq!(expression!(name = "shop", countries = [LT], documents = any).name(), "shop");
    assert_eq!(stores::ALL.len(), 2);
}
