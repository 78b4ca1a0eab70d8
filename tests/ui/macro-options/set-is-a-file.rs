use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/hosts/_set.yaml",
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
