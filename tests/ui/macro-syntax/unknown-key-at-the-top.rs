use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    aeg(min = 18),
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
