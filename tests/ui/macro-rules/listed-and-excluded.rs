use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT, -LT],
    documents = [PASSPORT],
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/listed-and-excluded/country.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
