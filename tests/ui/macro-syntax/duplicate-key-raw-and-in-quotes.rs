use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    r#reuse = never,
    "reuse" = never,
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
