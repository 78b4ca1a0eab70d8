use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [EU, -US],
    documents = [PASSPORT],
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/exclusion-removes-nothing/not-a-member.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
