use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [LT],
    documents = [(any = [PASSPORT])],
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
