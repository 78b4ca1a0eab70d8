use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    nfc = required,
    delivery = iframe,
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/nfc-required-in-iframe/both.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
