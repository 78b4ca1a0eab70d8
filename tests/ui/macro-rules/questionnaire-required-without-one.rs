use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    questionnaire_required = true,
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/questionnaire-required-without-one/none-named.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
