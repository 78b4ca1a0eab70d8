use kyc::{ClientId, Locale, Policy};

type Maybe<T> = Option<T>;

#[derive(Policy)]
#[policy(name = "shop", countries = [LT], documents = [PASSPORT])]
struct Shop {
    client_id: ClientId,
    locale: Maybe<Locale>,
}

fn main() {}
