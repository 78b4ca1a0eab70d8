use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    crate = ::kyc,
    crate = ::kyc,
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
