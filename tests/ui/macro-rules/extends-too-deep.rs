use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/extends-deep",
    name = "shop",
    extends = p8,
)]
struct AsTokens {
    client_id: ClientId,
}

#[derive(Policy)]
#[policy(file = "policies/extends-deep/p9.yaml")]
struct AsFile {
    client_id: ClientId,
}

fn main() {}
