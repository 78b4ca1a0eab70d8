use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/sound/shop.yaml",
    file = "policies/sound/shop.yaml",
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
