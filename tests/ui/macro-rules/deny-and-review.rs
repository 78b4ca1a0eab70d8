use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    nationality(deny = [KP], review = [KP]),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/deny-and-review/nationality.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
