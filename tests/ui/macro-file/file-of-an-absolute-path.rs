use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = "/etc/shop.yaml",
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
