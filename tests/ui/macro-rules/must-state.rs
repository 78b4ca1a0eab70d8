use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/must-state",
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "policies/must-state/shop.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
