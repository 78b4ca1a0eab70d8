use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    age(min = 16),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/minors-unexplained/min-of-16.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
