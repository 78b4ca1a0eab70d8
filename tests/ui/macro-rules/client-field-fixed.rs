use kyc::{ClientId, Locale, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    locale = lt,
)]
struct AsTokens {
    client_id: ClientId,
    locale: Option<Locale>,
}

#[derive(Policy)]
#[policy(file = "corpus/invalid/client-field-fixed/locale-accepted.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
