use kyc::{ClientId, Policy};

#[derive(Policy)]
struct Shop {
    client_id: ClientId,
}

fn main() {}
