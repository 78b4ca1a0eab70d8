use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/ceilings",
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    token(expires_in = 25h),
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "policies/ceilings/shop.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
