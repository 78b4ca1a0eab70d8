#![deny(warnings)]

use kyc::TypedPolicy;

fn name() -> &'static str {
    #[derive(kyc::Policy)]
    #[policy(file = "policies/sound/shop.yaml")]
    struct Shop {
        client_id: kyc::ClientId,
    }
    kyc::policies!(mod stores = "policies/stores");

    let _ = Shop { client_id: kyc::ClientId::new("x").unwrap() }.into_client();
    assert_eq!(stores::ALL.len(), 2);
    Shop::POLICY.name()
}

fn main() {
    let closure = || kyc::policy!(name = "shop", countries = [LT], documents = any).name();
    assert_eq!(name(), closure());
}
