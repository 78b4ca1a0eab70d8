use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    registry_countries = any,
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/any-not-here/registry.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
