use kyc::{ClientId, Policy, TypedPolicy};

#[derive(Policy)]
#[policy(file = "policies/four-mistakes/shop.yaml")]
struct Shop {
    client_id: ClientId,
}

static SHOP: &kyc::Policy = Shop::POLICY;

fn main() {
    println!("{}", SHOP.name());
}
