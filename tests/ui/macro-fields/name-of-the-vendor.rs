use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct Shop {
    clientId: ClientId,
}

fn main() {}
