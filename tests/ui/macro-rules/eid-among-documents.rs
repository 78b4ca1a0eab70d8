use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT, SMART_ID],
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/eid-among-documents/smart-id.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
