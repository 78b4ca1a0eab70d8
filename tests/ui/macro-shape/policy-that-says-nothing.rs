use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy()]
struct Shop {
    client_id: ClientId,
}

fn main() {}
