use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    reuse = never,
    reuse = while_open,
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/duplicate-key/top-level.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
