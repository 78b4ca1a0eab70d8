use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    vendor(newField = 1.5),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/vendor-value/fraction.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
