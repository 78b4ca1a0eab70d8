use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    aeg(min = 18),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/unknown-key/misspelt.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
