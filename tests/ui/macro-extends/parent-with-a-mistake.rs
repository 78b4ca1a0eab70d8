use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(file = "policies/extends-wrongly/of-broken.yaml")]
struct OfBroken {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(set = "policies/extends-wrongly", name = "shop", extends = broken)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
