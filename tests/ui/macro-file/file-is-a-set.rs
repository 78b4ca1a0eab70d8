use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/hosts/_set.yaml",
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
