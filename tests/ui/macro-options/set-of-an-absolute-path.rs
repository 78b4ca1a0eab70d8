use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    set = "/etc/policies",
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
