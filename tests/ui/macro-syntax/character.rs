use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    owner = 'r',
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
