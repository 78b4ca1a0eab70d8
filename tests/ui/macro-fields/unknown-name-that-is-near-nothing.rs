use kyc::{ClientId, Date, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct Shop {
    client_id: ClientId,
    shoe_size: Date,
}

fn main() {}
