use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = policies,
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
