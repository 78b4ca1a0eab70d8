use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/broken-set/shop.yaml",
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
