use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy = "shop"]
struct Shop {
    client_id: ClientId,
}

fn main() {}
