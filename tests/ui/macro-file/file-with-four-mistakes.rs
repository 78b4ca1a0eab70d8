use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/four-mistakes/shop.yaml",
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
