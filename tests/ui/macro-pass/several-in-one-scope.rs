#![deny(warnings)]

use kyc::{ClientId, Policy, TypedPolicy};

#[derive(Policy)]
#[policy(name = "one", countries = [LT], documents = any)]
struct One {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(name = "two", countries = [LT], documents = any)]
struct Two {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "policies/sound/shop.yaml")]
struct Three {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "policies/sound/shop.yaml")]
struct Four {
    client_id: ClientId,
}

kyc::policies!(mod five = "policies/stores");
kyc::policies!(mod six = "policies/stores");

fn main() {
    let id = || ClientId::new("x").unwrap();
    let _ = One { client_id: id() }.into_client();
    let _ = Two { client_id: id() }.into_client();
    let _ = Three { client_id: id() }.into_client();
    let _ = Four { client_id: id() }.into_client();
    assert_ne!(One::POLICY.name(), Two::POLICY.name());
    assert_eq!(Three::POLICY.digest(), Four::POLICY.digest());
    assert_eq!(five::ALL.len(), six::ALL.len());
    let both = (
        kyc::policy!(name = "a", countries = [LT], documents = any),
        kyc::policy!(name = "b", countries = [LT], documents = any),
    );
    assert_ne!(both.0.name(), both.1.name());
}
