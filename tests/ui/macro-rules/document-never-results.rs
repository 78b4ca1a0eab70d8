use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [INTERNATIONAL_PASSPORT],
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/document-never-results/international-passport.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
