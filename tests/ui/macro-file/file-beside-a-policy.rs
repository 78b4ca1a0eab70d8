use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/sound/shop.yaml",
    age(min = 18),
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
