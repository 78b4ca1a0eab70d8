use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    redirect(success = "http://app.example.com/ok"),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/malformed-url/webhook-on-this-machine.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
