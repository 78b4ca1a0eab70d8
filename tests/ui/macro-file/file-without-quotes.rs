use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = shop,
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
