use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/governance",
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "policies/governance/shop.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
