use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(name = "shop", countries = [LT])]
#[policy(documents = [PASSPORT], name = "store")]
struct Shop {
    client_id: ClientId,
}

fn main() {}
