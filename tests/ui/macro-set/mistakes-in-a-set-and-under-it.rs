use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = "policies/broken-set",
    name = "shop",
    countries = [LT],
    documents = [PASPORT],
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
