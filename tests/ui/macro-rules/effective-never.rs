use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    effective(from = "2027-02-01", until = "2027-01-01"),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/effective-never/until-before-from.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
