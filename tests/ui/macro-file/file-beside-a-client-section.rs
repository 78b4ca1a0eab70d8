use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/sound/shop.yaml",
    client(require = [name]),
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
