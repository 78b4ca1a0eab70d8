use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT, LV],
    documents(LT = [PASSPORT]),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/country-without-documents/one.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
