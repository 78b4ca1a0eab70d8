use kyc::{ClientId, Locale, Policy};

struct Option<T>(T);

#[derive(Policy)]
#[policy(name = "shop", countries = [LT], documents = [PASSPORT])]
struct Shop {
    client_id: ClientId,
    locale: Option<Locale>,
}

fn main() {}
