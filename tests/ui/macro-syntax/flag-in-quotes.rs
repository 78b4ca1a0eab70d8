use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    checks(aml = "true"),
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
