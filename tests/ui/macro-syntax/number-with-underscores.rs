use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    age(min = 1_8),
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
