use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [],
    documents = [PASSPORT],
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/countries-empty/empty-list.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
