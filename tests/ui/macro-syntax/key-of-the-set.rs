use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [PASSPORT],
    hosts = ["app.example.com"],
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
