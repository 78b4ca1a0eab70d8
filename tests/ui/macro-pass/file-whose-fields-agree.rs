#![deny(warnings)]

use kyc::{Address, ClientId, Date, DocumentNumber, Locale, PersonName, Policy, TypedPolicy};

#[derive(Policy)]
#[policy(file = "policies/agree/shop.yaml")]
struct Shop {
    client_id: ClientId,
    date_of_birth: Date,
    document_number: DocumentNumber,
    locale: Option<Locale>,
    address: Option<Address>,
}

// A name is required: either field may be left out, or be optional.
#[derive(Policy)]
#[policy(file = "policies/agree/named.yaml")]
struct Named {
    client_id: ClientId,
    first_name: Option<PersonName>,
    last_name: PersonName,
}

#[derive(Policy)]
#[policy(file = "policies/agree/named.yaml")]
struct LastName {
    client_id: ClientId,
    last_name: PersonName,
}

fn main() {
    let _ = |shop: Shop, named: Named, last: LastName| {
        (shop.into_client(), named.into_client(), last.into_client())
    };
    assert_eq!(Named::POLICY.digest(), LastName::POLICY.digest());
    assert_eq!(Shop::POLICY.name(), "shop");
}
