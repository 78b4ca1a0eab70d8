use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    token(expires_in = 3600),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/malformed-value/duration-without-unit.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
