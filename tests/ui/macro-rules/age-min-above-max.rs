use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    age(min = 70, max = 18),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/age-min-above-max/swapped.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
