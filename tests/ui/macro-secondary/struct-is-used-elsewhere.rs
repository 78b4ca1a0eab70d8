use kyc::{Client, ClientId, Locale, Policy, TypedPolicy};

#[derive(Policy)]
#[policy(name = "shop", countries = [UK], documents = [PASSPORT])]
struct Shop {
    client_id: ClientId,
    locale: Option<Locale>,
}

const NAME: &str = "shop";

fn client(shop: Shop) -> Client {
    shop.into_client()
}

fn generic<P: TypedPolicy>(client: P) -> (&'static kyc::Policy, Client) {
    (P::POLICY, client.into_client())
}

fn main() {
    assert_eq!(Shop::POLICY.name(), NAME);
    let shop = Shop { client_id: ClientId::new("x").unwrap(), locale: None };
    let _ = client(shop);
    let _ = generic::<Shop>;
}
