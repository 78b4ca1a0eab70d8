use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    age(min = 0x12),
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
