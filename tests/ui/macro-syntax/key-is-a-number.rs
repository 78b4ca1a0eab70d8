use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    18 = min,
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
