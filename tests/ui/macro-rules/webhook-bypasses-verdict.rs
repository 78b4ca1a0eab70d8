use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/intake",
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    webhook = "https://elsewhere.example/kyc",
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "policies/intake/shop.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
