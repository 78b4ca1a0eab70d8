use kyc::{ClientId, Policy};

#[derive(Policy)]
#[policy(name = "shop", countries = [LT], documents = [PASSPORT])]
enum Shop {
    Client { client_id: ClientId },
}

fn main() {}
