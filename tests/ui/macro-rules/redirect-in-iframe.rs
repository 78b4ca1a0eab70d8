use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    delivery = iframe,
    redirect(success = "https://app.example.com/ok"),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/redirect-in-iframe/one-address.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
