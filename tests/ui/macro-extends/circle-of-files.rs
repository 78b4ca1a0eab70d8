use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(file = "policies/extends-wrongly/round.yaml")]
struct Round {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(set = "policies/extends-wrongly", name = "shop", extends = circle)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
