use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/denied/shop.yaml",
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
