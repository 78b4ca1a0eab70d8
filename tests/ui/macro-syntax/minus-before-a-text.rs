use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(
    name = "shop",
    countries = [any, -"KP"],
    documents = [PASSPORT],
)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
