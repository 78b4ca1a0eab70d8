use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents(any = [PASSPORT], LV = [ID_CARD]),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/document-row-unreachable/not-listed.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
