use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    eid = [PASSPORT],
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/not-an-eid/passport.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
