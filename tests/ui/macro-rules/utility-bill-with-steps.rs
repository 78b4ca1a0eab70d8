use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    utility_bill = true,
    steps(ALL(ALL(BILL(type = UPLOAD)))),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/utility-bill-with-steps/both.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
