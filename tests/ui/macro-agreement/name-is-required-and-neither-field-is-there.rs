use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    file = "policies/agree/named.yaml",
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
