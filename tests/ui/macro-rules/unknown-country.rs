use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT, UK],
    documents = [PASSPORT],
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/unknown-country/united-kingdom.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
