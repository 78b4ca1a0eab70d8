use kyc::{ClientId, PersonName, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct Shop {
    client_id: ClientId,
    date_of_birth: PersonName,
}

fn main() {}
