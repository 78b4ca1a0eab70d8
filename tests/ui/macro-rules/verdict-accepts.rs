use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    verdict(default = accept),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/verdict-accepts/default.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
