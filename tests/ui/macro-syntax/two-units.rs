use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    token(expires_in = 1h30m),
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
