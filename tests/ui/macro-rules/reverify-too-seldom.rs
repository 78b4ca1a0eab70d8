use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/reverify",
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    risk_tier = high,
    reverify(every = 2y),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "policies/reverify/shop.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
