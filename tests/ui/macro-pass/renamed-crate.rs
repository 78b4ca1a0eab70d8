extern crate kyc as identity;

mod outer {
    pub mod p {
        pub use ::kyc as engine;
    }
}

use outer::p;

#[derive(identity::Policy)]
#[policy(crate = identity, name = "shop", countries = [LT], documents = [PASSPORT])]
struct Shop {
    client_id: identity::ClientId,
}

#[derive(identity::Policy)]
#[policy(crate = p::engine, file = "policies/sound/shop.yaml")]
struct File {
    client_id: identity::ClientId,
}

identity::policies!(mod stores = "policies/stores", crate = crate::outer::p::engine);

const EXPRESSION: &identity::Policy =
    identity::policy!(crate = crate::outer::p::engine, name = "shop", countries = [LT], documents = [PASSPORT]);

fn main() {
    use identity::TypedPolicy;
    let client_id = || identity::ClientId::new("x").unwrap();
    let _ = (Shop { client_id: client_id() }.into_client(), File { client_id: client_id() }.into_client());
    assert_eq!(Shop::POLICY.digest(), EXPRESSION.digest());
    assert_eq!(File::POLICY.digest(), EXPRESSION.digest());
    assert_eq!(stores::ALL.len(), 2);
}
