use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    vendor(newField = [[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/nesting-too-deep/seventeen-deep.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
