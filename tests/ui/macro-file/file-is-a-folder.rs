use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/sound",
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
