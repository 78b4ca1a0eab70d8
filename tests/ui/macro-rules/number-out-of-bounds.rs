use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    age(min = 18, max = 151),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/number-out-of-bounds/age-of-151.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
