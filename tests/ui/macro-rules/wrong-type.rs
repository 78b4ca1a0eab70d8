use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    age = 18,
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/wrong-type/number-for-a-section.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
