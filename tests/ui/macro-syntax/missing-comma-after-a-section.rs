use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    age(min = 18)
    reuse = never,
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
