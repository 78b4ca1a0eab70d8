use kyc::{ClientId, Locale, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct Shop {
    client_id: ClientId,
    locale: Option<Option<Locale>>,
}

fn main() {}
