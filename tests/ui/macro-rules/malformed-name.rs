use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "EU Onboarding",
    countries = [LT],
    documents = [PASSPORT],
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/malformed-name/spaces.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
