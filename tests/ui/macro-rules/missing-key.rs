use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    documents = [PASSPORT],
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/missing-key/countries.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
