use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    token(expires_in = 1.5h),
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
