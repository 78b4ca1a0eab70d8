use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    steps(LV(ALL(BILL(type = UPLOAD)))),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/step-unreachable/other-country.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
