use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    vendor(clientId = "x"),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/vendor-field-known/client-id.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
