use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    reverify(on = []),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/empty-list/reverify-on.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
