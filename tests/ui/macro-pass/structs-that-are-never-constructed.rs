#![deny(warnings)]

use kyc::{ClientId, Date, Locale, Policy, TypedPolicy};

#[derive(Policy)]
#[policy(name = "shop", countries = [LT], documents = [PASSPORT])]
struct Shop {
    client_id: ClientId,
    date_of_birth: Date,
    locale: Option<Locale>,
}

// None of them is named in this program.
kyc::policies!(mod stores = "policies/stores");

mod inner {
    kyc::policies!(pub(crate) mod stores = "policies/stores");
}

fn main() {
    println!("{}", Shop::POLICY.name());
}
