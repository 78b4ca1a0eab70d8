use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    verdict(aml(pep = reject)),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/pep-rejected/rejected.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
