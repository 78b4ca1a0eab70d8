use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/nowhere.yaml",
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
